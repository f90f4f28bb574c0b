-- How attempts ended that did not succeed: the chain of errors of a job. Apart, so that a success costs no row here.
CREATE TABLE execution_failures (
    id TEXT NOT NULL PRIMARY KEY,
    execution_id TEXT NOT NULL REFERENCES executions (id) ON DELETE CASCADE,
    attempt INTEGER NOT NULL,
    worker TEXT,
    started_at TIMESTAMP,
    ended_at TIMESTAMP NOT NULL,
    failure TEXT NOT NULL
);
CREATE INDEX execution_failures_by_execution ON execution_failures (execution_id, id);
-- Dead jobs are listed and counted by it.
CREATE INDEX executions_failed ON executions (finished_at) WHERE status = 'failed';
-- How many of a user's executions wait: judged at every submission.
CREATE INDEX executions_queued_by_user ON executions (user_id) WHERE status = 'queued';
