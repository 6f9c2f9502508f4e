"""What a person may set, run, count or be allowed is written down where they look for it."""

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from functools import cache
from pathlib import Path

import click
import pytest

import accord
from accord.kernel.measure import Measure

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "accord"
CONTEXTS = [Path(path.parent) for path in sorted(SOURCE.glob("*/enums.py"))]


def document(name: str) -> str:
    """Return a page of the documentation, empty when it was never written."""
    page = ROOT / "docs" / name
    return page.read_text(encoding="utf-8") if page.exists() else ""


def settings() -> set[str]:
    """Return the name of every environment variable that Accord reads, in Python or in the start script."""
    sources = [*SOURCE.rglob("*.py"), *([ROOT / "accord"] if (ROOT / "accord").exists() else [])]
    names = {name for path in sources for name in re.findall(r"\bACCORD_[A-Z_]+\b", path.read_text())}
    return names | set(re.findall(r'"(DATABASE_URL|NO_COLOR)"', (SOURCE / "config/env.py").read_text()))


@pytest.mark.parametrize("name", sorted(settings()))
def test_setting_is_documented(name: str) -> None:
    assert f"`{name}`" in document("settings.md")


def test_settings_page_names_nothing_that_is_not_read() -> None:
    described = set(re.findall(r"`(ACCORD_[A-Z_]+)`", document("settings.md")))

    assert described - settings() == set()


def test_environment_is_read_in_one_place_only() -> None:
    readers = {
        str(path.relative_to(SOURCE))
        for path in SOURCE.rglob("*.py")
        if path != SOURCE / "config/env.py" and any(_reads_a_variable(path))
    }

    assert readers == set()


def _reads_a_variable(path: Path) -> Iterator[bool]:
    """Yield once for each variable looked up by name; handing the whole environment to a child is no reading."""
    for node in ast.walk(ast.parse(path.read_text())):
        match node:
            case ast.Subscript(value=ast.Attribute(value=ast.Name(id="os"), attr="environ"), ctx=ast.Load()):
                yield True
            case ast.Call(func=ast.Attribute(value=ast.Attribute(value=ast.Name(id="os"), attr="environ"), attr="get")):
                yield True
            case ast.Call(func=ast.Attribute(value=ast.Name(id="os"), attr="getenv")):
                yield True


def commands() -> list[str]:
    """Return every command of `accord`, such as `agreement check`."""
    cli = importlib.import_module("accord.config.cli")
    group = next(value for value in vars(cli).values() if isinstance(value, click.Group))
    return sorted(_walk(group, click.Context(group), ()))


def _walk(group: click.Group, context: click.Context, path: tuple[str, ...]) -> Iterator[str]:
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            yield from _walk(command, click.Context(command, parent=context), (*path, name))
        elif command is not None and not command.hidden:
            yield " ".join((*path, name))


def test_every_command_is_documented() -> None:
    page = document("cli.md")

    assert [name for name in commands() if f"accord {name}" not in page] == []


@cache
def measures() -> dict[str, Measure]:
    """Return every measure that any module of Accord defines, by code."""
    found: dict[str, Measure] = {}
    for context in CONTEXTS:
        for module in pkgutil.walk_packages([str(context)], f"{accord.__name__}.{context.name}."):
            if re.search(r"\.(metrics|queries|catalogue)\b", module.name):
                found |= {one.code: one for one in _measures_in(vars(importlib.import_module(module.name)).values())}
    return found


def _measures_in(values: Iterable[object]) -> Iterator[Measure]:
    for value in values:
        if isinstance(value, Measure):
            yield value
        elif isinstance(value, tuple | list):
            yield from _measures_in(value)
        elif isinstance(value, dict):
            yield from _measures_in(value.values())


def test_every_measure_is_documented() -> None:
    page = document("measures.md")

    assert measures() != {}
    assert [code for code in sorted(measures()) if f"`{code}`" not in page] == []


def test_every_measure_speaks_both_languages() -> None:
    silent = {
        code
        for code, measure in measures().items()
        for text in (measure.name, measure.definition, measure.unit, measure.rule)
        if not (text.en and text.zh_hans)
    }

    assert silent == set()


def permissions() -> list[tuple[str, StrEnum]]:
    """Return every permission with the context that guards it."""
    found = []
    for context in CONTEXTS:
        enums = importlib.import_module(f"accord.{context.name}.enums")
        found += [(context.name, one) for one in getattr(enums, "Permission", ())]
    return found


@pytest.mark.parametrize(("context", "permission"), permissions(), ids=str)
def test_permission_is_used_by_a_rule_and_documented(context: str, permission: StrEnum) -> None:
    folder = SOURCE / context
    rules = "".join(path.read_text() for path in [*folder.glob("rules.py"), *folder.glob("rules/*.py")])

    assert f"Permission.{permission.name}" in rules
    assert f"`{permission}`" in document("permissions.md")
    assert permission.startswith(f"{context}.")
