ALTER TABLE dataset_versions DROP COLUMN quarantine_rows;

ALTER TABLE datasets ADD COLUMN state TEXT NOT NULL DEFAULT 'processing'
    CHECK (state IN ('processing', 'ready', 'failed'));
UPDATE datasets SET state = CASE status WHEN 'uploaded' THEN 'failed' ELSE status END;
ALTER TABLE datasets DROP COLUMN status;
ALTER TABLE datasets RENAME COLUMN state TO status;
