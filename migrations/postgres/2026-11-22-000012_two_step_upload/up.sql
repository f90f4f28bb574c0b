-- A file may wait, uploaded, until its owner has chosen how to read it. A check cannot be changed in place everywhere,
-- so the column is made anew; no index or key names it.
ALTER TABLE datasets ADD COLUMN state TEXT NOT NULL DEFAULT 'processing'
    CHECK (state IN ('uploaded', 'processing', 'ready', 'failed'));
UPDATE datasets SET state = status;
ALTER TABLE datasets DROP COLUMN status;
ALTER TABLE datasets RENAME COLUMN state TO status;

-- Rows of the file that are not in the table.
ALTER TABLE dataset_versions ADD COLUMN quarantine_rows BIGINT NOT NULL DEFAULT 0;
