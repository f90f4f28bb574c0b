-- gone_at: deleted for good; nobody sees the dataset any more, and housekeeping removes its rows and files as soon as
-- nothing that runs reads them. deleted_at alone is the bin.
ALTER TABLE datasets ADD COLUMN gone_at TIMESTAMP;
CREATE INDEX datasets_in_bin ON datasets (deleted_at) WHERE deleted_at IS NOT NULL;

-- Files whose rows were added to a dataset; its first file stands in datasets.
CREATE TABLE dataset_sources (
    id TEXT NOT NULL PRIMARY KEY,
    dataset_id TEXT NOT NULL REFERENCES datasets (id) ON DELETE CASCADE,
    storage_key TEXT NOT NULL,
    file_name TEXT,
    bytes BIGINT NOT NULL,
    sha256 TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL
);
CREATE INDEX dataset_sources_by_dataset ON dataset_sources (dataset_id);
CREATE INDEX dataset_sources_by_storage_key ON dataset_sources (storage_key);

-- Lineage: how a version came to be. An appended one has the number of the version it continues, and the file that its rows came from.
ALTER TABLE dataset_versions ADD COLUMN operation TEXT NOT NULL DEFAULT 'ingest';
ALTER TABLE dataset_versions ADD COLUMN parent_number INTEGER;
ALTER TABLE dataset_versions ADD COLUMN source TEXT;
