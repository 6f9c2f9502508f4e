"""The rules between values: references, what each kind of promise needs, and the order of dates.

Every rule skips what is missing or already reported, so that one mistake is told once.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any, Final

from accord.engines.agreementfile._check import Checked
from accord.engines.agreementfile._findings import Findings, Place
from accord.engines.agreementfile._scalars import nearest
from accord.engines.agreementfile.types import ClauseType, PromiseKind, StatedDate

NEEDS: Final = {PromiseKind.TARGET: ("measure", "target", "due")}
FORBIDS: Final = {
    PromiseKind.TARGET: ("done",),
    PromiseKind.MILESTONE: ("measure", "target", "about", "baseline", "plan"),
    PromiseKind.STANDING: ("target", "about", "due", "plan", "done", "amendments"),
}


@dataclass(slots=True)
class _Scope:
    """One mapping under examination: its values, its path, and where to report."""

    values: dict[str, Any]
    where: str
    checked: Checked
    findings: Findings

    def path(self, key: str) -> str:
        return f"{self.where}.{key}" if self.where else key

    def report(self, code: str, key: str, /, **params: str) -> None:
        """Report at the value of a key, or at the mapping where the key is absent."""
        places = self.checked.places
        path = self.path(key) if key else self.where
        place = places.get(path) or places.get(self.where) or Place(1, 1)
        self.findings.add(code, place, path, **params)

    def report_key(self, code: str, key: str, /, **params: str) -> None:
        """Report at the key itself."""
        path = self.path(key)
        self.findings.add(code, self.checked.key_places.get(path, Place(1, 1)), path, **params)

    def day(self, key: str) -> date | None:
        value = self.values.get(key)
        return value if isinstance(value, date) else None

    def inner(self, key: str) -> _Scope | None:
        """The scope of a mapping below, or None where there is none."""
        value = self.values.get(key)
        return _Scope(value, self.path(key), self.checked, self.findings) if isinstance(value, dict) else None

    def items(self, key: str) -> list[_Scope]:
        """The scopes of a list of mappings below."""
        found = []
        for index, value in enumerate(self.values.get(key) or ()):
            if isinstance(value, dict):
                found.append(_Scope(value, f"{self.path(key)}[{index}]", self.checked, self.findings))
        return found


def check_rules(checked: Checked, measures: Collection[str] | None, findings: Findings) -> None:
    """Check everything that takes more than one value."""
    whole = _Scope(checked.values, "", checked, findings)
    _check_references(checked, measures, findings)
    _check_head(whole)
    _check_use_of_sections(whole)
    published = _publication_days(whole)
    for promise in whole.items("promises"):
        _check_kind(promise)
        _check_sides(promise)
        _check_dates(promise, whole)
        _check_plan(promise, whole)
        _check_amendments(promise, whole)
        for amendment in promise.items("amendments"):
            _check_amendment(amendment, promise, whole)
        _check_stated(promise, published)
    for clause in whole.items("clauses"):
        _check_ip_mode(clause)
        _check_amendments(clause, whole)
    for fact in whole.items("facts"):
        _check_published(fact, fact.inner("cited"), published)


def _check_references(checked: Checked, measures: Collection[str] | None, findings: Findings) -> None:
    known = {family: frozenset(keys) for family, keys in checked.declared.items()}
    if measures is not None:
        known["measure"] = frozenset(measures)
    for reference in checked.references:
        if reference.family == "measure" and measures is None:
            continue
        names = known.get(reference.family, frozenset())
        if reference.key not in names:
            code = f"unknown-{reference.family}"
            close = nearest(reference.key, names)
            findings.add(code, reference.place, reference.where, key=reference.key, nearest=close)


def _check_head(whole: _Scope) -> None:
    term = whole.inner("term")
    if term:
        _check_term(term)
    _check_end(whole, term)
    signed = whole.inner("signed")
    if signed and signed.values and not {"on", "cited"} & signed.values.keys():
        signed.report("signing-empty", "")
    parties = whole.items("parties")
    signing = [party for party in parties if party.values.get("signs", True) is not False]
    least = 2
    if len(parties) >= least > len(signing):
        whole.report("too-few-sign", "parties", found=str(len(signing)))


def _check_term(term: _Scope) -> None:
    first, last, review = term.day("from"), term.day("until"), term.day("review")
    if first and last and last < first:
        term.report("until-before-from", "until", first=first.isoformat(), second=last.isoformat())
    elif review and ((first and review < first) or (last and review > last)):
        bounds = {"first": first.isoformat() if first else "…", "second": last.isoformat() if last else "…"}
        term.report("review-outside-term", "review", **bounds)


def _check_end(whole: _Scope, term: _Scope | None) -> None:
    """How it ends and what it follows."""
    if "notice-days" in whole.values and (term is None or "until" not in term.values):
        whole.report_key("notice-without-end", "notice-days")
    key, renews = whole.values.get("agreement"), whole.values.get("renews")
    if renews is not None and renews == key:
        whole.report("renews-itself", "renews", key=renews)
    terminated, signed = whole.inner("terminated"), whole.inner("signed")
    if terminated is None:
        return
    if "signed" not in whole.values:
        whole.report_key("terminated-draft", "terminated")
    on, until = terminated.day("on"), term.day("until") if term else None
    signed_on = signed.day("on") if signed else None
    if on and signed_on and on < signed_on:
        terminated.report("terminated-before-signing", "on", on=on.isoformat(), signed=signed_on.isoformat())
    if on and until and on > until:
        terminated.report("terminated-after-end", "on", on=on.isoformat(), until=until.isoformat())


def _check_ip_mode(clause: _Scope) -> None:
    kind = clause.values.get("type")
    if "ip-mode" in clause.values and isinstance(kind, ClauseType) and kind is not ClauseType.FOREGROUND_IP:
        clause.report_key("ip-mode-elsewhere", "ip-mode", type=kind)


def _check_use_of_sections(whole: _Scope) -> None:
    used = {promise.values.get("section") for promise in whole.items("promises")}
    for section in whole.items("sections"):
        key = section.values.get("key")
        if key is not None and None not in used and key not in used:
            section.report("unused-section", "key", key=key)


def _publication_days(whole: _Scope) -> dict[str, date]:
    days = {source.values.get("key"): source.day("published") for source in whole.items("sources")}
    return {key: day for key, day in days.items() if key and day}


def _check_kind(promise: _Scope) -> None:
    kind = promise.values.get("kind")
    if not isinstance(kind, PromiseKind):
        return
    for key in NEEDS.get(kind, ()):
        if key not in promise.values:
            promise.report("needed-for-kind", key, key=key, kind=kind)
    for key in FORBIDS[kind]:
        if key in promise.values:
            promise.report_key("not-for-kind", key, key=key, kind=kind)
    if kind is PromiseKind.STANDING and "baseline" in promise.values and "measure" not in promise.values:
        promise.report_key("baseline-without-measure", "baseline")
    if "cited" not in promise.values:
        promise.report("not-cited", "key")


def _check_sides(promise: _Scope) -> None:
    by, to = promise.values.get("by"), promise.values.get("to")
    if isinstance(by, tuple) and isinstance(to, tuple) and by == to and len(by) == 1 and by[0]:
        promise.report("promise-to-self", "to", key=by[0])


def _start(promise: _Scope, whole: _Scope) -> date | None:
    signed = whole.inner("signed")
    return promise.day("start") or (signed.day("on") if signed and "start" not in promise.values else None)


def _last_due(promise: _Scope) -> date | None:
    """The latest of all deadlines, the original and those agreed later."""
    days = [promise.day("due"), *(amendment.day("due") for amendment in promise.items("amendments"))]
    return max((day for day in days if day), default=None)


def _check_dates(promise: _Scope, whole: _Scope) -> None:
    start, due = _start(promise, whole), promise.day("due")
    if start and due and due < start:
        promise.report("due-before-start", "due", due=due.isoformat(), start=start.isoformat())
    term = whole.inner("term")
    until = term.day("until") if term else None
    if until and due and due > until:
        promise.report("due-after-term", "due", due=due.isoformat(), until=until.isoformat())


def _check_plan(promise: _Scope, whole: _Scope) -> None:
    points = promise.items("plan")
    for before, after in pairwise(points):
        one, two = before.day("on"), after.day("on")
        if one and two and two <= one:
            after.report("plan-order", "on", first=one.isoformat(), second=two.isoformat())
    start, due = _start(promise, whole), _last_due(promise)
    for point in points:
        on = point.day("on")
        if on and ((start and on < start) or (due and on > due)):
            first, last = (day.isoformat() if day else "…" for day in (start, due))
            point.report("plan-outside", "on", on=on.isoformat(), start=first, due=last)


def _check_amendments(thing: _Scope, whole: _Scope) -> None:
    """What holds for later agreements on a promise as on a clause."""
    amendments = thing.items("amendments")
    if amendments and "signed" not in whole.values:
        thing.report_key("amendment-of-draft", "amendments")
    signed = whole.inner("signed")
    signed_on = signed.day("on") if signed else None
    for amendment in amendments:
        agreed = amendment.day("agreed")
        if signed_on and agreed and agreed < signed_on:
            dates = {"agreed": agreed.isoformat(), "on": signed_on.isoformat()}
            amendment.report("amendment-before-signing", "agreed", **dates)
    for before, after in pairwise(amendments):
        one, two = before.day("agreed"), after.day("agreed")
        if one and two and two < one:
            after.report("amendment-order", "agreed", first=one.isoformat(), second=two.isoformat())


def _check_amendment(amendment: _Scope, promise: _Scope, whole: _Scope) -> None:
    if not {"target", "due"} & amendment.values.keys():
        amendment.report("amendment-empty", "")
    if "target" in amendment.values and promise.values.get("kind") is PromiseKind.MILESTONE:
        amendment.report_key("not-for-kind", "target", key="target", kind=PromiseKind.MILESTONE)
    start, due = _start(promise, whole), amendment.day("due")
    if start and due and due < start:
        amendment.report("due-before-start", "due", due=due.isoformat(), start=start.isoformat())


def _check_stated(promise: _Scope, published: dict[str, date]) -> None:
    for key in ("baseline", "done"):
        scope = promise.inner(key)
        if scope:
            _check_published(scope, scope, published)


def _check_published(scope: _Scope, cited: _Scope | None, published: dict[str, date]) -> None:
    """A source cannot state what happened after it came out."""
    on = scope.values.get("on")
    day = on.first_day if isinstance(on, StatedDate) else on
    source = cited.values.get("source") if cited else None
    if day and source in published and day > published[source]:
        scope.report("stated-too-late", "on", on=str(on), source=source, published=published[source].isoformat())
