-- floor: a cell is called verified although an equation that covers it fails
-- Evaluated anew from the published cells, so that it does not depend on what reading found.
WITH terms AS (
  SELECT t.edition, t.code, e.grid, e.over, coalesce(t.line, t.col) AS term,
    CASE t.side WHEN 'left' THEN t.sign ELSE -t.sign END AS weight
  FROM form_terms t JOIN form_equations e USING (edition, code)
  WHERE e.kind = 'within'
),
wanted AS (
  SELECT edition, code, count(*) AS terms FROM terms GROUP BY edition, code
),
evaluated AS (
  SELECT f.report_id, t.edition, t.code, CASE t.over WHEN 'line' THEN f.line ELSE f.col END AS at,
    sum(t.weight * f.value) AS difference, count(f.value) AS printed,
    count(*) FILTER (WHERE f.status = 'verified') AS verified
  FROM facts f
  JOIN terms t
    ON t.edition = f.edition AND t.grid = f.grid AND t.term = CASE t.over WHEN 'line' THEN f.col ELSE f.line END
  GROUP BY ALL
)
SELECT e.report_id, e.code, e.at, e.difference, e.verified
FROM evaluated e
JOIN wanted w ON w.edition = e.edition AND w.code = e.code AND w.terms = e.printed
WHERE abs(e.difference) > 1e-6 AND e.verified > 0
