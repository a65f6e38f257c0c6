"""The mail with a checkpoint in it: plain text, with the signed note as it is."""

from __future__ import annotations

from typing import Final

_TEXT: Final = """\
Keep this mail. You need not do anything else.

It holds a checkpoint of the audit log of the instance {instance_id}, as its server
signed it. From now on you remember {size} of its entries: nobody can change, leave
out, insert, reorder or back-date one of them without contradicting this mail.

{note}
To check the log against it, save this mail as a file and give it to the verifier
together with an export of the log. The address that proves that the log only grew
since is

{public_url}/v1/instances/{instance_id}/audit-logs/checkpoints?from={size}

You get this {every} because an owner of the instance named your address. They can
take it off the list under Settings, Audit logs.
"""


def letter(instance_id: str, size: int, note: str, every: str, public_url: str) -> tuple[str, str]:
    """Give subject and text of the mail for one checkpoint; no name of the tenant is in it."""
    text = _TEXT.format(
        instance_id=instance_id, size=size, note=note, every=every, public_url=public_url
    )
    return f"Checkpoint of the audit log {instance_id}: {size} entries", text
