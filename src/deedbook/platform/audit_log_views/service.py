"""Rules about saved views: each is its owner's alone, in one instance."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from deedbook.engine import DeedbookError
from deedbook.platform.audit_log_views.models import AuditLogView
from deedbook.platform.identity.instances.models import Membership
from deedbook.recording import UnitOfWork

MOST_VIEWS: Final = 50


class ViewNotFound(DeedbookError):
    """You have no such view of this log."""

    code = "AUDIT_LOG_VIEWS_NOT_FOUND"
    status = 404


class ViewNameTaken(DeedbookError):
    """name: you have a view of this name already."""

    code = "VALIDATION_INVALID_REQUEST"
    status = 400


class TooManyViews(DeedbookError):
    """You have 50 views of this log: remove one first."""

    code = "VALIDATION_INVALID_REQUEST"
    status = 400


def views_of(session: Session, instance_id: str, user_id: str) -> list[AuditLogView]:
    """Give a person's views of an instance's log, by name."""
    return list(session.scalars(_own(instance_id, user_id).order_by(AuditLogView.name)))


def create_view(work: UnitOfWork, user_id: str, *, name: str, query: str) -> AuditLogView:
    """Keep filters by a name that is new."""
    instance_id = _take_turns(work, user_id)
    own = _own(instance_id, user_id).subquery()
    if (work.session.scalar(select(func.count()).select_from(own)) or 0) >= MOST_VIEWS:
        raise TooManyViews
    _refuse_taken(work, user_id, name)
    view = work.add(AuditLogView(instance_id=instance_id, user_id=user_id, name=name, query=query))
    work.session.flush()
    return view


def update_view(work: UnitOfWork, user_id: str, view_id: str, *, name: str, query: str) -> None:
    """Give a view a name and filters. Raises `ViewNotFound`."""
    _take_turns(work, user_id)
    view = _view(work, user_id, view_id)
    if name != view.name:
        _refuse_taken(work, user_id, name)
    view.name, view.query = name, query


def delete_view(work: UnitOfWork, user_id: str, view_id: str) -> None:
    """Forget a view. Raises `ViewNotFound`."""
    _take_turns(work, user_id)
    work.delete(_view(work, user_id, view_id))


def _take_turns(work: UnitOfWork, user_id: str) -> str:
    """Let a person's requests change their views one after the other, and give the instance."""
    instance_id = work.instance_id or ""
    work.session.get_one(Membership, (instance_id, user_id), with_for_update=True)
    return instance_id


def _view(work: UnitOfWork, user_id: str, view_id: str) -> AuditLogView:
    rows = _own(work.instance_id or "", user_id).where(AuditLogView.id == view_id)
    view = work.session.scalar(rows)
    if view is None:
        raise ViewNotFound
    return view


def _refuse_taken(work: UnitOfWork, user_id: str, name: str) -> None:
    rows = _own(work.instance_id or "", user_id).where(AuditLogView.name == name)
    if work.session.scalar(rows) is not None:
        raise ViewNameTaken


def _own(instance_id: str, user_id: str) -> Select[AuditLogView]:
    return select(AuditLogView).where(
        AuditLogView.instance_id == instance_id, AuditLogView.user_id == user_id
    )
