-- An execution is the unit of work; jobs that ask for the same share one. attempt counts starts, crashes counts leases
-- that ran out. lease_until and not_before are written and compared by the database's clock alone.
CREATE TABLE executions (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    share_key TEXT COLLATE "C",
    kind TEXT COLLATE "C" NOT NULL,
    lane TEXT COLLATE "C" NOT NULL CHECK (lane IN ('interactive', 'batch')),
    spec TEXT COLLATE "C" NOT NULL,
    priority INTEGER NOT NULL,
    user_id TEXT COLLATE "C" NOT NULL REFERENCES users (id),
    version_id TEXT COLLATE "C",
    status TEXT COLLATE "C" NOT NULL CHECK (status IN ('queued', 'running', 'succeeded', 'failed', 'cancelled')),
    attempt INTEGER NOT NULL,
    crashes INTEGER NOT NULL,
    worker TEXT COLLATE "C",
    lease_until TIMESTAMP,
    not_before TIMESTAMP,
    progress_fraction DOUBLE PRECISION NOT NULL,
    progress_stage TEXT COLLATE "C" NOT NULL,
    progress_rows BIGINT NOT NULL,
    error TEXT COLLATE "C",
    request_id TEXT COLLATE "C" NOT NULL,
    created_at TIMESTAMP NOT NULL,
    started_at TIMESTAMP,
    finished_at TIMESTAMP,
    -- A lease is held exactly while the work runs.
    CHECK ((status = 'running') = (lease_until IS NOT NULL))
);
-- At most one live execution a key: two submits at once cannot both compute.
CREATE UNIQUE INDEX executions_live_key ON executions (share_key)
    WHERE share_key IS NOT NULL AND status IN ('queued', 'running');
CREATE INDEX executions_by_key ON executions (share_key, finished_at);
-- The claim walks this index: lane, highest priority, one step per waiting user, that user's oldest.
CREATE INDEX executions_queued ON executions (lane, priority DESC, user_id, created_at, id) WHERE status = 'queued';
CREATE INDEX executions_running ON executions (user_id, lease_until) WHERE status = 'running';
CREATE INDEX executions_finished ON executions (finished_at) WHERE finished_at IS NOT NULL;

-- Apart from executions, so that claims and lists stay light.
CREATE TABLE execution_results (
    execution_id TEXT COLLATE "C" NOT NULL PRIMARY KEY REFERENCES executions (id) ON DELETE CASCADE,
    result TEXT COLLATE "C" NOT NULL
);

-- dataset_id has no foreign key: a job's record outlives its dataset.
CREATE TABLE jobs (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    user_id TEXT COLLATE "C" NOT NULL REFERENCES users (id),
    execution_id TEXT COLLATE "C" NOT NULL REFERENCES executions (id),
    dataset_id TEXT COLLATE "C",
    cached BOOLEAN NOT NULL,
    age_seconds DOUBLE PRECISION,
    request_id TEXT COLLATE "C" NOT NULL,
    created_at TIMESTAMP NOT NULL,
    cancelled_at TIMESTAMP
);
CREATE INDEX jobs_by_user ON jobs (user_id, created_at, id);
CREATE INDEX jobs_by_execution ON jobs (execution_id, created_at, id);
CREATE INDEX jobs_by_dataset ON jobs (dataset_id);
CREATE INDEX jobs_cancelled ON jobs (cancelled_at) WHERE cancelled_at IS NOT NULL;
