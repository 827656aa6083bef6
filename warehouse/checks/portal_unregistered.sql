-- ceiling: documents belong to a portal that the register no longer lists
SELECT portal, count(*) AS documents FROM documents
WHERE portal NOT IN (SELECT portal FROM portals)
GROUP BY portal
