"""An audit table that a trigger fills, as the PostgreSQL wiki and manual have it: the row as jsonb."""

from __future__ import annotations

from typing import Final

import psycopg

CHANGED: Final = "change_with_trigger"
AUDIT: Final = "audited_by_trigger"
_TRIGGER: Final = f"""
CREATE TABLE {CHANGED} (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL, amount bigint NOT NULL
);
CREATE TABLE {AUDIT} (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, at timestamptz NOT NULL DEFAULT now(),
    db_user text NOT NULL DEFAULT current_user, operation text NOT NULL, changed jsonb NOT NULL
);
CREATE FUNCTION audit_by_trigger() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO {AUDIT} (operation, changed) VALUES (TG_OP, to_jsonb(COALESCE(NEW, OLD)));
    RETURN NULL;
END
$$;
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON {CHANGED}
    FOR EACH ROW EXECUTE FUNCTION audit_by_trigger();
"""


def install(connection: psycopg.Connection) -> None:
    """Make a table of changes, and the table that a trigger writes them into."""
    connection.execute(_TRIGGER)
