-- Workers that live now: each tells so every few seconds. seen_at is written and compared by the database's clock alone.
CREATE TABLE workers (
    name TEXT NOT NULL PRIMARY KEY,
    version TEXT NOT NULL,
    lanes TEXT NOT NULL,
    slots INTEGER NOT NULL,
    started_at TIMESTAMP NOT NULL,
    seen_at TIMESTAMP NOT NULL
);
