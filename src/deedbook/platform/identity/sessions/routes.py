"""Signing in and out."""

from __future__ import annotations

from typing import Annotated

from fastapi import BackgroundTasks, Depends, Request, Response

from deedbook.engine.origin import describe
from deedbook.platform.identity.passkeys.routes import RelyingPartyNow
from deedbook.platform.identity.sessions import service
from deedbook.platform.identity.sessions.mail import Mailer
from deedbook.platform.identity.sessions.schemas import (
    OpenSessionOut,
    SessionIn,
    SessionOut,
    SignInCodeIn,
)
from deedbook.web.cookies import clear_session, refuse_cross_site, set_session
from deedbook.web.declarations import Anyone, SignedIn, needs, silent
from deedbook.web.pipeline import Pipeline
from deedbook.web.problems import problem
from deedbook.web.routing import Person, Reading, Work, slice_router
from deedbook.web.schemas import Success

router = slice_router("/v1", tag="Sign-in")

_ACCOUNT = "signing in and out belongs to a person, not to an instance"


async def _mailer(request: Request) -> Mailer:
    mailer: Mailer = request.app.state.mailer
    return mailer


async def _pipeline(request: Request) -> Pipeline:
    pipeline: Pipeline = request.app.state.pipeline
    return pipeline


MailerNow = Annotated[Mailer, Depends(_mailer)]
PipelineNow = Annotated[Pipeline, Depends(_pipeline)]


@router.post("/sign-in/codes")
@needs(Anyone())
@silent(_ACCOUNT)
def post_sign_in_code(
    work: Work, body: SignInCodeIn, mailer: MailerNow, pipeline: PipelineNow, tasks: BackgroundTasks
) -> Success:
    """Send a six-digit code to an address; the reply is the same whether anyone has it."""
    code = service.issue_code(work, body.email, pipeline.secret)
    # Sent once the code is committed, and holding up no transaction.
    text = f"{code} signs you in to Deedbook. It works once, for ten minutes."
    tasks.add_task(mailer.send, body.email, "Your sign-in code", text)
    return Success()


@router.post("/sessions", response_model=SessionOut)
@needs(Anyone())
@silent(_ACCOUNT)
def post_session(
    request: Request,
    response: Response,
    work: Work,
    body: SessionIn,
    pipeline: PipelineNow,
    relying_party: RelyingPartyNow,
) -> SessionOut | Response:
    """Sign in with a code, a link or a passkey; the session's token is in the cookie of the reply."""
    refuse_cross_site(request)
    if body.link_token:
        signed_in = service.use_link(work, body.link_token)
    elif body.passkey is not None:
        signed_in = service.use_passkey(work, body.passkey, relying_party)
    else:
        signed_in = service.use_code(work, body.email or "", body.code or "", pipeline.secret)
    if signed_in is None:
        return problem(service.WrongCode(), request)
    opened = service.open_session(work, signed_in)
    max_age = int(service.SESSION_LIFE.total_seconds())
    set_session(response, opened.token, secure=pipeline.secure_cookies, max_age=max_age)
    return SessionOut(user_id=opened.user.id)


@router.delete("/sessions/current")
@needs(SignedIn())
@silent(_ACCOUNT)
def delete_current_session(
    response: Response, work: Work, person: Person, pipeline: PipelineNow
) -> Success:
    """Sign out."""
    service.close_session(work, person.session_id)
    clear_session(response, secure=pipeline.secure_cookies)
    return Success()


@router.get("/whoami/sessions")
@needs(SignedIn())
def list_sessions(session: Reading, person: Person) -> list[OpenSessionOut]:
    """Give one's own open sessions, the last used first."""
    return [
        OpenSessionOut(
            id=row.id,
            current=row.id == person.session_id,
            auth_method=row.auth_method,
            device=describe(row.user_agent),
            user_agent=row.user_agent,
            ip_address=row.ip_address,
            country=row.country,
            created_at=row.created_at,
            last_used_at=row.last_used_at,
            expires_at=row.expires_at,
        )
        for row in service.sessions_of(session, person.user_id)
    ]


@router.delete("/whoami/sessions")
@needs(SignedIn())
@silent(_ACCOUNT)
def delete_other_sessions(work: Work, person: Person) -> Success:
    """Sign out everywhere else."""
    service.revoke_others(work, person.user_id, person.session_id)
    return Success()


@router.delete("/whoami/sessions/{session_id}")
@needs(SignedIn())
@silent(_ACCOUNT)
def delete_session(work: Work, person: Person, session_id: str) -> Success:
    """Sign out somewhere."""
    service.revoke(work, person.user_id, session_id)
    return Success()
