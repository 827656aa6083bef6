-- floor: there is no report at all
SELECT 'reports' AS empty_table WHERE NOT EXISTS (FROM reports)
