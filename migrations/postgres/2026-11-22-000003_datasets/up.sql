-- A dataset names its current version; versions are never changed. name_key and search_text are lower-cased shadows
-- for sorting and searching alike on every database.
CREATE TABLE datasets (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    owner_id TEXT COLLATE "C" NOT NULL REFERENCES users (id),
    name TEXT COLLATE "C" NOT NULL,
    name_key TEXT COLLATE "C" NOT NULL,
    search_text TEXT COLLATE "C" NOT NULL,
    description TEXT COLLATE "C" NOT NULL,
    status TEXT COLLATE "C" NOT NULL CHECK (status IN ('processing', 'ready', 'failed')),
    file_name TEXT COLLATE "C",
    bytes BIGINT NOT NULL,
    sha256 TEXT COLLATE "C" NOT NULL,
    source_key TEXT COLLATE "C" NOT NULL,
    version_id TEXT COLLATE "C",
    error TEXT COLLATE "C",
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    deleted_at TIMESTAMP
);
CREATE INDEX datasets_by_age ON datasets (owner_id, created_at, id);
CREATE INDEX datasets_by_name ON datasets (owner_id, name_key, id);
CREATE INDEX datasets_by_source_key ON datasets (source_key);

-- job_id has no foreign key: a version outlives the job that made it.
CREATE TABLE dataset_versions (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    dataset_id TEXT COLLATE "C" NOT NULL REFERENCES datasets (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    row_count BIGINT NOT NULL,
    columns_json TEXT COLLATE "C" NOT NULL,
    dialect TEXT COLLATE "C" NOT NULL,
    content_hash TEXT COLLATE "C" NOT NULL,
    bytes BIGINT NOT NULL,
    storage_key TEXT COLLATE "C" NOT NULL,
    profile TEXT COLLATE "C" NOT NULL,
    preview TEXT COLLATE "C" NOT NULL,
    job_id TEXT COLLATE "C" NOT NULL,
    created_at TIMESTAMP NOT NULL
);
CREATE UNIQUE INDEX dataset_versions_number ON dataset_versions (dataset_id, number);
CREATE INDEX dataset_versions_by_storage_key ON dataset_versions (storage_key);
