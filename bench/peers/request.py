"""What each peer's middleware does around a request: it says who is asking, and what else it knows."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext

import pghistory
from auditlog.context import set_actor
from django.contrib.auth.models import User

from bench.changes import ADDRESS, PATH, WHO
from bench.peers.models import AuditlogChange, BareChange, Change, PghistoryChange

MODELS: dict[str, type[Change]] = {
    "bare": BareChange,
    "auditlog": AuditlogChange,
    "pghistory": PghistoryChange,
}


def request_of(peer: str, user: User) -> Callable[[], AbstractContextManager[object]]:
    """Give what surrounds each request with a peer, by its middleware, and nothing without one."""

    @contextmanager
    def auditlog() -> Iterator[None]:
        with set_actor(user, remote_addr=ADDRESS):
            yield

    return {
        "bare": nullcontext,
        "auditlog": auditlog,
        "pghistory": lambda: pghistory.context(user=user.pk, url=PATH),
    }[peer]


def the_user() -> User:
    """Give who is asking."""
    return User.objects.get_or_create(pk=WHO, username="ada", email="ada@example.com")[0]
