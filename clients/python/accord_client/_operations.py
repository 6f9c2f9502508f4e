"""Every operation of the API and the types of what it takes and answers.

Written by `python -m tools.api_client` from the API's description. Change the API, not this file.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, NotRequired, TypedDict

from accord_client._calls import Answer, Calls, part


class AgreementLineShown(TypedDict):
    """One agreement of the list, and how its promises stood at the last weekly snapshot."""

    key: str
    title: Words
    state: AgreementState
    signed_on: str | None
    parties: list[str]
    promises: int
    stands: dict[str, int]
    last_record_on: str | None


class AgreementShown(TypedDict):
    """What two or more parties signed, or are about to sign."""

    key: str
    title: Words
    summary: Words
    state: AgreementState
    signed_on: str | None
    starts_on: str | None
    ends_on: str | None
    review_on: str | None
    is_public: bool
    digest: str
    version: int
    parties: list[PartyShown]


AgreementState = Literal["draft", "signed"]


class BoardShown(TypedDict):
    """An agreement's promises on a day."""

    agreement: str
    title: Words
    state: AgreementState
    signed_on: str | None
    as_of: str
    known_before: str
    is_demo: bool
    digest: str
    promises: list[StandingShown]


class DeliveredShown(TypedDict):
    """What was delivered, part by part; never a number without its provenance."""

    amount: float | None
    provenance: list[str]
    parts: list[PartShown]


class DifferenceShown(TypedDict):
    """One value that the file would change."""

    path: str
    change: str
    before: str | None
    after: str | None
    refusal: str | None


EngagementKind = Literal["steering", "visit", "summit", "opening", "signing"]


class EngagementSent(TypedDict):
    """A meeting that took place."""

    kind: EngagementKind
    title: WordsSent
    held_on: str
    place: NotRequired[WordsSent]
    attendees: int


class EngagementShown(TypedDict):
    """A meeting between the parties that took place."""

    id: int
    kind: EngagementKind
    title: Words
    held_on: str
    place: Words
    attendees: int
    is_simulated: bool
    recorded_at: str


class EvidenceSent(TypedDict):
    """A delivery."""

    occurred_on: str
    label: WordsSent
    amount: NotRequired[float | str | None]
    share: NotRequired[float | str | None]
    document: str
    document_url: NotRequired[str]


class EvidenceShown(TypedDict):
    """A dated delivery, entered by one party with its document."""

    id: int
    measure: str | None
    amount: float
    occurred_on: str
    label: Words
    document: str
    document_url: str | None
    party: Words
    state: EvidenceState
    is_simulated: bool
    recorded_at: str
    confirmed_at: str | None
    contested_at: str | None
    contest_reason: str | None
    withdrawn_at: str | None
    withdraw_reason: str | None
    version: int


EvidenceState = Literal["waiting", "confirmed", "contested", "withdrawn"]


class FileProblemShown(TypedDict):
    """One thing wrong with a file."""

    line: int
    column: int
    where: str
    what: str
    advice: str
    is_error: bool


class ForecastList(TypedDict):
    """The weekly forecasts of a promise, newest first, and a person's own forecast where one stands beside."""

    items: list[WeekShown]
    own_in_100: int | None
    own_reason: str | None


class ForecastShown(TypedDict):
    """What was forecast on a Monday; or, with too_early, why nothing was."""

    week_on: str
    in_100: NotRequired[int | None]
    expected: NotRequired[float | None]
    range50: NotRequired[list[Any] | None]
    range80: NotRequired[list[Any] | None]
    pace_needed: NotRequired[float | None]
    pace_recent: NotRequired[float | None]
    provenance: NotRequired[str | None]
    model: NotRequired[str | None]
    too_early: NotRequired[TooEarlyShown | None]


class GrantShown(TypedDict):
    """A role that you hold today."""

    role: Role
    institution: str | None


InstitutionKind = Literal["university", "company", "zone", "association", "government"]


