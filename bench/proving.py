"""Taking the log away and checking it: entries a second and memory, at two sizes, as commands."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from sqlalchemy import text

from bench.servers import Run, run, settings_of
from bench.tables import table
from bench.tenant import Tenant, biggest_tenant, new_tenant
from deedbook import verifier
from deedbook.database.connect import Database
from deedbook.engine.integrity.note import Signer

# The smaller log is of so many times fewer entries.
_FEWER: Final = 10
_FORMATS: Final = ("csv", "jsonl", "bundle")
_SIZE: Final = "SELECT size FROM deedbook_tree WHERE instance_id = :instance_id"


def measure(url: str, folder: Path, entries: int, signer: Signer) -> None:
    """Print how fast whole logs are exported and checked, and what that takes in memory."""
    big = biggest_tenant(url)
    small = new_tenant(url, entries // _FEWER, signer)
    sizes = _sizes(url, small, big)
    runs = [_runs(url, folder, tenant, signer) for tenant in (small, big)]
    fewer, many = sizes
    rows = []
    for name, whole in runs[1].items():
        part = runs[0][name]
        memory = f"{part.peak:.0f}", f"{whole.peak:.0f}", f"{whole.peak / part.peak:.2f}"
        rows.append([name, f"{whole.seconds:.1f}", _rate(many - fewer, part, whole), *memory])
    table(
        (
            *("command", f"seconds for {many:,} entries", "entries a second, its start left out"),
            *(f"peak at {fewer:,} entries (MB)", f"peak at {many:,} (MB)", "the one by the other"),
        ),
        rows,
    )


def _rate(entries: int, part: Run, whole: Run) -> str:
    """Give how many entries a second the bigger log took longer; to start never takes quite the same."""
    more = whole.seconds - part.seconds
    return f"{entries / more:,.0f}" if more > part.seconds / 4 else "too few to tell"


def _runs(url: str, folder: Path, tenant: Tenant, signer: Signer) -> dict[str, Run]:
    """Run every command on a log, and give what each took."""
    settings = settings_of(url, folder / "home")
    instance = ("--instance", tenant.instance_id)
    found = {}
    for name in _FORMATS:
        output = folder / f"log.{name}"
        export = ("-m", "deedbook", "export", *instance, "--format", name)
        found[f"deedbook export --format {name}"] = run(
            (*export, "--output", str(output)), settings
        )
    found["deedbook verify"] = run(("-m", "deedbook", "verify", *instance), settings)
    script, key = folder / "verify.py", folder / "key.txt"
    script.write_bytes(verifier.source())
    key.write_text(f"{signer.verifier}\n", encoding="ascii")
    checking = ("-I", str(script), str(folder / "log.bundle"), "--key", str(key))
    found["verify.py on the bundle"] = run(checking)
    return found


def _sizes(url: str, *tenants: Tenant) -> list[int]:
    database = Database(url, connections=1)
    try:
        with database.read() as session:
            return [
                session.execute(text(_SIZE), {"instance_id": each.instance_id}).scalar_one()
                for each in tenants
            ]
    finally:
        database.close()
