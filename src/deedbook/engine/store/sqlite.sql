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

DROP TRIGGER IF EXISTS deedbook_entry_settles;
CREATE TRIGGER IF NOT EXISTS deedbook_pending_settles AFTER INSERT ON deedbook_pending
WHEN NEW.covers <> '[]'
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

-- What the sealer makes. A position is given once; its leaf hash stays when the record goes.
CREATE TABLE IF NOT EXISTS deedbook_position (
    instance_id TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    entry_id INTEGER NOT NULL,
    leaf_hash BLOB NOT NULL,
    PRIMARY KEY (instance_id, sequence)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX IF NOT EXISTS deedbook_position_by_entry ON deedbook_position (entry_id);
-- The complete subtrees of every eighth level; level 0 is the positions themselves.
CREATE TABLE IF NOT EXISTS deedbook_subtree (
    instance_id TEXT NOT NULL,
    level INTEGER NOT NULL,
    place INTEGER NOT NULL,
    hash BLOB NOT NULL,
    PRIMARY KEY (instance_id, level, place)
) STRICT, WITHOUT ROWID;
-- What entries are found by, a row for each value; those of what can be erased apart.
CREATE TABLE IF NOT EXISTS deedbook_posting (
    instance_id TEXT NOT NULL,
    field INTEGER NOT NULL,
    value TEXT NOT NULL,
    entry_id INTEGER NOT NULL,
    PRIMARY KEY (instance_id, field, value, entry_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS deedbook_personal_posting (
    instance_id TEXT NOT NULL,
    field INTEGER NOT NULL,
    value TEXT NOT NULL,
    entry_id INTEGER NOT NULL,
    PRIMARY KEY (instance_id, field, value, entry_id)
) STRICT, WITHOUT ROWID;
-- Where each tree ends: its size, and the hashes along its right edge, end to end.
CREATE TABLE IF NOT EXISTS deedbook_tree (
    instance_id TEXT PRIMARY KEY NOT NULL,
    size INTEGER NOT NULL,
    frontier BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS deedbook_checkpoint (
    instance_id TEXT NOT NULL,
    size INTEGER NOT NULL,
    note TEXT NOT NULL,
    PRIMARY KEY (instance_id, size)
) STRICT, WITHOUT ROWID;
-- Who may seal: whoever knows the epoch. `beats` grows with every sealing transaction.
CREATE TABLE IF NOT EXISTS deedbook_lease (
    name TEXT PRIMARY KEY NOT NULL,
    epoch INTEGER NOT NULL,
    beats INTEGER NOT NULL,
    held INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO deedbook_lease (name, epoch, beats, held) VALUES ('sealer', 0, 0, 0)
ON CONFLICT DO NOTHING;

CREATE TRIGGER IF NOT EXISTS deedbook_position_no_update BEFORE UPDATE ON deedbook_position
BEGIN
    SELECT RAISE(ABORT, 'deedbook: a position of the audit log cannot be changed');
END;
CREATE TRIGGER IF NOT EXISTS deedbook_position_no_delete BEFORE DELETE ON deedbook_position
BEGIN
    SELECT RAISE(ABORT, 'deedbook: a position of the audit log cannot be deleted');
END;
CREATE TRIGGER IF NOT EXISTS deedbook_position_no_replace BEFORE INSERT ON deedbook_position
WHEN EXISTS (
    SELECT 1 FROM deedbook_position WHERE instance_id = NEW.instance_id AND sequence = NEW.sequence
) OR EXISTS (SELECT 1 FROM deedbook_position WHERE entry_id = NEW.entry_id)
BEGIN
    SELECT RAISE(ABORT, 'deedbook: a position of the audit log cannot be replaced');
END;
CREATE TRIGGER IF NOT EXISTS deedbook_subtree_no_update BEFORE UPDATE ON deedbook_subtree
BEGIN
    SELECT RAISE(ABORT, 'deedbook: a subtree of the audit log cannot be changed');
END;
CREATE TRIGGER IF NOT EXISTS deedbook_subtree_no_delete BEFORE DELETE ON deedbook_subtree
BEGIN
    SELECT RAISE(ABORT, 'deedbook: a subtree of the audit log cannot be deleted');
END;
CREATE TRIGGER IF NOT EXISTS deedbook_subtree_no_replace BEFORE INSERT ON deedbook_subtree
WHEN EXISTS (
    SELECT 1 FROM deedbook_subtree
    WHERE instance_id = NEW.instance_id AND level = NEW.level AND place = NEW.place
)
BEGIN
    SELECT RAISE(ABORT, 'deedbook: a subtree of the audit log cannot be replaced');
END;
CREATE TRIGGER IF NOT EXISTS deedbook_checkpoint_no_update BEFORE UPDATE ON deedbook_checkpoint
BEGIN
    SELECT RAISE(ABORT, 'deedbook: a checkpoint of the audit log cannot be changed');
END;
CREATE TRIGGER IF NOT EXISTS deedbook_checkpoint_no_delete BEFORE DELETE ON deedbook_checkpoint
BEGIN
    SELECT RAISE(ABORT, 'deedbook: a checkpoint of the audit log cannot be deleted');
END;
CREATE TRIGGER IF NOT EXISTS deedbook_checkpoint_no_replace BEFORE INSERT ON deedbook_checkpoint
WHEN EXISTS (
    SELECT 1 FROM deedbook_checkpoint WHERE instance_id = NEW.instance_id AND size = NEW.size
)
BEGIN
    SELECT RAISE(ABORT, 'deedbook: a checkpoint of the audit log cannot be replaced');
END;
