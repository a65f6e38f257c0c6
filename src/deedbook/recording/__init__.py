"""Recording with SQLAlchemy: marks on tables and columns, a unit of work, guards in the database."""

from deedbook.recording.guards import install_guards, prepare_engine, set_up
from deedbook.recording.log import oldest_unsealed_ms, open_log, open_proofs, open_sealer
from deedbook.recording.marks import (
    Audited,
    ColumnClass,
    Unaudited,
    UnmarkedModel,
    audited_models,
    masked,
    personal,
    require_marks,
    secret,
    system,
    tracked,
)
from deedbook.recording.unit_of_work import UnitOfWork, UnrecordedChange

__all__ = [
    "Audited",
    "ColumnClass",
    "Unaudited",
    "UnitOfWork",
    "UnmarkedModel",
    "UnrecordedChange",
    "audited_models",
    "install_guards",
    "masked",
    "oldest_unsealed_ms",
    "open_log",
    "open_proofs",
    "open_sealer",
    "personal",
    "prepare_engine",
    "require_marks",
    "secret",
    "set_up",
    "system",
    "tracked",
]
