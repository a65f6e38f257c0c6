"""The row of exports."""

from __future__ import annotations

from deedbook.web.roles import Access, Area
from world.operation import INSTANCE, Operation, Prepared
from world.people import Team
from world.world import World


def _exported(_world: World, team: Team) -> Prepared:
    return Prepared(
        query="?format=jsonl&feature=invite&not_operation=delete&q=ada&country=DE",
        entity_id=team.instance_id,
        metadata={"format": "jsonl", "filters": ["feature=invite", "not_operation=delete"]},
        personal_metadata={"free_filters": ["country=DE", "q=ada"]},
    )


OPERATIONS: tuple[Operation, ...] = (
    Operation(
        action="audit_log.exported",
        operation="create",
        method="GET",
        path=f"{INSTANCE}/audit-logs/export",
        area=Area.AUDIT_LOGS,
        access=Access.READ,
        entity_type="audit_log",
        prepare=_exported,
        has_body=False,
    ),
)
