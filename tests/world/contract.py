"""The wire contract: JSON schemas of requests and replies, and a check by as much of JSON Schema as
they use (type, properties, required, enum, items, anyOf, allOf, lengths and bounds)."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path
from types import UnionType
from typing import Any, Final

from httpx2 import Response

Schema = Mapping[str, Any]
Check = Callable[[Any, Any], Iterator[str]]
FOLDER: Final = Path(__file__).parent.parent / "platform" / "contract"
# Formats are for machines that make values; what is checked here is the shape.
_OVERLOOKED: Final = {"format", "default", "additionalProperties"}
_TYPES: Final[Mapping[str, Callable[[object], bool]]] = {
    "null": lambda value: value is None,
    "boolean": lambda value: isinstance(value, bool),
    "string": lambda value: isinstance(value, str),
    "array": lambda value: isinstance(value, list),
    "object": lambda value: isinstance(value, dict),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
}


@cache
def contract() -> Mapping[str, Schema]:
    """Give what each operation (`POST /v1/instances/{}/customers`) takes and gives."""
    return {
        operation: schemas
        for file in sorted(FOLDER.glob("*.json"))
        if file.stem not in ("definitions", "webhooks")
        for operation, schemas in json.loads(file.read_text()).items()
    }


@cache
def webhooks() -> Mapping[str, Schema]:
    """Give the shape of the message of each event."""
    found: Mapping[str, Schema] = json.loads((FOLDER / "webhooks.json").read_text())
    return found


# What was answered with the shapes of the contract in this run, for its last lines.
ANSWERED: Final[set[str]] = set()


def check_reply(reply: Response) -> None:
    """Hold a reply to the contract, whoever asked; for the hooks of a client."""
    name = _operation_of(reply.request.method, reply.request.url.path)
    if name is None:
        return
    reply.read()
    succeeded = reply.status_code == 200
    wrong = problems(reply.json(), contract()[name]["reply"] if succeeded else named("Error"), name)
    # What the system does by itself is by nobody that the contract knows.
    wrong = [each for each in wrong if "actor_type: 'system'" not in each]
    assert wrong == [], wrong
    if succeeded:
        ANSWERED.add(name)


@lru_cache(10_000)
def _operation_of(method: str, path: str) -> str | None:
    """Give the operation of a request; one that is spelled out goes before one with a place."""
    found = [name for name, form in _forms().items() if form.fullmatch(f"{method} {path}")]
    return min(found, key=lambda name: name.count("{}"), default=None)


@cache
def _forms() -> Mapping[str, re.Pattern[str]]:
    # An id or a code has a capital, a digit or an underscore, which no fixed part of a path has.
    place = "[^/]*[A-Z0-9_%][^/]*"
    return {name: re.compile(re.escape(name).replace(r"\{\}", place)) for name in contract()}


@cache
def _definitions() -> Mapping[str, Schema]:
    found: Mapping[str, Schema] = json.loads((FOLDER / "definitions.json").read_text())
    return found


def bare(method: str, path: str) -> str:
    """Give an operation's name here, where no place of a path has one."""
    return f"{method} {re.sub(r'{[^}]*}', '{}', path)}"


def named(definition: str) -> Schema:
    """Give a schema by its name."""
    return _definitions()[definition]


def resolved(schema: Schema) -> Schema:
    """Follow a reference."""
    return named(schema["$ref"]) if "$ref" in schema else schema


def problems(value: object, schema: Schema, place: str = "reply") -> list[str]:
    """Give what is wrong with a value, by place; nothing when it has this shape."""
    schema = resolved(schema)
    if unknown := set(schema) - set(_CHECKS) - _OVERLOOKED:
        raise AssertionError(f"{place}: nobody checks {unknown}")
    return [
        f"{place}{problem}"
        for keyword, wanted in schema.items()
        if keyword in _CHECKS
        for problem in _CHECKS[keyword](value, wanted)
    ]


def _type(value: object, wanted: str | list[str]) -> Iterator[str]:
    types = [wanted] if isinstance(wanted, str) else wanted
    if not any(_TYPES[each](value) for each in types):
        yield f": {value!r} is no {' or '.join(types)}"


def _enum(value: object, wanted: list[object]) -> Iterator[str]:
    # A type that may be null says so; its enum does not list it again.
    if value not in wanted and value is not None:
        yield f": {value!r} is none of {wanted}"


def _all_of(value: object, wanted: list[Schema]) -> Iterator[str]:
    for each in wanted:
        yield from problems(value, each, "")


def _any_of(value: object, wanted: list[Schema]) -> Iterator[str]:
    if all(problems(value, each) for each in wanted):
        yield f": {value!r} is none of {len(wanted)} shapes"


def _properties(value: object, wanted: Mapping[str, Schema]) -> Iterator[str]:
    if isinstance(value, dict):
        for name in wanted.keys() & value.keys():
            yield from problems(value[name], wanted[name], f".{name}")


def _required(value: object, wanted: list[str]) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (f".{name}: is missing" for name in wanted if name not in value)


def _items(value: object, wanted: Schema) -> Iterator[str]:
    for number, item in enumerate(value if isinstance(value, list) else ()):
        yield from problems(item, wanted, f".{number}")


def _pattern(value: object, wanted: str) -> Iterator[str]:
    if isinstance(value, str) and not re.search(wanted, value):
        yield f": {value!r} does not match {wanted}"


def _bound(kind: type | UnionType, size: Callable[[Any], float], sign: int, name: str) -> Check:
    def check(value: object, wanted: float) -> Iterator[str]:
        if isinstance(value, kind) and (size(value) - wanted) * sign < 0:
            yield f": {value!r} breaks {name} {wanted}"

    return check


_CHECKS: Final[Mapping[str, Check]] = {
    "type": _type,
    "enum": _enum,
    "allOf": _all_of,
    "anyOf": _any_of,
    "properties": _properties,
    "required": _required,
    "items": _items,
    "pattern": _pattern,
    "minLength": _bound(str, len, 1, "minLength"),
    "maxLength": _bound(str, len, -1, "maxLength"),
    "minItems": _bound(list, len, 1, "minItems"),
    "maxItems": _bound(list, len, -1, "maxItems"),
    "minimum": _bound(int | float, float, 1, "minimum"),
    "maximum": _bound(int | float, float, -1, "maximum"),
}
