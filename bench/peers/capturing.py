"""What a peer has of each change: how many facts, and what these tell of the request."""

import json
from collections.abc import Callable

import psycopg
from auditlog.models import LogEntry
from django.apps import apps
from django.db import connection, models, transaction

from bench.changes import CHANGES, MANY, told_by
from bench.peers.models import Change
from bench.peers.request import MODELS, request_of, the_user

Act = Callable[[list[Change]], object]


def captured(peer: str) -> dict[str, dict[str, object]]:
    """Give by change how many facts a peer has of it, and what they tell."""
    model, request = MODELS[peer], request_of(peer, the_user())
    acts = _by_row(model) | _in_bulk(model) | _raw(model._meta.db_table)
    found = {}
    for name in CHANGES:
        rows = [model.objects.create(name="before", amount=0) for _ in range(MANY)]
        before = len(_facts(peer))
        with request():
            acts[name](rows)
        new = _facts(peer)[before:]
        found[name] = {"facts": len(new), "tells": told_by(json.dumps(new, default=str))}
    return found


def _by_row(model: type[Change]) -> dict[str, Act]:
    def save(*rows: Change) -> None:
        for each in rows:
            each.amount += 1
            each.save()

    def roll_back(_: list[Change]) -> None:
        with transaction.atomic():
            model.objects.create(name="never", amount=1)
            transaction.set_rollback(True)

    return {
        "a row is created": lambda _: model.objects.create(name="one", amount=1),
        "a row is saved": lambda rows: save(rows[0]),
        "a row is deleted": lambda rows: rows[0].delete(),
        f"{MANY} rows are saved, one by one": lambda rows: save(*rows),
        "a row is saved by who never thought of the log": lambda rows: save(rows[0]),
        "a row is created, and the transaction rolled back": roll_back,
    }


def _in_bulk(model: type[Change]) -> dict[str, Act]:
    def of(rows: list[Change]) -> models.QuerySet[Change]:
        return model.objects.filter(pk__in=[each.pk for each in rows])

    def bulk_update(rows: list[Change]) -> None:
        for each in rows:
            each.amount += 1
        model.objects.bulk_update(rows, ["amount"])

    return {
        "bulk_create": lambda rows: model.objects.bulk_create(
            [model(name="many", amount=1) for _ in rows]
        ),
        "queryset.update": lambda rows: of(rows).update(amount=models.F("amount") + 1),
        "bulk_update": bulk_update,
        "queryset.delete": lambda rows: of(rows).delete(),
    }


def _raw(table: str) -> dict[str, Act]:
    insert = f"INSERT INTO {table} (name, amount) SELECT 'raw', 1 FROM unnest(%s::bigint[])"
    update = f"UPDATE {table} SET amount = amount + 1 WHERE id = ANY(%s)"
    delete = f"DELETE FROM {table} WHERE id = ANY(%s)"

    def here(sql: str) -> Act:
        def execute(rows: list[Change]) -> None:
            with connection.cursor() as cursor:
                cursor.execute(sql, [[each.pk for each in rows]])

        return execute

    def elsewhere(rows: list[Change]) -> None:
        options = connection.get_connection_params()
        names = ("dbname", "user", "password", "host", "port")
        given = {name: options[name] for name in names if name in options}
        with psycopg.connect(**given) as another:
            another.execute(update, [[each.pk for each in rows]])

    return {
        "raw INSERT": here(insert),
        "raw UPDATE": here(update),
        "raw DELETE": here(delete),
        "raw UPDATE by another program": elsewhere,
    }


def _facts(peer: str) -> list[dict[str, object]]:
    """Give all that a peer has, the oldest first."""
    if peer == "auditlog":
        return list(LogEntry.objects.order_by("pk").values())
    events = apps.get_model("peers", "PghistoryChangeEvent").objects.order_by("pgh_id")
    return list(events.values(*_columns(events.model), "pgh_context__metadata"))


def _columns(model: type[models.Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]
