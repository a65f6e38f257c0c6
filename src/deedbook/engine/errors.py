"""The one base of every error, and the errors of the audit log itself."""

from __future__ import annotations

from typing import ClassVar


class DeedbookError(Exception):
    """Something went wrong."""

    # The docstring of a subclass is its default message; `code` never changes once published.
    code: ClassVar[str] = "INTERNAL_ERROR"
    status: ClassVar[int] = 500
    # Whether it refuses somebody an act, so that the attempt belongs in the log as denied.
    is_denial: ClassVar[bool] = False

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or (type(self).__doc__ or "").strip())


class CatalogueError(DeedbookError):
    """The catalogue of actions contradicts itself."""

    code = "CATALOGUE_INVALID"


class InvalidDeed(DeedbookError):
    """This deed cannot be recorded as it is."""

    code = "DEED_INVALID"


class InvalidParameters(DeedbookError):
    """A query parameter is unknown, or has a value that cannot be."""

    code = "VALIDATION_FAILED"
    status = 400

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


class UnsupportedConnection(DeedbookError):
    """The audit log lives in SQLite or PostgreSQL: give it a connection of sqlite3 or psycopg 3."""

    code = "CONNECTION_UNSUPPORTED"


class DamagedLog(DeedbookError):
    """The log holds what Deedbook never writes."""

    code = "AUDIT_LOG_DAMAGED"


class UnknownEncoding(DeedbookError):
    """An entry is stored in a way that this version does not know."""

    code = "ENCODING_UNKNOWN"

    def __init__(self, encoding: int) -> None:
        super().__init__(
            f"An entry is stored in encoding {encoding}, which this version of Deedbook does not know:"
            " a later one wrote it, or somebody changed the database."
        )


class DamagedDictionary(DeedbookError):
    """A dictionary of this installation is damaged."""

    code = "DICTIONARY_DAMAGED"

    def __init__(self, encoding: int) -> None:
        super().__init__(
            f"The dictionary of encoding {encoding} is not the one that Deedbook ships: install it again."
        )
