-- ceiling: a report has no table that could be read
SELECT report_id, publisher, year, url FROM reports WHERE facts = 0
