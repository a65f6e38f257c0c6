"""The demo: two instances that have lived a little, through requests that the platform answered."""

from __future__ import annotations

from deedbook.cli.context import OPERATOR, unit_of_work
from deedbook.cli.demo.people import ANA
from deedbook.cli.demo.stage import open_stage
from deedbook.cli.demo.story import play
from deedbook.database.connect import Database
from deedbook.platform.identity.instances.service import instances_of
from deedbook.platform.identity.sessions.service import issue_link
from deedbook.platform.identity.users.service import user_by_email, user_for_email
from deedbook.settings import Settings

DEMO_OWNER = ANA.email


def make_demo(settings: Settings) -> str:
    """Make the demo, unless it is there already, and give the id of its first instance."""
    if (found := _existing(settings)) is not None:
        return found
    with open_stage(settings) as stage:
        return play(stage)


def sign_in_link(settings: Settings, email: str) -> str:
    """Give a link that signs this person in once; the session it opens says `operator`."""
    database = Database(settings.url(), connections=1)
    try:
        with unit_of_work(database) as work:
            user = user_for_email(work, email)
            token = issue_link(work, user, auth_method=OPERATOR)
    finally:
        database.close()
    return f"{settings.public_url.rstrip('/')}/dashboard/sign-in#link={token}"


def _existing(settings: Settings) -> str | None:
    database = Database(settings.url(), connections=1)
    try:
        with database.read() as session:
            owner = user_by_email(session, DEMO_OWNER)
            found = [] if owner is None else instances_of(session, owner.id)
            return found[0].instance.id if found else None
    finally:
        database.close()
