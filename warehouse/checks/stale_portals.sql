-- ceiling: a portal in force gave no list in the last seven days of the archive
SELECT p.portal, max(c.requested_at) AS last_list
FROM portals p
LEFT JOIN captures c ON c.portal = p.portal AND c.outcome = 'ok' AND c.kind IN ('list', 'api')
WHERE p.valid_until IS NULL
GROUP BY p.portal
HAVING coalesce(max(c.requested_at), TIMESTAMP '1970-01-01') < (SELECT max(requested_at) FROM captures) - INTERVAL 7 DAY
