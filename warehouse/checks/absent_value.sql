-- floor: a cell has both a number and an absence, or neither
SELECT report_id, grid, line, col, value, absence FROM facts WHERE (value IS NULL) <> (absence IS NOT NULL)
