-- A dataset names its current version; versions are never changed. name_key and search_text are lower-cased shadows
-- for sorting and searching alike on every database.
CREATE TABLE datasets (
    id TEXT NOT NULL PRIMARY KEY,
    owner_id TEXT NOT NULL REFERENCES users (id),
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    search_text TEXT NOT NULL,
    description TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('processing', 'ready', 'failed')),
    file_name TEXT,
    bytes BIGINT NOT NULL,
    sha256 TEXT NOT NULL,
    source_key TEXT NOT NULL,
    version_id TEXT,
    error TEXT,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    deleted_at TIMESTAMP
);
CREATE INDEX datasets_by_age ON datasets (owner_id, created_at, id);
CREATE INDEX datasets_by_name ON datasets (owner_id, name_key, id);
CREATE INDEX datasets_by_source_key ON datasets (source_key);

-- job_id has no foreign key: a version outlives the job that made it.
CREATE TABLE dataset_versions (
    id TEXT NOT NULL PRIMARY KEY,
    dataset_id TEXT NOT NULL REFERENCES datasets (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    row_count BIGINT NOT NULL,
    columns_json TEXT NOT NULL,
    dialect TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    bytes BIGINT NOT NULL,
    storage_key TEXT NOT NULL,
    profile TEXT NOT NULL,
    preview TEXT NOT NULL,
    job_id TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL
);
CREATE UNIQUE INDEX dataset_versions_number ON dataset_versions (dataset_id, number);
CREATE INDEX dataset_versions_by_storage_key ON dataset_versions (storage_key);
