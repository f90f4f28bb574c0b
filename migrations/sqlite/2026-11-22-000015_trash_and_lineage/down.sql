ALTER TABLE dataset_versions DROP COLUMN source;
ALTER TABLE dataset_versions DROP COLUMN parent_number;
ALTER TABLE dataset_versions DROP COLUMN operation;
DROP TABLE dataset_sources;
DROP INDEX datasets_in_bin;
ALTER TABLE datasets DROP COLUMN gone_at;
