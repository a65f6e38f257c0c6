"""Proofs over one instance's log, and the public key that its checkpoints are signed with."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any, Final

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import PlainTextResponse

from deedbook import verifier
from deedbook.engine import EntryStore, InvalidParameters, ids
from deedbook.engine.integrity.note import Verifier
from deedbook.engine.page import whole_number
from deedbook.log_api.errors import EntryNotFound, NotProvedYet
from deedbook.log_api.parameters import described, refuse_all
from deedbook.log_api.replies import entry_reply
from deedbook.log_api.schemas import CheckpointsOut, ConsistencyOut, ProofOut
from deedbook.web.problems import Error, ProblemRoute

_SIZES: Final = ("from", "to")
_REFUSALS: Final[dict[int | str, dict[str, Any]]] = {
    404: {"model": Error},
    409: {"model": Error},
}


def add_proofs(router: APIRouter, reading: Any) -> None:  # noqa: ANN401 (a FastAPI dependency)
    """Add proofs and checkpoints to the routes of a log."""

    @router.get(
        "/checkpoints",
        response_class=Response,
        responses={200: {"model": CheckpointsOut}, 409: {"model": Error}},
        openapi_extra=described("sizes"),
    )
    def get_checkpoints(request: Request, store: EntryStore = reading) -> Response:
        """Give the newest checkpoint, or the one of a size, and the proof that the log only grew.

        `from` is a size that you remember; the proof leads from there to the checkpoint, or to the size
        `to`.
        """
        return entry_reply(_checkpoints(request, store).model_dump_json(by_alias=True).encode())

    @router.get(
        "/{id}/proof", response_class=Response, responses={200: {"model": ProofOut}, **_REFUSALS}
    )
    def get_audit_log_proof(id: str, request: Request, store: EntryStore = reading) -> Response:  # noqa: A002
        """Give the proof that an entry is in the log under the newest checkpoint."""
        refuse_all(request)
        entry_id = ids.read(id)
        if entry_id is None or store.get(entry_id) is None:
            raise EntryNotFound
        proved = store.proofs.inclusion(entry_id)
        if proved is None:
            raise NotProvedYet
        proof = ProofOut(
            id=id,
            sequence=proved.sequence,
            leaf_hash=_base64(proved.leaf_hash),
            size=proved.checkpoint.size,
            proof=[_base64(each) for each in proved.proof],
            checkpoint=proved.checkpoint.note,
        )
        return entry_reply(proof.model_dump_json().encode())


def public_key_router(public_key: Callable[..., Any]) -> APIRouter:
    """Give what auditors take away: the public key, which `public_key` gives, and the verifier."""
    router = APIRouter(route_class=ProblemRoute, tags=["Audit logs"])
    given: Any = Depends(public_key)

    @router.get(
        "/.well-known/deedbook-public-key",
        response_class=PlainTextResponse,
        openapi_extra={"security": []},
    )
    def get_public_key(key: Verifier = given) -> str:
        """Give the public key that checkpoints are signed with (c2sp.org/signed-note).

        Pin it while you trust this server: a key that is asked for anew proves nothing.
        """
        return f"{key}\n"

    @router.get(
        "/.well-known/deedbook-verifier",
        response_class=Response,
        responses={200: {"content": {"text/x-python": {"schema": {"type": "string"}}}}},
        openapi_extra={"security": []},
    )
    def get_verifier() -> Response:
        """Give the verifier of bundles: one file of Python, which needs nothing else.

        Take it while you trust this server, or from someone else whom you trust.
        """
        headers = {"Content-Disposition": 'attachment; filename="verify.py"'}
        return Response(verifier.source(), media_type="text/x-python", headers=headers)

    return router


def _checkpoints(request: Request, store: EntryStore) -> CheckpointsOut:
    first, second = _read_sizes(request)
    newest = store.proofs.checkpoint()
    if newest is None:
        if first is None and second is None:
            return CheckpointsOut(size=0, checkpoint=None, consistency=None)
        raise NotProvedYet
    second = newest.size if second is None else second
    if second > newest.size:
        raise InvalidParameters([f"to: the newest checkpoint is of {newest.size} entries"])
    if first is not None and first > second:
        raise InvalidParameters([f"from: must be a whole number from 1 to {second}"])
    signed = newest if second == newest.size else store.proofs.checkpoint(second)
    return CheckpointsOut(
        size=second,
        checkpoint=None if signed is None else signed.note,
        consistency=None if first is None else _consistency(store, first, second),
    )


def _consistency(store: EntryStore, first: int, second: int) -> ConsistencyOut:
    proof = store.proofs.consistency(first, second)
    return ConsistencyOut(first=first, second=second, proof=[_base64(each) for each in proof])


def _read_sizes(request: Request) -> tuple[int | None, int | None]:
    problems: list[str] = []
    sizes: dict[str, int | None] = dict.fromkeys(_SIZES)
    for name in sorted(set(request.query_params)):
        values = request.query_params.getlist(name)
        if name not in _SIZES:
            problems.append(f"{name}: unknown parameter")
            continue
        sizes[name] = whole_number(values[0], 1, 2**63 - 1) if len(values) == 1 else None
        if sizes[name] is None:
            problems.append(f"{name}: must be one whole number, at least 1")
    if problems:
        raise InvalidParameters(problems)
    return sizes["from"], sizes["to"]


def _base64(hash_: bytes) -> str:
    return base64.b64encode(hash_).decode()
