-- floor: a cell is called verified although a finding says that an equation fails there
SELECT f.report_id, f.grid, f.line, f.col, n.code, n.finding_id
FROM (
  SELECT finding_id, report_id, code, unnest(string_split(cells, ' ')) AS cell
  FROM findings
  WHERE scope = 'report' AND code IN (SELECT code FROM form_equations WHERE kind = 'within')
) n
JOIN facts f ON f.report_id = n.report_id AND f.grid || '/' || f.line || '/' || f.col = n.cell
WHERE f.status = 'verified'
