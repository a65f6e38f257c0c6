-- The log in PostgreSQL. Every statement may run again.

-- COLLATE "C": ids compare as plain ASCII, and faster.
CREATE TABLE IF NOT EXISTS deedbook_entry (
    instance_id text COLLATE "C" NOT NULL,
    id bigint NOT NULL,
    kind integer NOT NULL,
    actor_id text COLLATE "C",
    entity_id text COLLATE "C" NOT NULL,
    encoding smallint NOT NULL,
    record bytea NOT NULL,
    personal bytea,
    salt bytea,
    evidence bytea,
    PRIMARY KEY (instance_id, id)
);
CREATE INDEX IF NOT EXISTS deedbook_entry_by_kind ON deedbook_entry (instance_id, kind, id);
CREATE INDEX IF NOT EXISTS deedbook_entry_by_actor ON deedbook_entry (instance_id, actor_id, kind, id);
CREATE INDEX IF NOT EXISTS deedbook_entry_by_entity
    ON deedbook_entry (instance_id, entity_id, id) INCLUDE (kind, actor_id);

-- What the sealer has still to give a position. `covers` names the audited rows that the entry
-- accounts for; the guards look them up by the transaction that wrote the entry.
CREATE TABLE IF NOT EXISTS deedbook_pending (
    instance_id text COLLATE "C" NOT NULL,
    entry_id bigint NOT NULL,
    covers text[] COLLATE "C" NOT NULL,
    transaction xid8 NOT NULL DEFAULT pg_current_xact_id(),
    PRIMARY KEY (instance_id, entry_id),
    FOREIGN KEY (instance_id, entry_id) REFERENCES deedbook_entry (instance_id, id)
);
CREATE INDEX IF NOT EXISTS deedbook_pending_by_transaction ON deedbook_pending (transaction);

-- What the sealer makes. A position is given once; its leaf hash stays when the record goes.
CREATE TABLE IF NOT EXISTS deedbook_position (
    instance_id text COLLATE "C" NOT NULL,
    sequence bigint NOT NULL,
    entry_id bigint NOT NULL,
    leaf_hash bytea NOT NULL,
    PRIMARY KEY (instance_id, sequence)
);
CREATE UNIQUE INDEX IF NOT EXISTS deedbook_position_by_entry
    ON deedbook_position (instance_id, entry_id) INCLUDE (sequence);
-- The complete subtrees of every eighth level; level 0 is the positions themselves.
CREATE TABLE IF NOT EXISTS deedbook_subtree (
    instance_id text COLLATE "C" NOT NULL,
    level smallint NOT NULL,
    place bigint NOT NULL,
    hash bytea NOT NULL,
    PRIMARY KEY (instance_id, level, place)
);
-- What entries are found by, a row for each value; those of what can be erased apart.
CREATE TABLE IF NOT EXISTS deedbook_posting (
    instance_id text COLLATE "C" NOT NULL,
    field smallint NOT NULL,
    value text COLLATE "C" NOT NULL,
    entry_id bigint NOT NULL,
    PRIMARY KEY (instance_id, field, value, entry_id)
);
CREATE TABLE IF NOT EXISTS deedbook_personal_posting (
    instance_id text COLLATE "C" NOT NULL,
    field smallint NOT NULL,
    value text COLLATE "C" NOT NULL,
    entry_id bigint NOT NULL,
    PRIMARY KEY (instance_id, field, value, entry_id)
);
-- How many sealed entries there are: of each day (since 2020-01-01 UTC), and of each actor ('' for none).
CREATE TABLE IF NOT EXISTS deedbook_day_count (
    instance_id text COLLATE "C" NOT NULL,
    day integer NOT NULL,
    kind integer NOT NULL,
    entries bigint NOT NULL,
    PRIMARY KEY (instance_id, day, kind)
);
CREATE TABLE IF NOT EXISTS deedbook_actor_count (
    instance_id text COLLATE "C" NOT NULL,
    kind integer NOT NULL,
    actor_id text COLLATE "C" NOT NULL,
    entries bigint NOT NULL,
    PRIMARY KEY (instance_id, kind, actor_id)
);
-- Where each tree ends: its size, and the hashes along its right edge, end to end.
CREATE TABLE IF NOT EXISTS deedbook_tree (
    instance_id text COLLATE "C" PRIMARY KEY,
    size bigint NOT NULL,
    frontier bytea NOT NULL
);
CREATE TABLE IF NOT EXISTS deedbook_checkpoint (
    instance_id text COLLATE "C" NOT NULL,
    size bigint NOT NULL,
    note text NOT NULL,
    PRIMARY KEY (instance_id, size)
);
-- Who may seal: whoever knows the epoch. `beats` grows with every sealing transaction.
CREATE TABLE IF NOT EXISTS deedbook_lease (
    name text COLLATE "C" PRIMARY KEY,
    epoch bigint NOT NULL,
    beats bigint NOT NULL,
    held boolean NOT NULL
);
INSERT INTO deedbook_lease (name, epoch, beats, held) VALUES ('sealer', 0, 0, false)
ON CONFLICT DO NOTHING;

CREATE OR REPLACE FUNCTION deedbook_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'deedbook: the audit log is append-only: % is refused', TG_OP
        USING ERRCODE = 'integrity_constraint_violation';
END
$$;
DO $$
DECLARE
    kept text;
BEGIN
    FOREACH kept IN ARRAY ARRAY[
        'deedbook_entry', 'deedbook_position', 'deedbook_subtree', 'deedbook_checkpoint'
    ] LOOP
        EXECUTE format(
            'CREATE OR REPLACE TRIGGER %1$s_append_only BEFORE UPDATE OR DELETE ON %1$I'
            ' FOR EACH ROW EXECUTE FUNCTION deedbook_append_only()', kept
        );
        EXECUTE format(
            'CREATE OR REPLACE TRIGGER %1$s_no_truncate BEFORE TRUNCATE ON %1$I'
            ' FOR EACH STATEMENT EXECUTE FUNCTION deedbook_append_only()', kept
        );
    END LOOP;
END
$$;

-- The guard of an audited table: at commit, an entry of this very transaction covers the row.
-- Arguments: the subject's table, then the columns of the changed table that hold the subject's key.
CREATE OR REPLACE FUNCTION deedbook_require_entry() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    changed jsonb;
    cover text;
BEGIN
    -- OLD is null for an INSERT and NEW for a DELETE; an UPDATE may move the key, so both count.
    FOREACH changed IN ARRAY ARRAY[to_jsonb(OLD), to_jsonb(NEW)] LOOP
        CONTINUE WHEN changed IS NULL;
        cover := TG_ARGV[0];
        FOR place IN 1 .. TG_NARGS - 1 LOOP
            cover := cover || ':' || (changed ->> TG_ARGV[place]);
        END LOOP;
        IF NOT EXISTS (
            SELECT 1 FROM deedbook_pending
            WHERE transaction = pg_current_xact_id() AND cover = ANY (covers)
        ) THEN
            RAISE EXCEPTION 'deedbook: % of % is not recorded: no entry of this transaction covers it',
                TG_OP, cover USING ERRCODE = 'integrity_constraint_violation';
        END IF;
    END LOOP;
    RETURN NULL;
END
$$;
-- Else a temporary table of the same name would stand before the one that is meant.
DO $$
BEGIN
    EXECUTE format(
        'ALTER FUNCTION deedbook_require_entry() SET search_path = %I, pg_temp', current_schema()
    );
END
$$;
CREATE OR REPLACE FUNCTION deedbook_no_truncate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'deedbook: % is audited: TRUNCATE would go unrecorded', TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END
$$;
