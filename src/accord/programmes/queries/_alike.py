"""Applications that look alike, and people who apply again; what the office found of them stands beside."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accord.programmes.models import Application, Call, CoApplicant, LikenessVerdict
from accord.programmes.queries._addresses import office_url
from accord.programmes.queries._flows import stage_name

MOST_OF_A_KIND = 12
"""Applications of one name or address beyond which pairs are not named one by one: then it is no likeness."""
SAME_NAME, SAME_ADDRESS, ALONG = _("the same name"), _("the same email address"), _("named as co-applicant there")


@dataclass(frozen=True, slots=True)
class Alike:
    """Two applications of a call that look alike, why, and what the office found of them."""

    first: Application
    second: Application
    why: tuple[str | Promise, ...]
    is_same: bool | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Other:
    """Another application that one should look at beside this one, and why."""

    other: str
    why: str | Promise
    url: str = ""


def alike_in(call: Call) -> list[Alike]:
    """Return the pairs of applications of a call that look alike, those that nobody judged yet first; three queries."""
    rows = list(
        Application.objects.filter(call=call, submitted_at__isnull=False)
        .select_related("applicant__account", "call__programme")
        .defer("answers", "set_aside", "screening")
        .order_by("pk")
    )
    by_key = {one.pk: one for one in rows}
    why: dict[tuple[int, int], list[str | Promise]] = {}
    for words, groups in ((SAME_NAME, _by_name(rows)), (SAME_ADDRESS, _by_address(rows)), (ALONG, _along(call, rows))):
        for group in groups.values():
            if 1 < len(group) <= MOST_OF_A_KIND:
                for pair in combinations(sorted(group), 2):
                    why.setdefault(pair, []).append(words)
    verdicts = {
        (one.first_id, one.second_id): one for one in LikenessVerdict.objects.filter(first__call=call).order_by("pk")
    }
    found = [
        Alike(
            by_key[first],
            by_key[second],
            tuple(words),
            is_same=verdicts[first, second].is_same if (first, second) in verdicts else None,
            note=verdicts[first, second].note if (first, second) in verdicts else "",
        )
        for (first, second), words in why.items()
    ]
    return sorted(found, key=lambda one: (one.is_same is not None, -len(one.why), one.first.reference))


def alike_of(application: Application) -> list[Other]:
    """Return what looks like an application: others of its call by name or address, and earlier ones of the person."""
    applicant, call = application.applicant, application.call
    likeness = Q(applicant__name=applicant.name)
    if applicant.email:
        likeness |= Q(applicant__email__iexact=applicant.email)
    others = Application.objects.filter(likeness, call=call, submitted_at__isnull=False)
    earlier = Application.objects.filter(
        applicant=applicant, call__programme__owner=call.programme.owner_id, submitted_at__isnull=False
    )
    rows = (others | earlier).exclude(pk=application.pk).select_related("call__programme", "applicant")
    return [_other(application, one) for one in rows.order_by("-submitted_at", "pk")[:MOST_OF_A_KIND]]


def _other(application: Application, one: Application) -> Other:
    here = one.call_id == application.call_id
    stands = stage_name(one.call, one.stage)
    words = _("in this call") if here else _("the same person in another call")
    return Other(f"{one.reference} · {one.call.name} · {stands}", words, office_url(one))


def _by_name(rows: Iterable[Application]) -> Mapping[str, set[int]]:
    groups: dict[str, set[int]] = {}
    for one in rows:
        for side in {one.applicant.name.en, one.applicant.name.zh_hans} - {""}:
            groups.setdefault(_plain(side), set()).add(one.pk)
    return groups


def _by_address(rows: Iterable[Application]) -> Mapping[str, set[int]]:
    groups: dict[str, set[int]] = {}
    for one in rows:
        account: Any = getattr(one.applicant, "account", None)
        for address in {one.applicant.email.lower(), account.email.lower() if account else ""} - {""}:
            groups.setdefault(address, set()).add(one.pk)
    return groups


def _along(call: Call, rows: Iterable[Application]) -> Mapping[str, set[int]]:
    """Return by address the applications that somebody sent in, with those in which they are named as co-applicants."""
    sent = _by_address(rows)
    groups: dict[str, set[int]] = {}
    named = CoApplicant.objects.filter(application__call=call, removed_at=None).exclude(application__submitted_at=None)
    for address, pk in named.values_list("email", "application"):
        if own := sent.get(address.lower()):
            groups.setdefault(address.lower(), set(own)).add(pk)
    return groups


def _plain(name: str) -> str:
    """Return a name without marks, case, points and order of its parts: Müller, Jan is jan muller."""
    bare = "".join(one for one in unicodedata.normalize("NFKD", name) if not unicodedata.combining(one))
    return " ".join(sorted("".join(one if one.isalnum() else " " for one in bare.casefold()).split()))
