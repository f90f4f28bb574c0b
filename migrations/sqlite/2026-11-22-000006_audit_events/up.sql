-- What happened, for ever: rows are added, never changed or removed, and they outlive the users they name.
CREATE TABLE audit_events (
    id TEXT NOT NULL PRIMARY KEY,
    happened_at TIMESTAMP NOT NULL,
    actor_id TEXT,
    action TEXT NOT NULL,
    target TEXT,
    address TEXT NOT NULL,
    request_id TEXT NOT NULL,
    outcome TEXT NOT NULL,
    detail TEXT NOT NULL
);
CREATE INDEX audit_events_by_age ON audit_events (happened_at, id);
CREATE INDEX audit_events_by_actor ON audit_events (actor_id, happened_at, id);

CREATE TRIGGER audit_events_no_update BEFORE UPDATE ON audit_events
BEGIN
    SELECT RAISE(ABORT, 'audit events are append-only');
END;
CREATE TRIGGER audit_events_no_delete BEFORE DELETE ON audit_events
BEGIN
    SELECT RAISE(ABORT, 'audit events are append-only');
END;
