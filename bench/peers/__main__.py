"""Answers the benchmark, a line of JSON for a line of JSON, until there are no more."""

import json
import os
import sys
from importlib.metadata import version

import django
from django.core.management import call_command

_AUDITS = {
    "auditlog": ("auditlog_logentry",),
    "pghistory": ("peers_pghistorychangeevent", "pghistory_context"),
}


def main() -> None:
    """Make the tables, then do what each line asks."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.peers.settings"
    django.setup()
    call_command("migrate", run_syncdb=True, verbosity=0)
    # Only now can the models be loaded.
    from bench.peers.capturing import captured  # noqa: PLC0415 (see above)
    from bench.peers.writing import rate_of  # noqa: PLC0415

    answers = {"rate": rate_of, "captured": captured, "size": _size, "versions": _versions}
    for line in sys.stdin:
        asked = json.loads(line)
        answer = answers[asked.pop("ask")](**asked)
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


def _size(peer: str) -> tuple[int, int]:
    """Give how many facts are in the first of a peer's tables, and the bytes of all with their indexes."""
    from django.db import connection  # noqa: PLC0415 (after the set-up)

    tables = _AUDITS[peer]
    with connection.cursor() as cursor:
        total = 0
        for table in tables:
            cursor.execute(f"VACUUM FULL {table}")
            cursor.execute("SELECT pg_total_relation_size(%s::regclass)", [table])
            total += cursor.fetchone()[0]
        cursor.execute(f"SELECT count(*) FROM {tables[0]}")
        return cursor.fetchone()[0], total


def _versions() -> dict[str, str]:
    names = ("django", "django-auditlog", "django-pghistory", "django-pgtrigger", "psycopg")
    return {name: version(name) for name in names}


if __name__ == "__main__":
    main()
