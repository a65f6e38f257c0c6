-- The log in PostgreSQL. Every statement may run again.

-- COLLATE "C": ids compare as plain ASCII, and faster.
CREATE TABLE IF NOT EXISTS deedbook_entry (
    instance_id text COLLATE "C" NOT NULL,
    id bigint NOT NULL,
    kind integer NOT NULL,
    actor_id text COLLATE "C",
    entity_id text COLLATE "C" NOT NULL,
    encoding smallint NOT NULL,
    record bytea,
    personal bytea,
    salt bytea,
    evidence bytea,
    PRIMARY KEY (instance_id, id)
);
-- Retention takes the record; a database from before it was there still forbids that.
ALTER TABLE deedbook_entry ALTER COLUMN record DROP NOT NULL;
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
-- Where each tree ends: its size, and the hashes along its right edge, end to end. The entries of the
-- positions below `posted` have their postings, a dozen each, which name the tree by its `number`.
CREATE TABLE IF NOT EXISTS deedbook_tree (
    instance_id text COLLATE "C" PRIMARY KEY,
    size bigint NOT NULL,
    frontier bytea NOT NULL,
    posted bigint NOT NULL DEFAULT 0,
    number integer NOT NULL
);
-- In a database from before trees had numbers: the postings, which named the instance, are made again.
DO $$ BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM pg_attribute
        WHERE attrelid = 'deedbook_tree'::regclass AND attname = 'number' AND NOT attisdropped
    ) THEN
        DROP TABLE deedbook_posting, deedbook_personal_posting;
        ALTER TABLE deedbook_tree
            ADD COLUMN IF NOT EXISTS posted bigint NOT NULL DEFAULT 0, ADD COLUMN number integer;
        UPDATE deedbook_tree AS tree SET posted = 0, number = numbered.number
        FROM (
            SELECT instance_id, row_number() OVER (ORDER BY instance_id) AS number FROM deedbook_tree
        ) AS numbered
        WHERE tree.instance_id = numbered.instance_id;
        ALTER TABLE deedbook_tree ALTER COLUMN number SET NOT NULL;
    END IF;
END $$;
CREATE INDEX IF NOT EXISTS deedbook_tree_behind ON deedbook_tree (instance_id) WHERE posted < size;
CREATE UNIQUE INDEX IF NOT EXISTS deedbook_tree_by_number ON deedbook_tree (number);
-- What entries are found by, a row for each value; those of what can be erased apart. The columns lie in
-- the order that takes no padding.
CREATE TABLE IF NOT EXISTS deedbook_posting (
    entry_id bigint NOT NULL,
    tree integer NOT NULL,
    field smallint NOT NULL,
    value text COLLATE "C" NOT NULL,
    PRIMARY KEY (tree, field, value, entry_id)
);
CREATE TABLE IF NOT EXISTS deedbook_personal_posting (
    entry_id bigint NOT NULL,
    tree integer NOT NULL,
    field smallint NOT NULL,
    value text COLLATE "C" NOT NULL,
    PRIMARY KEY (tree, field, value, entry_id)
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
CREATE TABLE IF NOT EXISTS deedbook_checkpoint (
    instance_id text COLLATE "C" NOT NULL,
    size bigint NOT NULL,
    note text NOT NULL,
    PRIMARY KEY (instance_id, size)
);
-- What entries of the log decreed: that personal details are erased, or that all expires which lies
-- below a position. `effect` is that of the entry; `reached` is how far it is carried out.
CREATE TABLE IF NOT EXISTS deedbook_decree (
    instance_id text COLLATE "C" NOT NULL,
    entry_id bigint NOT NULL,
    effect text NOT NULL,
    before_sequence bigint
        GENERATED ALWAYS AS ((effect::jsonb ->> 'before_sequence')::bigint) STORED,
    reached bigint NOT NULL DEFAULT 0,
    done boolean NOT NULL DEFAULT false,
    PRIMARY KEY (instance_id, entry_id)
);
CREATE INDEX IF NOT EXISTS deedbook_decree_open ON deedbook_decree (instance_id, entry_id)
    WHERE NOT done;
-- A decree is in force once its entry has a position: nothing goes that the log does not account for.
CREATE OR REPLACE VIEW deedbook_decree_in_force AS
    SELECT decree.* FROM deedbook_decree AS decree
    JOIN deedbook_position AS position
        ON position.instance_id = decree.instance_id AND position.entry_id = decree.entry_id
    WHERE NOT decree.done;
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
        'deedbook_entry', 'deedbook_position', 'deedbook_subtree', 'deedbook_checkpoint',
        'deedbook_decree'
    ] LOOP
        EXECUTE format(
            'CREATE OR REPLACE TRIGGER %1$s_append_only BEFORE %2$s ON %1$I'
            ' FOR EACH ROW EXECUTE FUNCTION deedbook_append_only()', kept,
            -- These two can change in the ways that their own triggers know.
            CASE WHEN kept IN ('deedbook_entry', 'deedbook_decree')
                THEN 'DELETE' ELSE 'UPDATE OR DELETE' END
        );
        EXECUTE format(
            'CREATE OR REPLACE TRIGGER %1$s_no_truncate BEFORE TRUNCATE ON %1$I'
            ' FOR EACH STATEMENT EXECUTE FUNCTION deedbook_append_only()', kept
        );
    END LOOP;
