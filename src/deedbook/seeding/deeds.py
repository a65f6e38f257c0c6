"""The deeds of a seeded log, one after the other."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from deedbook.engine import (
    Action,
    Changes,
    Deed,
    Metadata,
    Origin,
    Outcome,
    Ref,
    Refusal,
)
from deedbook.platform.catalogue import CATALOGUE
from deedbook.seeding.cast import Player, cast_of
from deedbook.seeding.chance import Chance
from deedbook.seeding.recipes import RECIPES, Recipe

_DENIED: Final = 0.01
_NO_CHANGES: Final = Changes()
# Of each sort, so many are known at a time; beyond it a new one takes the place of another.
_KNOWN: Final = 5_000
_TRIES: Final = 5


@dataclass(slots=True)
class _Thing:
    """Something that the log tells of, and what it is known by."""

    id: str
    label: str | None
    values: Mapping[str, Any]
    refs: Mapping[str, str]
    parent: _Thing | None = None
    ended: bool = False

    @property
    def lives(self) -> bool:
        return not self.ended and (self.parent is None or self.parent.lives)


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A recipe with all that is the same each time it is followed."""

    recipe: Recipe
    action: Action[Metadata]
    names: tuple[str, ...]
    method: str
    route: str
    allowed: tuple[Player, ...]
    refused: tuple[Player, ...]


def deeds_of(
    instance_id: str, source: random.Random, where: Mapping[str, tuple[str, ...]]
) -> Iterator[Deed]:
    """Give deeds without end; the same source gives the same, but for the instance's own id.

    `where` tells for each action the routes that record it, as `METHOD /path`: the first is taken.
    """
    chance = Chance(source)
    cast = cast_of(chance)
    prepared = {each.action: _prepare(each, cast.allowed, cast.refused, where) for each in RECIPES}
    story = _Story(instance_id, chance, prepared)
    story.introduce({player.actor.id: player for player in cast.allowed["customer"]}.values())
    turns = [prepared[each.action] for each in RECIPES for _ in range(each.weight)]
    while True:
        yield story.tell(chance.one_of(turns))


def _prepare(
    recipe: Recipe,
    allowed: Mapping[str, Any],
    refused: Mapping[str, Any],
    where: Mapping[str, tuple[str, ...]],
) -> _Prepared:
    action = CATALOGUE.actions[recipe.action]
    method, _, route = where[recipe.action][0].partition(" ")
    return _Prepared(
        recipe,
        action,
        tuple(field.name for field in action.fields),
        method,
        route,
        tuple(allowed[action.feature.name]),
        tuple(refused[action.feature.name]),
    )


class _Story:
    """What there is so far."""

    def __init__(self, instance_id: str, chance: Chance, prepared: Mapping[str, _Prepared]) -> None:
        self._chance = chance
        self._instance = _Thing(instance_id, None, {}, {})
        self._things: dict[str, list[_Thing]] = {"instance": [self._instance]}
        self._makers = {each.recipe.makes: each for each in prepared.values() if each.recipe.makes}

    def introduce(self, players: Any) -> None:  # noqa: ANN401 (any collection of players)
        """Let the team be known, whose roles change."""
        for player in players:
            actor = player.actor
            if actor.email is not None and actor.role != "owner":
                known = {"name": actor.name, "email": actor.email, "role": str(actor.role)}
                self._know("user", _Thing(actor.id, actor.name, known, {}))

    def tell(self, prepared: _Prepared) -> Deed:
        """Give the next deed: of a recipe, or of what has to be there before it."""
        recipe = prepared.recipe
        of = self._living(recipe.of)
        if of is None:
            return self.tell(self._makers[recipe.of])
        if prepared.refused and self._chance.random() < _DENIED:
            return self._refused(prepared, of)
        thing = self._made(recipe, of)
        refs = {
            **thing.refs,
            **{type_: self._chance.id(p) for type_, p in recipe.fresh_refs.items()},
        }
        values = thing.values
        return Deed(
            instance_id=self._instance.id,
            action=prepared.action,
            operation=prepared.action.operations[0],
            actor=(player := self._chance.one_of(prepared.allowed)).actor,
            origin=self._origin(player, prepared),
            entity_id=values.get("entity_id", thing.id),
            entity_label=thing.label,
            metadata=prepared.action.metadata(*[values[name] for name in prepared.names]),
            refs=tuple(Ref(type_, refs[type_]) for type_ in prepared.action.refs if type_ in refs),
            changes=recipe.changes(self._chance, values) if recipe.changes else _NO_CHANGES,
        )

    def _refused(self, prepared: _Prepared, of: _Thing) -> Deed:
        player = self._chance.one_of(prepared.refused)
        return Deed(
            instance_id=self._instance.id,
            action=prepared.action,
            operation=prepared.action.operations[0],
            actor=player.actor,
            origin=self._origin(player, prepared),
            entity_id=of.id,
            metadata=Refusal("AUTH_FORBIDDEN"),
            outcome=Outcome.DENIED,
        )

    def _made(self, recipe: Recipe, of: _Thing) -> _Thing:
        """Give what the entry is about: something new that comes of a thing, or the thing itself."""
        new = recipe.fill(self._chance, of.values)
        if recipe.makes is None:
            of.ended = recipe.ends
            if not new:
                return of
            changed = _Thing(of.id, new.get("label", of.label), {**of.values, **new}, of.refs)
            if recipe.of == "user":
                of.values = changed.values
            return changed
        refs = of.refs if recipe.of == "instance" else {**of.refs, recipe.of: of.id}
        made = _Thing(
            self._chance.id(recipe.prefix), new["label"], {**of.values, **new}, refs, parent=of
        )
        self._know(recipe.makes, made)
        return made

    def _know(self, kind: str, thing: _Thing) -> None:
        known = self._things.setdefault(kind, [])
        if len(known) < _KNOWN:
            known.append(thing)
        else:
            known[self._chance.below(_KNOWN)] = thing

    def _living(self, kind: str) -> _Thing | None:
        known = self._things.get(kind)
        if not known:
            return None
        tries = (self._chance.frequent(known) for _ in range(_TRIES))
        return next((thing for thing in tries if thing.lives), None)

    def _origin(self, player: Player, prepared: _Prepared) -> Origin:
        return Origin(
            ip_address=player.ip_address,
            peer_ip=player.ip_address,
            country=player.country,
            country_source="made up",
            user_agent=player.user_agent,
            request_id=self._chance.hex(32),
            method=prepared.method,
            route=prepared.route,
        )
