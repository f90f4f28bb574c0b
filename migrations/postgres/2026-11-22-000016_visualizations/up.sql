-- A saved chart and its states; version names the newest one.
CREATE TABLE visualizations (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    owner_id TEXT COLLATE "C" NOT NULL REFERENCES users (id),
    dataset_id TEXT COLLATE "C" NOT NULL REFERENCES datasets (id) ON DELETE CASCADE,
    name TEXT COLLATE "C" NOT NULL,
    version INTEGER NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL
);
CREATE INDEX visualizations_by_age ON visualizations (owner_id, created_at, id);
CREATE INDEX visualizations_by_dataset ON visualizations (dataset_id);

CREATE TABLE visualization_versions (
    visualization_id TEXT COLLATE "C" NOT NULL REFERENCES visualizations (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    chart TEXT COLLATE "C" NOT NULL,
    created_at TIMESTAMP NOT NULL,
    PRIMARY KEY (visualization_id, number)
);

-- Who may look at it beside its owner.
CREATE TABLE visualization_shares (
    visualization_id TEXT COLLATE "C" NOT NULL REFERENCES visualizations (id) ON DELETE CASCADE,
    user_id TEXT COLLATE "C" NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    created_at TIMESTAMP NOT NULL,
    PRIMARY KEY (visualization_id, user_id)
);
CREATE INDEX visualization_shares_by_user ON visualization_shares (user_id);

-- Pictures that were drawn; tag tells data, chart and form apart.
CREATE TABLE visualization_images (
    visualization_id TEXT COLLATE "C" NOT NULL REFERENCES visualizations (id) ON DELETE CASCADE,
    tag TEXT COLLATE "C" NOT NULL,
    storage_key TEXT COLLATE "C" NOT NULL,
    created_at TIMESTAMP NOT NULL,
    PRIMARY KEY (visualization_id, tag)
);
CREATE INDEX visualization_images_by_storage_key ON visualization_images (storage_key);