END
$$;

-- An entry changes in two ways, each only while a decree is in force that reaches it: its personal part
-- goes, or all of it. What is forgotten has a position, and nothing of it ever comes back.
CREATE OR REPLACE FUNCTION deedbook_only_forgets() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    decree record;
    place bigint;
BEGIN
    SELECT sequence INTO place FROM deedbook_position
    WHERE instance_id = OLD.instance_id AND entry_id = OLD.id;
    IF (NEW.instance_id, NEW.id, NEW.encoding) = (OLD.instance_id, OLD.id, OLD.encoding)
        AND num_nonnulls(NEW.personal, NEW.salt, NEW.evidence) = 0
    THEN
        FOR decree IN
            SELECT entry_id, before_sequence FROM deedbook_decree_in_force
            WHERE instance_id = OLD.instance_id AND entry_id > OLD.id
        LOOP
            CONTINUE WHEN place IS NULL OR place >= decree.before_sequence;
            IF (NEW.kind, NEW.actor_id, NEW.entity_id, NEW.record)
                IS NOT DISTINCT FROM (OLD.kind, OLD.actor_id, OLD.entity_id, OLD.record)
            THEN
                RETURN NEW;
            END IF;
            -- An entry with an effect keeps its record for ever; it is always stored plain.
            IF decree.before_sequence IS NOT NULL
                AND NEW.kind = 0 AND NEW.entity_id = '' AND num_nonnulls(NEW.actor_id, NEW.record) = 0
                AND (OLD.encoding <> 0
                    OR position(',"effect":null,"entity_id":'::bytea IN OLD.record) > 0)
            THEN
                RETURN NEW;
            END IF;
        END LOOP;
    END IF;
    RAISE EXCEPTION 'deedbook: the audit log is append-only: an entry changes by decree alone'
        USING ERRCODE = 'integrity_constraint_violation';
END
$$;
CREATE OR REPLACE TRIGGER deedbook_entry_only_forgets BEFORE UPDATE ON deedbook_entry
    FOR EACH ROW EXECUTE FUNCTION deedbook_only_forgets();

-- A decree is what its entry says, and is carried out step by step, once.
CREATE OR REPLACE FUNCTION deedbook_require_decree() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.reached = 0 AND NOT NEW.done AND EXISTS (
            SELECT 1 FROM deedbook_entry
            WHERE instance_id = NEW.instance_id AND id = NEW.entry_id AND encoding = 0 AND position(
                convert_to(',"effect":' || NEW.effect || ',"entity_id":', 'UTF8') IN record
            ) > 0
        ) THEN
            RETURN NEW;
        END IF;
    ELSIF (NEW.instance_id, NEW.entry_id, NEW.effect) = (OLD.instance_id, OLD.entry_id, OLD.effect)
        AND NEW.reached >= OLD.reached AND NOT OLD.done
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'deedbook: no entry of the audit log decrees this'
        USING ERRCODE = 'integrity_constraint_violation';
END
$$;
CREATE OR REPLACE TRIGGER deedbook_decree_is_decreed BEFORE INSERT OR UPDATE ON deedbook_decree
    FOR EACH ROW EXECUTE FUNCTION deedbook_require_decree();

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
DECLARE
    asking text;
BEGIN
    FOREACH asking IN ARRAY ARRAY[
        'deedbook_require_entry', 'deedbook_only_forgets', 'deedbook_require_decree'
    ] LOOP
        EXECUTE format(
            'ALTER FUNCTION %I() SET search_path = %I, pg_temp', asking, current_schema()
        );
    END LOOP;
END
$$;
CREATE OR REPLACE FUNCTION deedbook_no_truncate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'deedbook: % is audited: TRUNCATE would go unrecorded', TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END
$$;
