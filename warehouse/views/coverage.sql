-- zh: 覆盖情况：每一发布机关每年一行，缺报者亦列
-- en: coverage: one row per publisher and year from its first report to the newest year, gaps included
WITH publishers AS (
  SELECT publisher, division_code, min(year) AS first_year, bool_or(invented) AS invented
  FROM reports
  GROUP BY publisher, division_code
),
years AS (
  SELECT unnest(range(min(year), max(year) + 1)) AS year FROM reports
)
SELECT p.publisher, p.division_code, y.year, r.report_id IS NOT NULL AS has_report, r.report_id, r.edition,
  coalesce(r.witnesses, 0) AS witnesses, coalesce(r.facts, 0) AS facts, coalesce(r.errors, 0) AS errors,
  r.simulated, p.invented
FROM publishers p
JOIN years y ON y.year >= p.first_year
LEFT JOIN reports r
  ON r.publisher = p.publisher AND r.division_code IS NOT DISTINCT FROM p.division_code AND r.year = y.year
ORDER BY p.division_code, p.publisher, y.year
