-- zh: 待查问题：错误与警告，附所涉机关、年度与网址
-- en: open findings: errors and warnings with the publisher, year and address they are about
SELECT f.finding_id, f.level, f.code, f.scope, r.publisher, r.year, f.cells, f.expected, f.actual, f.message,
  f.report_id, f.document_id, coalesce(f.portal, d.portal) AS portal, d.url
FROM findings f
LEFT JOIN reports r USING (report_id)
LEFT JOIN documents d ON d.document_id = f.document_id
WHERE f.level IN ('error', 'warning')
ORDER BY f.level, r.publisher, r.year, f.code, f.finding_id
