"""The rules of the house that no linter knows."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import inspect

import deedbook.app  # noqa: F401 (imports every model)
from deedbook.database.base import Base
from deedbook.engine import DeedbookError

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "deedbook"
EXEMPT = "# any instance: "
SLICES = sorted({path.parent for path in (SOURCE / "platform").rglob("routes.py")})
FORBIDDEN_NAMES = {"utils.py", "helpers.py", "misc.py", "common.py"}


def tenant_models() -> set[str]:
    """The models whose rows belong to an instance."""
    return {
        mapper.class_.__name__
        for mapper in Base.registry.mappers
        if "instance_id" in inspect(mapper.class_).columns
    }


def functions(path: Path) -> Iterator[tuple[ast.FunctionDef, str]]:
    """The functions of a module with their source."""
    text = path.read_text(encoding="utf-8")
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            yield node, ast.get_source_segment(text, node) or ""


def queried_models(function: ast.FunctionDef) -> set[str]:
    """The models that a function selects, gets, updates or deletes by their class."""
    verbs = {"select", "update", "delete", "get", "get_one"}
    found = set()
    for node in ast.walk(function):
        if isinstance(node, ast.Call):
            name = (
                node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            )
            if name in verbs and node.args:
                found |= {
                    each.id
                    for argument in node.args
                    for each in ast.walk(argument)
                    if isinstance(each, ast.Name)
                }
    return found


def test_a_query_of_tenants_rows_names_its_instance() -> None:
    careless = [
        f"{path.relative_to(SOURCE)}: {function.name}"
        for path in (SOURCE / "platform").rglob("*.py")
        for function, text in functions(path)
        if queried_models(function) & tenant_models()
        and "instance_id" not in text
        and EXEMPT not in text
    ]
    assert careless == [], f"name the instance, or say why in a comment: {EXEMPT}…"


@pytest.mark.parametrize("folder", SLICES, ids=lambda folder: folder.name)
def test_a_slice_has_the_files_of_every_slice(folder: Path) -> None:
    assert {"__init__.py", "routes.py", "schemas.py", "service.py"} <= {
        path.name for path in folder.iterdir()
    }


def test_no_module_is_a_drawer_for_everything() -> None:
    drawers = [path for path in SOURCE.rglob("*.py") if path.name in FORBIDDEN_NAMES]
    assert drawers == []


def test_every_decision_is_in_the_index() -> None:
    folder = ROOT / "docs" / "adr"
    listed = set(re.findall(r"\((\d{4}-[a-z-]+\.md)\)", (folder / "README.md").read_text()))
    assert listed == {path.name for path in folder.glob("0*.md")}


@pytest.mark.parametrize("name", ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"])
def test_a_paper_names_only_files_that_are_there(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    linked = {link for link in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in link}
    assert {link for link in linked if not (ROOT / link).exists()} == set()


def test_no_file_names_a_registry_or_a_folder_of_a_machine() -> None:
    registry = re.compile("|".join(["pypi" + r"\.org", "python" + "hosted", "npmjs" + r"\.org"]))
    locks = [*ROOT.glob("requirements/*.txt"), ROOT / "dashboard" / "package-lock.json"]
    assert [path.name for path in locks if registry.search(path.read_text(encoding="utf-8"))] == []


def test_a_refusal_says_whether_it_belongs_in_the_log() -> None:
    undecided = [
        error.__name__
        for error in _below(DeedbookError)
        if error.code.startswith("AUTH_")
        and error.status in (401, 403)
        and not any("is_denial" in vars(each) for each in _between(error, DeedbookError))
    ]
    assert undecided == [], "say `is_denial = True` or `False`"


def _between(error: type, base: type) -> list[type]:
    return [each for each in error.__mro__ if issubclass(each, base) and each is not base]


def _below(error: type[DeedbookError]) -> Iterator[type[DeedbookError]]:
    for child in error.__subclasses__():
        yield child
        yield from _below(child)
