-- floor: a document is neither part of a report nor says why
SELECT document_id, url, outcome FROM documents
WHERE (outcome = 'report') <> (report_id IS NOT NULL) OR (outcome <> 'report' AND reason IS NULL)
