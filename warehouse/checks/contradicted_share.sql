-- ceiling: more than 5% of the cells are contradicted by an equation of the form
SELECT count(*) FILTER (WHERE status = 'contradicted') AS contradicted, count(*) AS facts
FROM facts
HAVING count(*) FILTER (WHERE status = 'contradicted') > 0.05 * count(*)
