"""Rules about people."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from deedbook.platform.identity.users.models import User
from deedbook.recording import UnitOfWork


def user_by_email(session: Session, email: str) -> User | None:
    """Give the person with this address, whatever its capitals."""
    return session.scalar(select(User).where(User.email == email.lower()))


def user_for_email(work: UnitOfWork, email: str) -> User:
    """Give the person with this address; a new address becomes a person."""
    found = user_by_email(work.session, email)
    return found or work.add(User(email=email.lower()))


def rename(
    work: UnitOfWork, user_id: str, *, first_name: str, middle_name: str | None, last_name: str
) -> None:
    """Change a person's own name; entries keep the name that they were written with."""
    user = work.session.get_one(User, user_id)
    user.first_name, user.middle_name, user.last_name = first_name, middle_name, last_name


def change_picture(work: UnitOfWork, user_id: str, image_url: str) -> None:
    """Change a person's own picture."""
    work.session.get_one(User, user_id).image_url = image_url
