"""Whether answers give what was asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from deedbook.engine import DeedbookError
from deedbook.platform.payments.requests_for_information.schemas import (
    Answer,
    RfiField,
    RfiSection,
)


class AnswersInvalid(DeedbookError):
    """These answers do not give what was asked for."""

    code = "COMPLIANCE_RFI_INVALID"
    status = 400

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


def fields_of(sections: Sequence[RfiSection]) -> list[RfiField]:
    """Give every field of a request, in its order."""
    return [field for section in sections for field in section.fields]


def checked(sections: Sequence[RfiSection], given: Mapping[str, Answer]) -> dict[str, Answer]:
    """Give the answers to what was asked, without those to what was not. Raises `AnswersInvalid`."""
    fields = fields_of(sections)
    if problems := [problem for field in fields for problem in _problems(field, given)]:
        raise AnswersInvalid(problems)
    return {field.key: given[field.key] for field in fields if given.get(field.key)}


def _problems(field: RfiField, given: Mapping[str, Answer]) -> Iterator[str]:
    answer = given.get(field.key)
    if not answer:
        if field.required:
            yield f"{field.key}: is required"
        return
    values = [answer] if isinstance(answer, str) else answer
    if len(values) > 1 and not field.multiple:
        yield f"{field.key}: takes one answer"
    if field.items is not None and not set(values) <= {item.value for item in field.items}:
        yield f"{field.key}: is none of the choices"
    if field.regex is not None and not all(re.search(field.regex, value) for value in values):
        yield f"{field.key}: does not have the form that was asked for"
