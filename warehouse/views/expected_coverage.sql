-- zh: 应报与已得：按省、层级、机关类别、年度，应发布的报告数与所得数；人民政府依条例，其余系推定
-- en: expected and found: reports that ought to be there and those that are, by province, level, kind of organ and year; of others than governments they are derived
WITH found AS (
  SELECT DISTINCT division_code, kind, year, CASE kind WHEN 'government' THEN '' ELSE publisher END AS named FROM reports
)
SELECT left(e.division_code, 2) || '0000' AS province_code, e.level, e.kind, e.year, count(*) AS expected,
  count(*) FILTER (WHERE e.uncertain) AS uncertain, count(*) FILTER (WHERE e.portals > 0) AS with_portal,
  count(f.year) AS with_report
FROM expected_publishers e
-- A government goes by several names, and there is one of each division.
LEFT JOIN found f ON f.division_code = e.division_code AND f.kind = e.kind AND f.year = e.year
  AND f.named = CASE e.kind WHEN 'government' THEN '' ELSE e.publisher END
GROUP BY ALL
ORDER BY province_code, e.level, e.kind, e.year
