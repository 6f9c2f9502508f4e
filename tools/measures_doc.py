"""Prints docs/measures.md: every measure of the catalogue, a table for each context.

    PYTHONPATH=src python -m tools.measures_doc > docs/measures.md

A test compares the page with what this prints, so a changed definition is a changed page.
"""

from __future__ import annotations

import os
import sys
from itertools import groupby
from typing import TYPE_CHECKING

import django

from accord.kernel.measure import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from accord.kernel.measure import Measure
    from accord.kernel.text import Bilingual

SETTINGS = "accord.config.settings"

CONTEXTS = {
    "agreements": "Agreements · 协议",
    "campus": "Campus · 智慧校园",
    "contests": "Contests · 竞赛",
    "learning": "Learning · 培训",
    "programmes": "Programmes · 项目与交流",
    "research": "Research · 科研",
    "standards": "Standards · 标准",
    "workspace": "Workspace · 孵化空间",
}

KINDS = {
    Kind.STOCK: "stock · 存量",
    Kind.FLOW: "flow · 流量",
    Kind.CUMULATIVE: "cumulative · 累计",
    Kind.RATIO: "ratio · 比率",
}

PERIODS = {
    "calendar": "calendar year · 自然年",
    "academic": "academic year · 学年",
    "fiscal": "fiscal year · 财年",
}

INTRODUCTION = """\
# Measures

This page is printed by `tools/measures_doc.py`; change the definitions, not the page.

A **measure** is what a promise is counted in. It is a query over the records of one context: it yields
dated changes (the day, the amount, the record), and the figure of a day is what those changes come to.
Nobody types a figure and nothing keeps a counter, so every number opens down to its records and any past
day can be counted again ([why](adr/0005-measures-are-queries.md)).

衡量指标说明一项承诺以什么来计量。
它是对某一业务模块记录的查询，得出带日期的变动（日期、数量、记录），
而不是手填的数字，也不是计数器；
因此每个数字都能追溯到记录，过去任何一天都能重新计算。

## Four kinds

| Kind | How amounts add up | Can it fall? |
|---|---|---|
| stock · 存量 | The level on a day: what began counting and has not stopped. | Yes |
| flow · 流量 | What happened inside a period. | Only by a correction |
| cumulative · 累计 | Everything since the start. | Only by a correction |
| ratio · 比率 | A quotient, mean or median; found anew each time, never added up. | Yes |

A promise's period runs from its start to its deadline; the period of a report is the year named beside
the measure. An academic year is that of HE-BCI, 1 August to 31 July; a fiscal year is the one the
agreement names.

## Three provenances

Every figure says where it comes from, and a figure of more than one provenance shows its parts.

- **stated** · 引述: a level quoted from a source, with document and paragraph, such as a baseline.
- **recorded** · 记录: counted from records here.
- **simulated** · 模拟: counted from the records of a demo world.

## Evidence

What no context counts (a partner's own patents, say, or a measure marked "not yet" below) is delivered by
an **evidence entry**: the day, the amount in the measure's unit, the document, and who entered it. It
counts from the moment another party confirmed it. A contested or withdrawn entry does not count and stays
visible. Nothing is edited: a correction is a withdrawal and a new entry. A promise on a measure that
nothing counts yet, and that has no evidence, is "not measured yet", never zero.

## Attribution

One delivery may serve several promises, each by a **share**; the shares of one entry never add up to more
than the whole, over all agreements. In a consortium each side counts its own share. A contract over
several years counts as a contract in every year in which it is active, but its income only when received,
and a contribution in kind only where the contract names it.

## The catalogue

`code` is what an agreement file names under `measure`. *Counted here* says whether Accord keeps the
records itself; all others are delivered by evidence until their context is there. *Scheme* names whose
definition the rule follows: HE-BCI and KEF (the United Kingdom's survey and framework of knowledge
exchange), AUTM (licensing), NBIA (incubators), UIDP (university and industry), EWP IIA (exchange agreements),
China's Ministry of Science and Technology (科技部), or Accord's own. The rules are in our words.
"""

HEADER = """\
| Code | Name and definition | Unit | Kind | Counting rule | Scheme | Counted here |
|---|---|---|---|---|---|---|
"""


def page(measures: Mapping[str, Measure]) -> str:
    """Return the whole page: the introduction, then one table for each context, sorted by code."""
    ordered = sorted(measures.values(), key=lambda one: (one.context, one.code))
    sections = [_section(context, rows) for context, rows in groupby(ordered, key=lambda one: one.context)]
    return "\n".join([INTRODUCTION, *sections])


def _section(context: str, measures: Iterable[Measure]) -> str:
    return f"### {CONTEXTS[context]}\n\n{HEADER}{''.join(map(_row, measures))}"


def _row(measure: Measure) -> str:
    cells = (
        f"`{measure.code}`",
        "<br>".join(_name_and_definition(measure)),
        _both(measure.unit, " · "),
        "<br>".join(filter(None, (KINDS[measure.kind], PERIODS.get(measure.period)))),
        _both(measure.rule, "<br>"),
        _both(measure.scheme, "<br>"),
        "yes · 是" if measure.is_counted_here else "not yet · 尚未",
    )
    return f"| {' | '.join(cell.replace('|', '&#124;') for cell in cells)} |\n"


def _name_and_definition(measure: Measure) -> Iterator[str]:
    """Yield the name in bold with its definition, in English and in Chinese."""
    yield f"**{measure.name.en}**: {measure.definition.en}"
    yield f"**{measure.name.zh_hans}**：{measure.definition.zh_hans}"


def _both(text: Bilingual, between: str) -> str:
    """Return both languages, or one alone where they are the same."""
    return text.en if text.en == text.zh_hans else f"{text.en}{between}{text.zh_hans}"


def main() -> int:
    """Set Django up, print the page and return 0."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    django.setup()
    from accord.measures.queries import catalogue  # noqa: PLC0415 (models exist only once apps are loaded)

    sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
    sys.stdout.write(page(catalogue()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
