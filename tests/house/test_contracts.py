"""Each import contract is shown to bite: a house in order passes, one planted breach fails."""

import itertools
import re
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).parents[2]
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]

# One file a line: where, and the import it makes. `@` stands for the root package.
IN_ORDER = """
engines/__init__.py
engines/matching/__init__.py: from @.engines.matching._search import numpy
engines/matching/_search.py: import numpy
engines/ranking/__init__.py: import dataclasses
kernel/__init__.py
kernel/text.py
ui/__init__.py
ui/tables.py: from @.kernel import text
people/__init__.py
people/enums.py
people/models.py: from @.people import enums
people/rules.py: from @.people import models
people/queries.py: from @.people import models, rules
people/operations.py: from @.people import models, queries
people/views.py: from @.people import operations, queries
people/urls.py: from @.people import views
people/migrations/__init__.py
people/migrations/m0001.py: from @.people import models
agreements/__init__.py
agreements/enums.py
agreements/models.py: from @.agreements import enums
agreements/queries/__init__.py: from @.agreements.queries._board import models
agreements/queries/_board.py: from @.agreements import models
agreements/metrics.py: from @.agreements import queries
agreements/operations.py: from @.engines import matching; from @.people import queries
agreements/forms.py: from @.agreements import queries
agreements/views.py: from @.agreements import forms, operations
agreements/api.py: from @.agreements import operations
measures/__init__.py
measures/queries.py: from @.agreements import metrics
measures/tasks.py: from @.measures import queries
history/__init__.py
outbox/__init__.py
files/__init__.py
privacy/__init__.py
review/__init__.py
workspace/__init__.py
programmes/__init__.py
negotiation/__init__.py
demo/__init__.py
demo/world.py: from @.agreements import operations
config/__init__.py
config/routes.py: from @.people import urls; from @.measures import tasks
"""

# contract, name of the breach, then the lines that are added to or replace those above
BREACHES = [
    ("floors", "a lower floor imports a higher one", "people/queries.py: from @.agreements import queries"),
    ("floors", "a new package nobody put on a floor", "misc/__init__.py"),
    ("floors", "two contexts of one floor", "research/__init__.py: import @.campus\ncampus/__init__.py"),
    ("rooms", "a query imports an operation", "people/queries.py: from @.people import operations"),
    ("rooms", "a room that is no room", "people/utils.py"),
    (
        "rooms",
        "a part of a packaged room imports upwards",
        "agreements/queries/_board.py: from @.agreements import operations",
    ),
    ("rooms", "one door imports another", "agreements/api.py: from @.agreements import views"),
    ("front-rooms", "by the back door", "agreements/operations.py: from @.people import models"),
    ("front-rooms", "by the context itself", "demo/world.py: import @.agreements"),
    (
        "front-rooms",
        "somebody else's private part",
        "measures/queries.py: from @.agreements.queries import _board",
    ),
    (
        "front-rooms",
        "an engine's private part",
        "agreements/operations.py: from @.engines.matching import _search",
    ),
    ("front-rooms", "the composition root past its rooms", "config/routes.py: from @.people import models"),
    ("engines-pure", "Django in an engine", "engines/matching/_search.py: import django.db"),
    ("engines-pure", "the network in an engine", "engines/matching/_search.py: import urllib.request"),
    ("engines-pure", "the clock in an engine", "engines/matching/_search.py: import time"),
    ("engines-pure", "the kernel in an engine", "engines/matching/_search.py: from @.kernel import text"),
    (
        "engines-apart",
        "an engine in an engine",
        "engines/ranking/__init__.py: from @.engines import matching",
    ),
    (
        "engines-apart",
        "an engine in the flow beneath",
        "engines/matching/__init__.py\nengines/flow/__init__.py: from @.engines import matching",
    ),
    (
        "engines-apart",
        "flow under an engine that has none",
        "engines/flow/__init__.py\nengines/ranking/__init__.py: from @.engines import flow",
    ),
    (
        "acyclic",
        "two modules that import each other",
        "ui/forms.py: from @.ui import tables\nui/tables.py: from @.ui import forms",
    ),
    ("thin-doors", "a model behind a view", "agreements/views.py: from @.agreements import models"),
    ("thin-doors", "an engine behind a call", "agreements/api.py: from @.engines import matching"),
    (
        "thin-doors",
        "a model in a part of a packaged view",
        "people/views/__init__.py\npeople/views/_one.py: from @.people.models import Person",
    ),
    ("forms-save-nothing", "a form that saves", "agreements/forms.py: from @.agreements import operations"),
    ("forms-save-nothing", "a form of models", "agreements/forms.py: from @.agreements import models"),
]

House = Callable[[str, str], bool]
numbers = itertools.count()


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> House:
    """Say whether a contract is kept in a house of the given files, laid over the one in order."""
    monkeypatch.syspath_prepend(str(tmp_path))
    root = f"planted{next(numbers)}"  # a name of its own each time, for graphs are found by name

    def check(contract: str, plants: str) -> bool:
        _build(tmp_path / root, IN_ORDER + plants)
        config = tmp_path / "pyproject.toml"
        own = (ROOT / "pyproject.toml").read_text().partition("[tool.importlinter]")[2]
        config.write_text("[tool.importlinter]" + re.sub(r'(?<=")accord(?=["./])', root, own))
        lint_imports(str(config), limit_to_contracts=(contract,), no_cache=True, no_logo=True)
        said = capsys.readouterr().out
        assert ("KEPT" in said) != ("BROKEN" in said), said  # an error in the contract itself is neither
        return "KEPT" in said

    return check


def _build(folder: Path, listing: str) -> None:
    for line in filter(None, listing.splitlines()):
        name, _, imports = line.partition(": ")
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(imports.replace("@", folder.name).replace("; ", "\n") + "\n")
    (folder / "__init__.py").touch()


@pytest.mark.parametrize("contract", [contract["id"] for contract in CONTRACTS])
def test_contract_keeps_a_house_in_order(kept: House, contract: str) -> None:
    assert kept(contract, "")


@pytest.mark.parametrize(("contract", "breach", "plants"), BREACHES, ids=[f"{c}: {b}" for c, b, _ in BREACHES])
def test_contract_finds_a_planted_breach(kept: House, contract: str, breach: str, plants: str) -> None:
    assert not kept(contract, plants), breach


def test_every_contract_has_a_planted_breach() -> None:
    assert {contract["id"] for contract in CONTRACTS} == {contract for contract, _, _ in BREACHES}


def test_every_context_is_held_to_the_rooms() -> None:
    rooms = next(contract for contract in CONTRACTS if contract["id"] == "rooms")
    contexts = {f"accord.{models.parent.name}" for models in (ROOT / "src/accord").glob("*/models*")}

    assert contexts - {"accord.kernel", "accord.ui"} <= set(rooms["containers"])
