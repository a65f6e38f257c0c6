"""Servers in processes of their own, on a free port of this machine, and the memory of a process."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

_PATIENCE_SECONDS: Final = 60
DEEDBOOK: Final = ("-m", "deedbook", "serve", "--port")


@dataclass(frozen=True, slots=True)
class Server:
    """A running server."""

    port: int
    pid: int


@contextmanager
def serving(
    command: Sequence[str], log: Path, environment: Mapping[str, str] | None = None
) -> Iterator[Server]:
    """Give a server of this Python, whose command ends with the port; end it after.

    What it says goes to a file, which is shown when the server does not come up.
    """
    port = _free_port()
    with log.open("ab") as said:
        process = subprocess.Popen(  # noqa: S603 (our own modules)
            [sys.executable, *command, str(port)],
            env={**os.environ, **(environment or {})},
            stdout=said,
            stderr=said,
        )
    try:
        _wait(process, port, log)
        yield Server(port, process.pid)
    finally:
        process.terminate()
        try:
            process.wait(_PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


class Run(NamedTuple):
    """How long a command took, and what it had resident at its peak (MB)."""

    seconds: float
    peak: float


def run(command: Sequence[str], environment: Mapping[str, str] | None = None) -> Run:
    """Run a command of this Python to its end. Raises `RuntimeError`, with what it said, when it fails."""
    began, peak = time.perf_counter(), 0.0
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(  # noqa: S603 (our own modules)
            [sys.executable, *command],
            env={**os.environ, **(environment or {})},
            stdout=said,
            stderr=said,
        )
        # The peak only grows: what was seen last is what it was, but for the last moment.
        while process.poll() is None:
            peak = max(peak, memory(process.pid)[1])
            time.sleep(0.01)
        took = time.perf_counter() - began
        if process.returncode:
            said.seek(0)
            raise RuntimeError(f"{command}: {said.read()[-4000:].decode(errors='replace')}")
    return Run(took, peak)


def settings_of(url: str, home: Path, **more: str) -> dict[str, str]:
    """Give the environment of a server on a database, which measures no limit of its own."""
    settings = {
        "home": str(home),
        "database_url": url,
        "requests_per_second": "0",
        "address_requests_per_second": "0",
        **more,
    }
    return {f"DEEDBOOK_{name.upper()}": value for name, value in settings.items()}


def memory(pid: int) -> tuple[float, float]:
    """Give what a process has resident now and had at its peak, in MB of 1,000,000 bytes (proc(5))."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace")
    return _kilobytes(status, "VmRSS") * 1024 / 1e6, _kilobytes(status, "VmHWM") * 1024 / 1e6


def _kilobytes(status: str, name: str) -> int:
    found = re.search(rf"^{name}:\s+(\d+) kB", status, re.MULTILINE)
    return int(found[1]) if found else 0


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    until = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError(f"the server did not come up: {log.read_text(errors='replace')[-4000:]}")
