"""Reasons that the office may choose for a decision: the house's own file, and those it gave to several before."""

from collections import Counter
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path

import yaml

from accord.kernel.text import Bilingual
from accord.programmes.models import Call, Decision

FILE = Path(__file__).parents[1] / "reasons.yaml"
MOST_USED, TOLD_TO = 10, 2
"""How many reasons are remembered, and to how many people one was given before it counts as a saved one."""


@cache
def standard_reasons() -> Mapping[str, Bilingual]:
    """Return the reasons that every office may choose, by key."""
    found = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return {key: Bilingual.of(text) for key, text in found.items()}


def saved_reasons(call: Call) -> list[tuple[str, Bilingual]]:
    """Return the reasons to choose from at a call: the standard ones, then those its programme gave most; one query.

    A reason counts as saved once several people were told it: what was written for one person stays theirs.
    """
    rows = Decision.objects.filter(slate__call__programme=call.programme_id, told_at__isnull=False).exclude(reason="")
    used = Counter(rows.values_list("reason", "application__language"))
    standard = list(standard_reasons().items())
    known = {side for _key, text in standard for side in (text.en, text.zh_hans)}
    own = [
        (f"used-{sha256(text.encode()).hexdigest()[:12]}", _side(text, language))
        for (text, language), number in sorted(used.items(), key=lambda one: (-one[1], one[0]))
        if number >= TOLD_TO and text not in known
    ]
    return [*standard, *own[:MOST_USED]]


def _side(text: str, language: str) -> Bilingual:
    return Bilingual("", text) if language.startswith("zh") else Bilingual(text, "")
