-- floor: a portal that had reports in the last good snapshot has none now
SELECT d.portal, count(*) AS reports_before
FROM previous.documents d
WHERE d.outcome = 'report' AND d.portal NOT IN (SELECT portal FROM documents WHERE outcome = 'report')
GROUP BY d.portal
