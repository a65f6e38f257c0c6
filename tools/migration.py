"""Write a migration from what the models have and the newest migration has not."""

from __future__ import annotations

import re
import sys
import tempfile
from importlib import resources
from pathlib import Path

from alembic import command
from alembic.config import Config

import deedbook.app  # noqa: F401 (imports every model)
from deedbook.database.connect import Database


def main() -> None:
    """Write it under the next number."""
    if len(sys.argv) != 2:  # noqa: PLR2004 (the script and the message)
        sys.exit('Say what it does: tools/migration.py "Partner fees"')
    folder = Path(str(resources.files("deedbook.database"))) / "migrations"
    number = len(list((folder / "versions").glob("[0-9]*.py"))) + 1
    with tempfile.TemporaryDirectory() as home:
        database = Database(f"sqlite:///{home}/empty.db")
        with database.begin() as connection:
            config = Config(attributes={"connection": connection})
            config.set_main_option("script_location", str(folder))
            config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
            # Not `migrate`: its guards would look for the tables that are yet to come.
            command.upgrade(config, "head")
            command.revision(config, sys.argv[1], autogenerate=True, rev_id=f"{number:04}")
        database.close()
    sys.stdout.write(re.sub(r"\s+", " ", f"Read it before you commit it: {folder}/versions") + "\n")


main()
