"""One change in its own transaction, without a peer and with it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from bench.peers.request import MODELS, request_of, the_user
from bench.writers import rate


def rate_of(peer: str, change: str, writers: int, seconds: float) -> float:
    """Give the changes a second of so many threads."""
    model, request = MODELS[peer], request_of(peer, the_user())

    def insert() -> None:
        with request(), transaction.atomic():
            model.objects.create(name="change", amount=1)

    def update_of(key: int) -> Callable[[], None]:
        def update() -> None:
            with request(), transaction.atomic():
                row = model.objects.get(pk=key)
                row.amount += 1
                row.save()

        return update

    @contextmanager
    def writer() -> Iterator[Callable[[], None]]:
        row = model.objects.create(name="change", amount=1)
        try:
            yield insert if change == "insert" else update_of(row.pk)
        finally:
            connection.close()

    return rate(writer, writers, seconds)
