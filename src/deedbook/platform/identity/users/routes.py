"""/v1/whoami and /v1/users: the person who is signed in."""

from __future__ import annotations

from deedbook.platform.identity.users import service
from deedbook.platform.identity.users.models import User
from deedbook.platform.identity.users.schemas import AvatarIn, PersonalIn, WhoamiOut
from deedbook.web.declarations import SignedIn, needs, silent
from deedbook.web.routing import Person, Reading, Work, slice_router
from deedbook.web.schemas import Success

router = slice_router("/v1", tag="Account")

_OWN = "a person's own account belongs to no instance"


@router.get("/whoami")
@needs(SignedIn())
def get_whoami(session: Reading, person: Person) -> WhoamiOut:
    """Give the person who is signed in."""
    user = session.get_one(User, person.user_id)
    return WhoamiOut(
        id=user.id,
        email=user.email,
        first_name=user.first_name,
        middle_name=user.middle_name,
        last_name=user.last_name,
        has_passkey=person.has_passkey,
        image_url=user.image_url,
    )


@router.put("/whoami/personal")
@needs(SignedIn())
@silent(_OWN)
def put_personal(work: Work, person: Person, body: PersonalIn) -> Success:
    """Change one's own name."""
    service.rename(
        work,
        person.user_id,
        first_name=body.first_name,
        middle_name=body.middle_name,
        last_name=body.last_name,
    )
    return Success()


@router.put("/whoami/avatar")
@needs(SignedIn())
@silent(_OWN)
def put_avatar(work: Work, person: Person, body: AvatarIn) -> Success:
    """Change one's own picture."""
    service.change_picture(work, person.user_id, str(body.image_url))
    return Success()


@router.post("/users")
@needs(SignedIn())
@silent("an account is made at sign-in; this answers clients that still ask for one")
def post_user(_: Work) -> Success:
    """Make sure that the person has an account, which signing in did."""
    return Success()
