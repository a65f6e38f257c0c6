-- The log in SQLite. Every statement may run again.

CREATE TABLE IF NOT EXISTS deedbook_entry (
    id INTEGER PRIMARY KEY,
    instance_id TEXT NOT NULL,
    kind INTEGER NOT NULL,
    actor_id TEXT,
    entity_id TEXT NOT NULL,
    encoding INTEGER NOT NULL,
    record BLOB NOT NULL,
    personal BLOB,
    salt BLOB,
    evidence BLOB
) STRICT;
CREATE INDEX IF NOT EXISTS deedbook_entry_by_instance ON deedbook_entry (instance_id, id);
CREATE INDEX IF NOT EXISTS deedbook_entry_by_kind ON deedbook_entry (instance_id, kind, id);
CREATE INDEX IF NOT EXISTS deedbook_entry_by_actor ON deedbook_entry (instance_id, actor_id, kind, id);
CREATE INDEX IF NOT EXISTS deedbook_entry_by_entity ON deedbook_entry (instance_id, entity_id, id);

-- What the sealer has still to give a position. `covers` is a JSON array of the audited rows that
-- the entry accounts for.
CREATE TABLE IF NOT EXISTS deedbook_pending (
    instance_id TEXT NOT NULL,
    entry_id INTEGER NOT NULL REFERENCES deedbook_entry (id),
    covers TEXT NOT NULL,
    PRIMARY KEY (instance_id, entry_id)
) STRICT, WITHOUT ROWID;

-- A change of an audited row leaves a due, which no commit can pass: its foreign key points into a
-- table that stays empty. Only an entry that covers the row settles it.
CREATE TABLE IF NOT EXISTS deedbook_never (id INTEGER PRIMARY KEY CHECK (id IS NULL)) STRICT;
CREATE TABLE IF NOT EXISTS deedbook_due (
    cover TEXT NOT NULL,
    unsettled INTEGER NOT NULL DEFAULT 1
        REFERENCES deedbook_never (id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX IF NOT EXISTS deedbook_due_by_cover ON deedbook_due (cover);

CREATE TRIGGER IF NOT EXISTS deedbook_entry_settles AFTER INSERT ON deedbook_pending
BEGIN
    DELETE FROM deedbook_due WHERE cover IN (SELECT value FROM json_each(NEW.covers));
END;

CREATE TRIGGER IF NOT EXISTS deedbook_entry_no_update BEFORE UPDATE ON deedbook_entry
BEGIN
    SELECT RAISE(ABORT, 'deedbook: an entry of the audit log cannot be changed');
END;
CREATE TRIGGER IF NOT EXISTS deedbook_entry_no_delete BEFORE DELETE ON deedbook_entry
BEGIN
    SELECT RAISE(ABORT, 'deedbook: an entry of the audit log cannot be deleted');
END;
-- INSERT OR REPLACE deletes without firing the trigger above.
CREATE TRIGGER IF NOT EXISTS deedbook_entry_no_replace BEFORE INSERT ON deedbook_entry
WHEN EXISTS (SELECT 1 FROM deedbook_entry WHERE id = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'deedbook: an entry of the audit log cannot be replaced');
END;
