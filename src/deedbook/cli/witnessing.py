"""A second memory of logs, on any machine that reaches their server."""

from __future__ import annotations

import os
import signal
import socket
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import Annotated, Final

import typer

from deedbook.engine import DeedbookError
from deedbook.engine.integrity.note import Verifier
from deedbook.witness.errors import CannotTell, Contradiction
from deedbook.witness.look import Seen, look
from deedbook.witness.memory import Memory
from deedbook.witness.served import ServedLog

_TOKEN: Final = "DEEDBOOK_WITNESS_TOKEN"  # noqa: S105 (the name of a variable)


class Outcome(IntEnum):
    """The exit status: the log is fine, or contradicts what is remembered, or nothing can be told."""

    FINE = 0
    CONTRADICTION = 1
    CANNOT_TELL = 2


# What weighs more is what the command ends with.
_WEIGHT: Final = (Outcome.FINE, Outcome.CANNOT_TELL, Outcome.CONTRADICTION)


@dataclass(frozen=True, slots=True, kw_only=True)
class Witness:
    """Somebody who remembers: by which name, where, and by which key."""

    name: str
    key: Verifier
    memory: Memory


def witness(
    url: Annotated[
        str, typer.Option(help="The address of the server, such as https://log.example.")
    ],
    instance: Annotated[
        list[str], typer.Option(help="The id of an instance (in_…); may be given several times.")
    ],
    key: Annotated[
        Path, typer.Option(help="The file with the public key that was pinned while all was well.")
    ],
    state: Annotated[Path, typer.Option(help="The folder to remember in; made when missing.")],
    token_file: Annotated[
        list[Path] | None,
        typer.Option(
            help="A file with an API key of someone who may read the log: one for all instances, or one"
            f" for each in their order. Default: the variable {_TOKEN}."
        ),
    ] = None,
    name: Annotated[
        str,
        typer.Option(help="What the server is to call this memory. Default: this machine's name."),
    ] = "",
    *,
    every: Annotated[int, typer.Option(min=1, help="Seconds between two looks.")] = 60,
    once: Annotated[bool, typer.Option("--once", help="Look once, and end.")] = False,
) -> None:
    """Remember the checkpoints of logs, and refuse those that contradict what is remembered.

    Exit status 0: all is well. 1: a log was forked, rolled back or signed by an unknown key; both
    checkpoints are printed and kept. 2: it cannot be told, as when the server does not answer. Without
    --once it goes on until it is stopped, and ends with the worst that it met.
    """
    try:
        pinned = Verifier.parse(_text_of(key))
        tokens = _tokens(token_file or [], len(instance))
        logs = [ServedLog(url, *pair) for pair in zip(instance, tokens, strict=True)]
    except DeedbookError as error:
        typer.echo(f"deedbook: {error}", err=True)
        raise typer.Exit(Outcome.CANNOT_TELL) from None
    someone = Witness(name=name or socket.gethostname(), key=pinned, memory=Memory(state))
    stopped = threading.Event()
    if not once:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stopped.set())
    worst = _watch(logs, someone, stopped, every=None if once else every)
    raise typer.Exit(worst)


def _watch(
    logs: Sequence[ServedLog], someone: Witness, stopped: threading.Event, *, every: int | None
) -> Outcome:
    """Look at each log, again and again where `every` says so; gives the worst that was met."""
    worst = Outcome.FINE
    while not stopped.is_set():
        for log in logs:
            worst = max(worst, _look(log, someone), key=_WEIGHT.index)
        if every is None:
            break
        stopped.wait(every)
    for log in logs:
        log.close()
    return worst


def _look(log: ServedLog, someone: Witness) -> Outcome:
    """Look at one log, say what was found, and remember it."""
    remembered = None
    try:
        remembered = someone.memory.note_of(log.instance_id)
        seen = look(log, someone.key, remembered)
        if seen is not None and seen.note != remembered:
            someone.memory.remember(log.instance_id, seen.note)
    except CannotTell as error:
        typer.echo(f"{log.instance_id}: cannot tell: {error}", err=True)
        return Outcome.CANNOT_TELL
    except Contradiction as error:
        _accuse(log.instance_id, someone.memory, remembered, error)
        return Outcome.CONTRADICTION
    typer.echo(f"{log.instance_id}: {_said(seen, someone.key)}")
    if seen is not None:
        _tell(log, someone.name, seen.checkpoint.size)
    return Outcome.FINE


def _said(seen: Seen | None, pinned: Verifier) -> str:
    if seen is None:
        return "nothing is signed yet."
    said = f"fine, remembered at size {seen.checkpoint.size}."
    if seen.key != pinned:
        said += f" The key is {seen.key} now, by the word of the one before."
    return said


def _accuse(instance_id: str, memory: Memory, remembered: str | None, error: Contradiction) -> None:
    """Print both checkpoints, and keep them."""
    text = (
        f"{instance_id}: REFUSED: {error}.\n\n"
        f"What is remembered:\n\n{remembered or 'nothing'}\n"
        f"What is served:\n\n{error.served or 'nothing'}\n"
    )
    typer.echo(text)
    try:
        typer.echo(f"Both are kept in {memory.keep_evidence(instance_id, text)}.")
    except CannotTell as failure:
        typer.echo(f"They could not be kept: {failure}", err=True)


def _tell(log: ServedLog, name: str, size: int) -> None:
    try:
        log.tell(name, size)
    except CannotTell as error:
        typer.echo(f"{log.instance_id}: the server does not know of this memory: {error}", err=True)


def _tokens(files: Sequence[Path], count: int) -> list[str]:
    """Give the token for each instance. Raises `CannotTell`."""
    tokens = [_text_of(each) for each in files] or [os.environ.get(_TOKEN, "").strip()]
    if not all(tokens):
        raise CannotTell(f"there is no token: put one into {_TOKEN}, or into a file (--token-file)")
    if len(tokens) not in (1, count):
        raise CannotTell(
            f"{len(tokens)} token files for {count} instances: give one, or one for each"
        )
    return tokens * count if len(tokens) == 1 else tokens


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeError):
        raise CannotTell(f"{path} cannot be read") from None
