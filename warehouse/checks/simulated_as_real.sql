-- floor: a document of the simulator is not marked as simulated
SELECT document_id, url, simulated, trust FROM documents
WHERE regexp_matches(url, '^https?://([^/:]*\.)?simulator\.test([:/]|$)') AND NOT simulated
