"""The routes as the OpenAPI document has them, and the calls that try them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from deedbook.web.roles import Access, Area
from world.world import World

INSTANCE: Final = "instance_id"
# A key that is too long is refused after authorisation and before anything is done.
NOTHING_DONE: Final = {"Idempotency-Key": "x" * 256}
_PLACE: Final = re.compile(r"{(\w+)}")


@dataclass(frozen=True, kw_only=True)
class Route:
    """A method of a path, who may call it, and where it takes ids."""

    method: str
    path: str
    access: Mapping[str, Any]
    """What `x-access` says; empty where anyone may call."""
    query: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def is_safe(self) -> bool:
        return self.method == "GET"

    @property
    def in_instance(self) -> bool:
        return "area" in self.access

    @property
    def area(self) -> Area:
        return Area[self.access["area"].upper()]

    @property
    def kind(self) -> Access:
        return Access[self.access["access"].upper()]

    @property
    def places(self) -> tuple[str, ...]:
        """The ids in the path, but for the instance's."""
        return tuple(name for name in _PLACE.findall(self.path) if name != INSTANCE)

    def url(self, instance_id: str, values: Mapping[str, str]) -> str:
        """Give the path with its places filled; what no value is given for is some id."""
        known = {INSTANCE: instance_id, **values}
        path = _PLACE.sub(lambda found: known.get(found[1], "zz_000000000000"), self.path)
        in_query = self.access.get("instance_in") == "query"
        return f"{path}?{INSTANCE}={instance_id}" if in_query else path


@dataclass(frozen=True)
class Document:
    """The OpenAPI document of a running application."""

    content: Mapping[str, Any]
    undeclared: list[str] = field(default_factory=list)

    def routes(self) -> Iterator[Route]:
        """Give every route; those that say neither who may call nor that anyone may are noted."""
        for path, operations in self.content["paths"].items():
            for method, operation in operations.items():
                if "x-access" not in operation and operation.get("security") != []:
                    self.undeclared.append(f"{method.upper()} {path}")
                parameters = operation.get("parameters", ())
                yield Route(
                    method=method.upper(),
                    path=path,
                    access=operation.get("x-access", {}),
                    query=tuple(each["name"] for each in parameters if each["in"] == "query"),
                    fields=tuple(self._fields(operation)),
                )

    def _fields(self, operation: Mapping[str, Any]) -> Iterator[str]:
        content = operation.get("requestBody", {}).get("content", {})
        schema = content.get("application/json", {}).get("schema", {})
        name = schema.get("$ref", "").rpartition("/")[2]
        yield from self.content["components"]["schemas"].get(name, schema).get("properties", ())


def document_of(world: World) -> Document:
    """Ask an application for its document."""
    return Document(world.http.get("/v1/openapi.json").json())
