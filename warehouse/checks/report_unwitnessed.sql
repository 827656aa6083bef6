-- floor: a report is not given by exactly one chosen document
SELECT r.report_id, count(d.document_id) AS chosen
FROM reports r
LEFT JOIN documents d ON d.report_id = r.report_id AND d.witness = 'chosen' AND d.document_id = r.document_id
GROUP BY r.report_id
HAVING count(d.document_id) <> 1