class InstitutionShown(TypedDict):
    """An organisation that can be party to an agreement."""

    key: str
    name: Words
    kind: InstitutionKind
    country: str | None
    city: Words
    website: str | None
    ror: str | None
    lei: str | None
    uscc: str | None
    version: int


Kind = Literal["stock", "flow", "cumulative", "ratio"]


class MeShown(TypedDict):
    """Who the request acts for, and what that person may do."""

    id: int
    name: Words
    roles: list[GrantShown]
    scopes: list[str] | None


class MeasureShown(TypedDict):
    """What a promise can be counted in."""

    code: str
    name: Words
    definition: Words
    unit: Words
    kind: Kind
    rule: Words
    scheme: Words
    is_counted_here: bool


class NothingSent(TypedDict):
    """An empty object."""


class PartShown(TypedDict):
    """A part of a figure, which has one provenance."""

    provenance: str
    amount: NotRequired[float | None]
    records: NotRequired[int | None]
    on: NotRequired[str | None]
    done: NotRequired[str | None]
    precision: NotRequired[str | None]
    cited: NotRequired[QuoteShown | None]


class PartyShown(TypedDict):
    """An institution's part in an agreement."""

    key: str
    name: Words
    short: NotRequired[str | None]
    is_coordinator: bool
    signs: bool


class PersonShown(TypedDict):
    """A person whom you may see."""

    id: int
    name: Words
    sort_key: str
    email: str | None
    orcid: str | None
    country: str | None
    institutions: list[str]
    version: int


class PlanShown(TypedDict):
    """What a file says and what it would change; nothing is written."""

    agreement: str | None
    can_apply: bool
    problems: list[FileProblemShown]
    differences: list[DifferenceShown]


PromiseKind = Literal["target", "milestone", "standing"]


class PromiseList(TypedDict):
    """Every promise of an agreement, in its order."""

    items: list[PromiseShown]


class PromiseShown(TypedDict):
    """One promise as agreed."""

    key: str
    section: Words
    title: Words
    text: Words
    kind: PromiseKind
    by: list[str]
    to: list[str]
    to_others: Words
    measure: str | None
    is_about: bool
    targets: list[TargetShown]


PromiseState = Literal[
    "delivered",
    "very_likely",
    "likely",
    "even",
    "unlikely",
    "very_unlikely",
    "missed",
    "too_early",
    "standing",
    "open",
    "not_measured",
]


class PromisedLineShown(TypedDict):
    """A target and its day."""

    target: float | None
    due_on: str | None


class PromisedShown(TypedDict):
    """What was promised: the target in force with the original beside it."""

    target: float | None
    due_on: str | None
    about: bool
    provenance: str
    original: PromisedLineShown
    amendments: int


class PublicSent(TypedDict):
    """Whether the public page is open."""

    is_public: bool


class QuoteShown(TypedDict):
    """Where a source states something."""

    source: str
    title: Words
    published_on: str | None
    paragraph: int | None


class ReasonSent(TypedDict):
    """Why."""

    reason: str


class RecordShown(TypedDict):
    """An entry in the list of one promise."""

    id: int
    measure: str | None
    amount: float
    occurred_on: str
    label: Words
    document: str
    document_url: str | None
    party: Words
    state: EvidenceState
    is_simulated: bool
    recorded_at: str
    confirmed_at: str | None
    contested_at: str | None
    contest_reason: str | None
    withdrawn_at: str | None
    withdraw_reason: str | None
    version: int
    share: float


Role = Literal["steward", "officer", "executive"]


class StandingShown(TypedDict):
    """One promise on a day: as promised, as delivered, as foreseen."""

    key: str
    title: Words
    kind: PromiseKind
    by: list[str]
    to: list[str] | Words
    measure: str | None
    unit: Words | None
    promised: PromisedShown | None
    delivered: DeliveredShown | None
    waiting: UncountedShown | None
    contested: UncountedShown | None
    state: PromiseState
    sentence: str
    forecast: ForecastShown | None
    last_record_on: str | None
    dormant_days: int | None
    cited: list[QuoteShown]


