"""/v1/e: what a customer's browser does with the terms, without an account."""

from __future__ import annotations

from importlib import resources
from urllib.parse import urlencode

from fastapi.responses import HTMLResponse

from deedbook.platform.identity.instances.service import living_instance
from deedbook.platform.payments.terms_of_service import service
from deedbook.platform.payments.terms_of_service.schemas import (
    AcceptTosIn,
    AcceptTosOut,
    InitiateTosIn,
    InitiateTosOut,
)
from deedbook.web.declarations import Anyone, needs, silent
from deedbook.web.routing import PublicUrl, Work, slice_router

router = slice_router("", tag="Terms of service")

_CUSTOMERS_OWN = "a customer acts through a link; neither a user nor a key of the instance does"


@router.post("/v1/e/instances/{instance_id}/tos")
@needs(Anyone())
@silent(_CUSTOMERS_OWN)
def post_tos(
    work: Work,
    instance_id: str,
    body: InitiateTosIn,
    public_url: PublicUrl,
) -> InitiateTosOut:
    """Give the page on which a customer accepts the terms."""
    living_instance(work.session, instance_id)
    token = service.initiate(
        work,
        instance_id,
        idempotency_key=str(body.idempotency_key),
        customer_id=body.customer_id,
        redirect_url=str(body.redirect_url) if body.redirect_url else None,
    )
    return InitiateTosOut(url=f"{public_url}/e/tos?{urlencode({'session_token': token})}")


@router.put("/v1/e/tos")
@needs(Anyone())
@silent(_CUSTOMERS_OWN)
def put_tos(work: Work, body: AcceptTosIn) -> AcceptTosOut:
    """Accept the terms."""
    terms = service.accept(work, body.session_token, customer_id=body.receiver_id)
    return AcceptTosOut(
        tos_id=terms.id,
        idempotency_key=body.idempotency_key,
        receiver_id=terms.customer_id,
        version=terms.version,
        redirect_url=terms.redirect_url,
    )


@router.get("/e/tos", response_class=HTMLResponse, include_in_schema=False)
@needs(Anyone())
def get_tos_page() -> HTMLResponse:
    """Give the page that accepts the terms; its script is a file of its own."""
    return HTMLResponse(_page("page.html"))


@router.get("/e/tos.js", include_in_schema=False)
@needs(Anyone())
def get_tos_script() -> HTMLResponse:
    """Give the script of the page."""
    return HTMLResponse(_page("page.js"), media_type="text/javascript")


def _page(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text(encoding="utf-8")
