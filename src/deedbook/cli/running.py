"""Running the server, and what it needs first."""

from __future__ import annotations

import signal
import threading
from typing import Annotated

import typer
import uvicorn

from deedbook.app import create_app
from deedbook.cli.context import load_settings, migrate_with
from deedbook.cli.demo import DEMO_OWNER, make_demo, sign_in_link
from deedbook.database.connect import Database
from deedbook.jobs import jobs_of, outbound_of, outside_of
from deedbook.platform.signing import SigningKeys
from deedbook.worker import Worker


def serve(
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port to listen on.")] = 8000,
    *,
    demo: Annotated[
        bool, typer.Option("--demo", help="Make a demo instance first, and print a sign-in link.")
    ] = False,
) -> None:
    """Serve the API and the dashboard. Brings the database up to date first."""
    settings = load_settings()
    if "public_url" not in settings.model_fields_set:
        settings.public_url = f"http://localhost:{port}"
    migrate_with(settings)
    if demo:
        instance_id = make_demo(settings)
        typer.echo(
            f"\n  The demo instance is {instance_id}. Sign in as {DEMO_OWNER}"
            " (the link works once, within the hour):\n"
            f"  {sign_in_link(settings, DEMO_OWNER)}\n"
        )
    app = create_app(settings)
    # Proxies are our own matter (DEEDBOOK_TRUSTED_PROXIES): uvicorn would believe too much.
    uvicorn.run(
        app, host=host, port=port, proxy_headers=False, server_header=False, access_log=False
    )


def worker() -> None:
    """Do the work beside the requests until told to stop (DEEDBOOK_WORKER=apart).

    Several may run at once; they share the work.
    """
    settings = load_settings()
    migrate_with(settings)
    database = Database(settings.url(), connections=settings.connections)
    keys = SigningKeys(settings.signing_key_path)
    jobs = jobs_of(settings, database, outside_of(settings), outbound_of(settings), keys)
    working = Worker(jobs)
    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    working.start()
    typer.echo(f"Working: {', '.join(dict.fromkeys(job.name for job in jobs))}.")
    stopped.wait()
    working.stop()
    database.close()


def migrate_command() -> None:
    """Bring the database up to date. Safe to run at any time, as often as you like."""
    migrate_with(load_settings())
    typer.echo("The database is up to date.")
