"""The process in which Django and the peers run, in their own environment; `make bench` makes that."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from psycopg.conninfo import conninfo_to_dict

_ROOT: Final = Path(__file__).parent.parent
_PYTHON: Final = _ROOT / "var" / "bench" / "bin" / "python"


class Neighbour:
    """Django, which answers one question after the other."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def ask(self, what: str, **how: object) -> Any:  # noqa: ANN401 (JSON has no narrower type)
        """Give what Django answers, when it has."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"ask": what, **how}) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"Django ended when asked for {what} {how}; it says why above")
        return json.loads(line)


@contextmanager
def neighbour(database: str) -> Iterator[Neighbour]:
    """Give Django with the peers on a database of their own, and end it after."""
    if not _PYTHON.exists():
        raise SystemExit("the peers are not installed: run `make bench`, which does that first")
    environment = {**os.environ, "BENCH_PEERS_DATABASE": json.dumps(conninfo_to_dict(database))}
    # The other environment's packages must not find ours, nor the reverse.
    environment.pop("PYTHONPATH", None)
    process = subprocess.Popen(  # noqa: S603 (our own module)
        [_PYTHON, "-m", "bench.peers"],
        cwd=_ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield Neighbour(process)
    finally:
        assert process.stdin is not None
        process.stdin.close()
        process.wait()
