-- zh: 应报与已得：按省、层级、年度，县级以上人民政府应发布的报告数与所得数
-- en: expected and found: reports of governments that ought to be there and those that are, by province, level and year
WITH found AS (
  SELECT DISTINCT division_code, year FROM reports WHERE kind = 'government'
)
SELECT left(e.division_code, 2) || '0000' AS province_code, e.level, e.year, count(*) AS expected,
  count(*) FILTER (WHERE e.uncertain) AS uncertain, count(*) FILTER (WHERE e.portals > 0) AS with_portal,
  count(f.year) AS with_report
FROM expected_publishers e
LEFT JOIN found f USING (division_code, year)
GROUP BY ALL
ORDER BY province_code, e.level, e.year
