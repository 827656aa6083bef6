-- ceiling: documents that may be reports could not be read or were not fetched
SELECT document_id, url, outcome, reason FROM documents WHERE outcome IN ('unread', 'not_fetched')
