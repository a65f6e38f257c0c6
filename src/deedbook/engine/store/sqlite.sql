-- The log in SQLite. Every statement may run again.

CREATE TABLE IF NOT EXISTS deedbook_entry (
    id INTEGER PRIMARY KEY,
    instance_id TEXT NOT NULL,
    kind INTEGER NOT NULL,
    actor_id TEXT,
    entity_id TEXT NOT NULL,
    encoding INTEGER NOT NULL,
    record BLOB,
    personal BLOB,
    salt BLOB,
    evidence BLOB
) STRICT;
-- Every index ends in the id, which is the rowid: to name it last would store it twice.
CREATE INDEX IF NOT EXISTS deedbook_entry_of_instance ON deedbook_entry (instance_id);
CREATE INDEX IF NOT EXISTS deedbook_entry_of_kind ON deedbook_entry (instance_id, kind);
CREATE INDEX IF NOT EXISTS deedbook_entry_of_actor ON deedbook_entry (instance_id, actor_id, kind);
-- Kind and actor at its end: what an entity with a long history never had is told by the index alone.
CREATE INDEX IF NOT EXISTS deedbook_entry_of_entity
    ON deedbook_entry (instance_id, entity_id, id, kind, actor_id);
DROP INDEX IF EXISTS deedbook_entry_by_instance;
DROP INDEX IF EXISTS deedbook_entry_by_kind;
DROP INDEX IF EXISTS deedbook_entry_by_actor;
DROP INDEX IF EXISTS deedbook_entry_by_entity;

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
-- Where each tree ends: its size, and the hashes along its right edge, end to end. The entries of the
-- positions below `posted` have their postings, a dozen each, which name the tree by its `number`.
CREATE TABLE IF NOT EXISTS deedbook_tree (
    instance_id TEXT PRIMARY KEY NOT NULL,
    size INTEGER NOT NULL,
    frontier BLOB NOT NULL,
    posted INTEGER NOT NULL DEFAULT 0,
    number INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS deedbook_tree_behind ON deedbook_tree (instance_id) WHERE posted < size;
CREATE UNIQUE INDEX IF NOT EXISTS deedbook_tree_by_number ON deedbook_tree (number);
-- What entries are found by, a row for each value; those of what can be erased apart.
CREATE TABLE IF NOT EXISTS deedbook_posting (
    tree INTEGER NOT NULL,
    field INTEGER NOT NULL,
    value TEXT NOT NULL,
    entry_id INTEGER NOT NULL,
    PRIMARY KEY (tree, field, value, entry_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS deedbook_personal_posting (
    tree INTEGER NOT NULL,
    field INTEGER NOT NULL,
    value TEXT NOT NULL,
    entry_id INTEGER NOT NULL,
    PRIMARY KEY (tree, field, value, entry_id)
) STRICT, WITHOUT ROWID;
-- How many sealed entries there are: of each day (since 2020-01-01 UTC), and of each actor ('' for none).
CREATE TABLE IF NOT EXISTS deedbook_day_count (
    instance_id TEXT NOT NULL,
    day INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    entries INTEGER NOT NULL,
    PRIMARY KEY (instance_id, day, kind)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS deedbook_actor_count (
    instance_id TEXT NOT NULL,
    kind INTEGER NOT NULL,
    actor_id TEXT NOT NULL,
    entries INTEGER NOT NULL,
    PRIMARY KEY (instance_id, kind, actor_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS deedbook_checkpoint (
    instance_id TEXT NOT NULL,
    size INTEGER NOT NULL,
    note TEXT NOT NULL,
    PRIMARY KEY (instance_id, size)
) STRICT, WITHOUT ROWID;
-- What entries of the log decreed: that personal details are erased, or that all expires which lies
-- below a position. `effect` is that of the entry; `reached` is how far it is carried out.
CREATE TABLE IF NOT EXISTS deedbook_decree (
    instance_id TEXT NOT NULL,
    entry_id INTEGER NOT NULL,
    effect TEXT NOT NULL,
    before_sequence INTEGER
        GENERATED ALWAYS AS (json_extract(effect, '$.before_sequence')) STORED,
    reached INTEGER NOT NULL DEFAULT 0,
    done INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (instance_id, entry_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS deedbook_decree_open ON deedbook_decree (instance_id, entry_id)
    WHERE NOT done;
-- A decree is in force once its entry has a position: nothing goes that the log does not account for.
CREATE VIEW IF NOT EXISTS deedbook_decree_in_force AS
    SELECT decree.* FROM deedbook_decree AS decree
    JOIN deedbook_position AS position ON position.entry_id = decree.entry_id
    WHERE NOT decree.done;
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

-- Databases from before there were decrees have a trigger that refuses every change.
DROP TRIGGER IF EXISTS deedbook_entry_no_update;
-- An entry changes in two ways, each only while a decree is in force that reaches it: its personal part
-- goes, or all of it. What is forgotten has a position, and nothing of it ever comes back.
CREATE TRIGGER IF NOT EXISTS deedbook_entry_only_forgets BEFORE UPDATE ON deedbook_entry
WHEN NOT EXISTS (
    SELECT 1 FROM deedbook_decree_in_force AS decree
    JOIN deedbook_position AS position ON position.entry_id = OLD.id
    WHERE decree.instance_id = OLD.instance_id AND decree.entry_id > OLD.id
    AND (decree.before_sequence IS NULL OR position.sequence < decree.before_sequence)
    AND (NEW.id, NEW.instance_id, NEW.encoding) = (OLD.id, OLD.instance_id, OLD.encoding)
    AND coalesce(NEW.personal, NEW.salt, NEW.evidence) IS NULL
    AND (
        (NEW.kind, NEW.actor_id, NEW.entity_id, NEW.record)
            IS (OLD.kind, OLD.actor_id, OLD.entity_id, OLD.record)
        OR decree.before_sequence IS NOT NULL
            AND NEW.kind = 0 AND NEW.entity_id = '' AND coalesce(NEW.actor_id, NEW.record) IS NULL
            -- An entry with an effect keeps its record for ever; it is always stored plain.
            AND (OLD.encoding <> 0
                OR instr(OLD.record, CAST(',"effect":null,"entity_id":' AS BLOB)) > 0)
    )
)
BEGIN
    SELECT RAISE(ABORT, 'deedbook: an entry of the audit log changes by decree alone');
END;

-- A decree is what its entry says, and is carried out step by step, once.
CREATE TRIGGER IF NOT EXISTS deedbook_decree_is_decreed BEFORE INSERT ON deedbook_decree
WHEN NEW.reached <> 0 OR NEW.done <> 0 OR NOT EXISTS (
    SELECT 1 FROM deedbook_entry
    WHERE id = NEW.entry_id AND instance_id = NEW.instance_id AND encoding = 0
    AND instr(record, CAST(',"effect":' || NEW.effect || ',"entity_id":' AS BLOB)) > 0
) OR EXISTS (
    SELECT 1 FROM deedbook_decree WHERE instance_id = NEW.instance_id AND entry_id = NEW.entry_id
)
BEGIN
    SELECT RAISE(ABORT, 'deedbook: no entry of the audit log decrees this');
END;
CREATE TRIGGER IF NOT EXISTS deedbook_decree_only_goes_on BEFORE UPDATE ON deedbook_decree
WHEN (NEW.instance_id, NEW.entry_id, NEW.effect) <> (OLD.instance_id, OLD.entry_id, OLD.effect)
    OR NEW.reached < OLD.reached OR OLD.done
BEGIN
    SELECT RAISE(ABORT, 'deedbook: no entry of the audit log decrees this');
END;
CREATE TRIGGER IF NOT EXISTS deedbook_decree_no_delete BEFORE DELETE ON deedbook_decree
BEGIN
    SELECT RAISE(ABORT, 'deedbook: a decree of the audit log cannot be deleted');
END;
