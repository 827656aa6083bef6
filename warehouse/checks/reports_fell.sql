-- floor: more than a fifth of the reports of the last good snapshot are gone
SELECT before.n AS reports_before, now.n AS reports_now
FROM (SELECT count(*) AS n FROM previous.reports) before, (SELECT count(*) AS n FROM reports) now
WHERE now.n < 0.8 * before.n
