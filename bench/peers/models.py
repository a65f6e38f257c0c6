"""The same table three times: bare, and as each peer wants it declared."""

import pghistory
from auditlog.registry import auditlog
from django.db import models


class Change(models.Model):
    """What a change is of."""

    name = models.TextField()
    amount = models.BigIntegerField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        """Give its name."""
        return self.name


class BareChange(Change):
    """A row that nobody watches."""


class AuditlogChange(Change):
    """A row that django-auditlog watches, by Django's signals."""


# Deletions too, which `track()` alone leaves out.
@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class PghistoryChange(Change):
    """A row that django-pghistory watches, by triggers of PostgreSQL."""


auditlog.register(AuditlogChange)