class TargetShown(TypedDict):
    """A target as it was agreed: the original (number 0) or an amendment."""

    number: int
    agreed_on: str | None
    target: float | None
    due_on: str | None
    why: Words


class TooEarlyShown(TypedDict):
    """Why nothing is forecast yet."""

    reason: str
    have: NotRequired[float | None]
    need: NotRequired[float | None]
    earliest_on: NotRequired[str | None]


class UncountedShown(TypedDict):
    """What is not counted yet, or no longer."""

    amount: float
    records: int
    provenance: str


class ViewSent(TypedDict):
    """A list's address under a name."""

    name: str
    path: str
    query: NotRequired[str]


class ViewShown(TypedDict):
    """A list as you filtered and sorted it."""

    id: int
    name: str
    path: str
    query: str


class WeekShown(TypedDict):
    """The forecast of one week."""

    week_on: str
    state: PromiseState
    in_100: float
    target: float | None
    due_on: str | None
    delivered: float | None


Words = TypedDict("Words", {"en": "NotRequired[str | None]", "zh-hans": "NotRequired[str | None]"})

WordsSent = TypedDict("WordsSent", {"en": "NotRequired[str]", "zh-hans": "NotRequired[str]"})


class Operations(Calls):
    """Every operation of the API."""

    def apply_agreement_file(
        self, key: str, body: str, *, if_match: str | None = None, if_none_match: Literal["*"] | None = None
    ) -> Answer[AgreementShown]:
        """Make an agreement equal to a file."""
        return self._call(
            "PUT",
            f"/api/v1/agreements/{part(key)}/file",
            body=body,
            media="application/yaml",
            headers={"If-Match": if_match, "If-None-Match": if_none_match},
        )

    def change_agreement(self, key: str, body: PublicSent, *, if_match: str) -> Answer[AgreementShown]:
        """Open or close the public page."""
        return self._call(
            "PATCH",
            f"/api/v1/agreements/{part(key)}",
            body=body,
            media="application/json",
            headers={"If-Match": if_match},
        )

    def confirm_evidence(self, key: str, number: int, body: NothingSent, *, if_match: str) -> Answer[EvidenceShown]:
        """Confirm an entry of the other side."""
        return self._call(
            "POST",
            f"/api/v1/agreements/{part(key)}/evidence/{part(number)}/confirm",
            body=body,
            media="application/json",
            headers={"If-Match": if_match},
        )

    def contest_evidence(self, key: str, number: int, body: ReasonSent, *, if_match: str) -> Answer[EvidenceShown]:
        """Contest an entry of the other side with a reason."""
        return self._call(
            "POST",
            f"/api/v1/agreements/{part(key)}/evidence/{part(number)}/contest",
            body=body,
            media="application/json",
            headers={"If-Match": if_match},
        )

    def list_agreements(
        self,
        *,
        limit: int | None = None,
        state: Literal["draft", "signed", "in-force", "amended", "renewed", "expired", "terminated"] | None = None,
        silent: Literal["yes", "no"] | None = None,
        q: str | None = None,
        sort: Literal[
            "title",
            "-title",
            "state",
            "-state",
            "signed_on",
            "-signed_on",
            "promises",
            "-promises",
            "last_record_on",
            "-last_record_on",
            "silent_since",
            "-silent_since",
        ]
        | None = None,
    ) -> Iterator[AgreementLineShown]:
        """List the agreements that you may know of."""
        return self._rows(
            "/api/v1/agreements", {"limit": limit, "state": state, "silent": silent, "q": q, "sort": sort}
        )

    def list_engagements(
        self,
        key: str,
        *,
        limit: int | None = None,
        kind: Literal["steering", "visit", "summit", "opening", "signing"] | None = None,
        since: str | None = None,
        until: str | None = None,
        q: str | None = None,
        sort: Literal["held_on", "-held_on", "kind", "-kind", "attendees", "-attendees"] | None = None,
    ) -> Iterator[EngagementShown]:
        """List the meetings of the parties."""
        return self._rows(
            f"/api/v1/agreements/{part(key)}/engagements",
            {"limit": limit, "kind": kind, "since": since, "until": until, "q": q, "sort": sort},
        )

    def list_evidence(
        self,
        key: str,
        promise: str,
        *,
        limit: int | None = None,
        state: Literal["waiting", "confirmed", "contested", "withdrawn"] | None = None,
        since: str | None = None,
        until: str | None = None,
        q: str | None = None,
        sort: Literal[
            "occurred_on", "-occurred_on", "party", "-party", "amount", "-amount", "recorded_at", "-recorded_at"
        ]
        | None = None,
    ) -> Iterator[RecordShown]:
        """List the entries behind a promise's number."""
        return self._rows(
            f"/api/v1/agreements/{part(key)}/promises/{part(promise)}/evidence",
            {"limit": limit, "state": state, "since": since, "until": until, "q": q, "sort": sort},
        )

    def list_forecasts(self, key: str, promise: str) -> Answer[ForecastList]:
        """List the weekly forecasts of a promise."""
        return self._call("GET", f"/api/v1/agreements/{part(key)}/promises/{part(promise)}/forecasts")

    def list_institutions(
        self,
        *,
        limit: int | None = None,
        kind: Literal["university", "company", "zone", "association", "government"] | None = None,
        country: str | None = None,
        q: str | None = None,
        sort: Literal["name", "-name", "kind", "-kind", "country", "-country", "people", "-people", "key", "-key"]
        | None = None,
    ) -> Iterator[InstitutionShown]:
        """List the institutions."""
        return self._rows(
            "/api/v1/institutions", {"limit": limit, "kind": kind, "country": country, "q": q, "sort": sort}
        )

    def list_measures(
        self,
        *,
        limit: int | None = None,
        kind: Literal["stock", "flow", "cumulative", "ratio"] | None = None,
        q: str | None = None,
        sort: Literal["code", "-code", "kind", "-kind"] | None = None,
    ) -> Iterator[MeasureShown]:
        """List every measure that a promise can be counted in."""
        return self._rows("/api/v1/measures", {"limit": limit, "kind": kind, "q": q, "sort": sort})

    def list_persons(
        self,
        *,
        limit: int | None = None,
        country: str | None = None,
        q: str | None = None,
        sort: Literal["name", "-name", "country", "-country", "sort_key", "-sort_key"] | None = None,
    ) -> Iterator[PersonShown]:
        """List the people whom you may see."""
        return self._rows("/api/v1/persons", {"limit": limit, "country": country, "q": q, "sort": sort})

    def list_promises(self, key: str, *, if_none_match: str | None = None) -> Answer[PromiseList]:
        """List an agreement's promises."""
        return self._call("GET", f"/api/v1/agreements/{part(key)}/promises", headers={"If-None-Match": if_none_match})

    def list_views(
        self,
        *,
        limit: int | None = None,
        q: str | None = None,
        sort: Literal["name", "-name", "path", "-path"] | None = None,
    ) -> Iterator[ViewShown]:
        """List your own saved views."""
        return self._rows("/api/v1/views", {"limit": limit, "q": q, "sort": sort})

    def plan_agreement_file(self, body: str) -> Answer[PlanShown]:
        """Check an agreement file and say what applying it would change."""
        return self._call("POST", "/api/v1/agreement-plans", body=body, media="application/yaml")

    def read_agreement(self, key: str, *, if_none_match: str | None = None) -> Answer[AgreementShown]:
        """Read an agreement."""
        return self._call("GET", f"/api/v1/agreements/{part(key)}", headers={"If-None-Match": if_none_match})

    def read_agreement_data(self, key: str, *, if_none_match: str | None = None) -> Answer[dict[str, Any]]:
        """Read an agreement's file as JSON."""
        return self._call("GET", f"/api/v1/agreements/{part(key)}/file.json", headers={"If-None-Match": if_none_match})

    def read_agreement_file(self, key: str, *, if_none_match: str | None = None) -> Answer[str]:
        """Read an agreement's file as YAML."""
        return self._call("GET", f"/api/v1/agreements/{part(key)}/file", headers={"If-None-Match": if_none_match})

    def read_board(self, key: str, *, as_of: str | None = None, known_on: str | None = None) -> Answer[BoardShown]:
        """Read an agreement's board: promised against delivered."""
        return self._call("GET", f"/api/v1/agreements/{part(key)}/board", query={"as_of": as_of, "known_on": known_on})

    def read_engagement(self, key: str, number: int, *, if_none_match: str | None = None) -> Answer[EngagementShown]:
        """Read one meeting."""
        return self._call(
            "GET",
            f"/api/v1/agreements/{part(key)}/engagements/{part(number)}",
            headers={"If-None-Match": if_none_match},
        )

    def read_evidence(self, key: str, number: int, *, if_none_match: str | None = None) -> Answer[EvidenceShown]:
        """Read one entry and what the other side said of it."""
        return self._call(
            "GET", f"/api/v1/agreements/{part(key)}/evidence/{part(number)}", headers={"If-None-Match": if_none_match}
        )

    def read_institution(self, key: str, *, if_none_match: str | None = None) -> Answer[InstitutionShown]:
        """Read one institution."""
        return self._call("GET", f"/api/v1/institutions/{part(key)}", headers={"If-None-Match": if_none_match})

    def read_me(
        self,
    ) -> Answer[MeShown]:
        """Read who the request acts for."""
        return self._call("GET", "/api/v1/me")

    def read_measure(self, code: str) -> Answer[MeasureShown]:
        """Read one measure."""
        return self._call("GET", f"/api/v1/measures/{part(code)}")

    def read_person(self, number: int, *, if_none_match: str | None = None) -> Answer[PersonShown]:
        """Read one person."""
        return self._call("GET", f"/api/v1/persons/{part(number)}", headers={"If-None-Match": if_none_match})

    def read_promise(
        self, key: str, promise: str, *, as_of: str | None = None, known_on: str | None = None
    ) -> Answer[StandingShown]:
        """Read how one promise stands."""
        return self._call(
            "GET",
            f"/api/v1/agreements/{part(key)}/promises/{part(promise)}",
            query={"as_of": as_of, "known_on": known_on},
        )

    def record_engagement(
        self, key: str, body: EngagementSent, *, idempotency_key: str | None = None
    ) -> Answer[EngagementShown]:
        """Record a meeting that took place."""
        return self._call(
            "POST",
            f"/api/v1/agreements/{part(key)}/engagements",
            body=body,
            media="application/json",
            headers={"Idempotency-Key": idempotency_key},
            creates=True,
        )

    def record_evidence(
        self, key: str, promise: str, body: EvidenceSent, *, idempotency_key: str | None = None
    ) -> Answer[EvidenceShown]:
        """Enter a delivery of a promise."""
        return self._call(
            "POST",
            f"/api/v1/agreements/{part(key)}/promises/{part(promise)}/evidence",
            body=body,
            media="application/json",
            headers={"Idempotency-Key": idempotency_key},
            creates=True,
        )

    def save_view(self, body: ViewSent) -> Answer[ViewShown]:
        """Keep a list under a name."""
        return self._call("POST", "/api/v1/views", body=body, media="application/json")

    def strike_engagement(self, key: str, number: int, *, if_match: str) -> Answer[None]:
        """Strike a meeting that was recorded by mistake."""
        return self._call(
            "DELETE", f"/api/v1/agreements/{part(key)}/engagements/{part(number)}", headers={"If-Match": if_match}
        )

    def withdraw_evidence(self, key: str, number: int, body: ReasonSent, *, if_match: str) -> Answer[EvidenceShown]:
        """Withdraw an entry of one's own side."""
        return self._call(
            "POST",
            f"/api/v1/agreements/{part(key)}/evidence/{part(number)}/withdraw",
            body=body,
            media="application/json",
            headers={"If-Match": if_match},
        )
