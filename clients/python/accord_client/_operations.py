"""Every operation of the API and the types of what it takes and answers.

Written by `python -m tools.api_client` from the API's description. Change the API, not this file.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, NotRequired, TypedDict

from accord_client._calls import Answer, Calls, Upload, in_path


class AcceptanceSent(TypedDict):
    """That a request is accepted, with its wording or without."""

    row_version: NotRequired[int | None]
    reason: NotRequired[str]


Act = Literal["edit", "put-forward", "ask", "reply", "decide", "approve", "sign", "withdraw"]


class ActShown(TypedDict):
    """One act, and whether it is open to you now."""

    act: Act
    is_open: bool
    reason: str | None


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


class AnswersSent(TypedDict):
    """Answers to questions of one section; a question that is left out stays as it is, null takes an answer away."""

    answers: dict[str, Any]


class ApplicationCheck(TypedDict):
    """What keeps an application from being submitted."""

    reference: str
    missing: list[MissingShown]
    rules: list[RuleMet]
    waiting: list[str]
    new_form: bool
    version: int


class ApplicationSent(TypedDict):
    """A wish for space."""

    team: str
    kind: NotRequired[SpaceKind]
    area_m2: float
    people: int
    from_on: str
    months: NotRequired[int | None]
    price_limit_minor: NotRequired[int | None]
    features: NotRequired[list[str]]
    wished: NotRequired[list[str]]
    note: NotRequired[str]


class ApplicationShown(TypedDict):
    """A team's wish for space, and where it stands."""

    id: int
    team: str
    state: ApplicationState
    place: int | None
    kind: SpaceKind
    area_m2: float
    people: int
    from_on: str
    months: int | None
    features: list[str]
    wished: list[str]
    has_priority: bool
    applied_at: str


ApplicationState = Literal["waiting", "offered", "placed", "withdrawn", "refused"]


class ApprovalSent(TypedDict):
    """The text, and the impact, that were read."""

    digest: str
    impact_digest: NotRequired[str]


class ArrivalSent(TypedDict):
    """The day of arrival."""

    arrived_on: str


AssignedBy = Literal["run", "hand"]


class AssignmentSent(TypedDict):
    """Who is to review what."""

    item: str
    reviewer: int
    is_locked: NotRequired[bool]


class AssignmentShown(TypedDict):
    """That a reviewer is to review an item."""

    id: int
    item: str
    reviewer: int
    name: Words
    state: AssignmentState
    source: AssignedBy
    is_locked: bool
    assigned_at: str
    due_at: str
    version: int


AssignmentState = Literal["waiting", "opened", "begun", "submitted", "released"]


class AttemptShown(TypedDict):
    """One try and its answer, in heads without secrets."""

    number: int
    started_at: str
    took_ms: int
    succeeded: bool
    status: int | None
    fault: str | None
    request: str
    response: str


class BeginSent(TypedDict):
    """To which call somebody applies, and what is asked before its form."""

    programme: str
    call: str
    language: NotRequired[Literal["en", "zh-hans"] | None]
    answers: NotRequired[dict[str, Any]]
    code: NotRequired[str]


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


class BookingSent(TypedDict):
    """A wish for a space."""

    space: int
    title: str
    starts_at: str
    minutes: int
    team: NotRequired[str | None]
    rule: NotRequired[str]
    note: NotRequired[str]
    is_private: NotRequired[bool]
    when_taken: NotRequired[Literal["refuse", "skip", "wait"]]


class BookingShown(TypedDict):
    """A booking: once, or a series, with all its dates."""

    id: int
    space: int
    title: str
    team: str | None
    rule: str | None
    is_private: bool
    dates: list[DateShown]
    refused: list[RefusedShown]
    version: int


class CallApplicationShown(TypedDict):
    """A submitted application, and where it stands."""

    reference: str
    applicant: Words
    home: str | None
    title: Words
    stage: str
    phase: str
    entered_at: str
    submitted_at: str | None
    is_late: bool
    group: str
    is_simulated: bool
    version: int


class CallSent(TypedDict):
    """A call that is prepared; its form and workflow begin as those of its kind."""

    key: str
    name: WordsSent
    opens_at: str
    closes_at: str
    time_zone: str
    partner_zone: NotRequired[str]
    summary: NotRequired[ProseSent]
    who_may: NotRequired[ProseSent]
    gives: NotRequired[ProseSent]
    contact: NotRequired[str]
    results_on: NotRequired[str | None]
    starts_on: NotRequired[str | None]
    ends_on: NotRequired[str | None]
    mode: NotRequired[Mode]
    tie_rule: NotRequired[TieRule]
    host_score: NotRequired[HostScore]
    most_wishes: NotRequired[int]
    is_public: NotRequired[bool]


class CallShown(TypedDict):
    """One round in which a programme takes applications."""

    programme: str
    key: str
    name: Words
    state: CallState
    time_zone: str
    opens_at: str
    closes_at: str
    results_on: str | None
    starts_on: str | None
    ends_on: str | None
    mode: Mode
    tie_rule: TieRule
    host_score: HostScore
    seed_digest: str | None
    seed: str | None
    version: int


CallState = Literal["prepared", "announced", "open", "closed", "finished", "cancelled"]


class ChainHeadShown(TypedDict):
    """The last seal: who keeps it can later prove that nothing sealed by then was changed."""

    number: int
    sealed_at: str
    digest: str


class ChangeShown(TypedDict):
    """One change: every field, who, for whom, when, by which request; and whether it can be undone."""

    at: str
    who: str
    on_behalf_of: str | None
    part: str
    event: int
    happened: Happened
    table: str
    thing: str
    fields: list[ChangedFieldShown]
    request: str | None
    door: str | None
    may_undo: bool
    why_not: str | None


class ChangedFieldShown(TypedDict):
    """One field of a change."""

    name: str
    label: str
    old: str
    new: str


class ChoiceShown(TypedDict):
    """One choice, and what became of it."""

    choice: int
    place: Words
    host: Words
    words: str
    is_held: bool


class ClauseAmendmentSent(TypedDict):
    """A new wording for a signed clause."""

    text: ProseSent
    why: ProseSent


class ClauseSent(TypedDict):
    """A clause, word for word as it shall be signed."""

    type: ClauseType
    title: WordsSent
    text: ProseSent
    ip_mode: NotRequired[IpMode | None]


ClauseType = Literal[
    "good-faith",
    "statement-of-work",
    "liability",
    "publication",
    "other-results",
    "background-ip",
    "foreground-ip",
    "export-control",
    "copyright",
    "confidentiality",
    "material-transfer",
    "gifts",
    "budget",
    "specialised-services",
    "data",
    "conflict-of-interest",
    "software",
    "term-and-termination",
    "governing-law",
    "other",
]


class ClosingSent(TypedDict):
    """Why those who are left on the reserve list are declined."""

    reason: ProseSent


class ComparisonShown(TypedDict):
    """What differs between two texts, place by place."""

    number: int
    against: int
    places: list[PlaceChangeShown]


ConflictKind = Literal[
    "same-institution", "same-person", "co-applicant", "co-author", "declared-relation", "declared", "by-office"
]


class ConflictShown(TypedDict):
    """Why a reviewer must not review an item."""

    id: int
    reviewer: Words
    item: str
    kind: ConflictKind
    source: ConflictSource
    reason: Words
    found_at: str
    lifted_at: str | None
    lift_reason: str


ConflictSource = Literal["computed", "declared", "office"]


class DateShown(TypedDict):
    """One date of a booking."""

    id: int
    booking: int
    space: int
    code: str
    title: str
    state: OccurrenceState
    starts_at: str
    ends_at: str
    note: str | None


class DecisionSent(TypedDict):
    """An outcome with its reason, and a note."""

    reason: NotRequired[ProseSent]
    outcome: Outcome
    note: NotRequired[str]


class DecisionShown(TypedDict):
    """The decision on one's own application, once one was told."""

    reference: str
    outcome: Outcome
    sentence: str
    reason: str | None
    reserve_position: int | None
    comments: list[str]
    was_drawn: bool
    told_at: str | None


class DecisionsSent(TypedDict):
    """One outcome and one reason for several."""

    reason: NotRequired[ProseSent]
    outcome: Outcome
    note: NotRequired[str]
    references: list[str]


class DeclineSent(TypedDict):
    """Why an offer is declined."""

    reason: NotRequired[str]


class DeliveredShown(TypedDict):
    """What was delivered, part by part; never a number without its provenance."""

    amount: float | None
    provenance: list[str]
    parts: list[PartShown]


DeliveryState = Literal["held", "queued", "sending", "sent", "failed", "given_up", "cancelled"]


class DifferenceShown(TypedDict):
    """One value that the file would change."""

    path: str
    change: str
    before: str | None
    after: str | None
    refusal: str | None


class DossierLineShown(TypedDict):
    """One promise looked back on."""

    promise: str
    title: Words
    promised_by: str
    target: float | None
    delivered: float | None
    unit: str
    due_on: str | None
    state: PromiseState
    on_time: str | None
    forecast: str | None
    amended: str | None
    quiet: str | None


class DossierShown(TypedDict):
    """What a decision on a renewal is taken from, generated from delivery; words in the reader's language."""

    day: str
    opening: str
    promises: list[DossierLineShown]
    given: list[GivenShown]
    meetings: int
    amended: int
    quiet: int


class DraftChangesShown(TypedDict):
    """What the draft would change if it were put forward now."""

    number: int
    digest: str
    places: list[PlaceChangeShown]
    impact: ImpactShown


class DraftClauseShown(TypedDict):
    """A clause of the draft, or the new wording of a signed one."""

    key: str
    amends: bool
    type: ClauseType
    title: Words
    text: Words
    ip_mode: IpMode | None
    why: Words
    version: int


class DraftPartyShown(TypedDict):
    """An institution's part in the draft, with the people to turn to."""

    institution: str
    name: Words
    short: str | None
    signs: bool
    is_coordinator: bool
    contact: str | None
    backup: str | None
    version: int


class DraftProblemShown(TypedDict):
    """One thing that keeps the draft from being put forward, or an advice."""

    place: str
    what: str
    advice: str
    is_error: bool


class DraftPromiseShown(TypedDict):
    """A promise of the draft, or a new target or deadline of a signed one."""

    key: str
    amends: bool
    section: str | None
    title: Words
    text: Words
    kind: PromiseKind
    promisors: list[str]
    beneficiaries: list[str]
    beneficiary_text: Words
    measure_code: str | None
    target: float | None
    is_about: bool
    starts_on: str | None
    due_on: str | None
    owner: Words
    why: Words
    version: int


class DraftSent(TypedDict):
    """The draft as it was read."""

    digest: str
    note: NotRequired[ProseSent]


class DraftShown(TypedDict):
    """Everything that the draft consists of."""

    head: HeadShown
    clauses: list[DraftClauseShown]
    promises: list[DraftPromiseShown]
    sections: list[SectionShown]
    digest: str
    is_put_forward: bool
    problems: list[DraftProblemShown]
    version: int


class DrawShown(TypedDict):
    """The draw of a call for whoever wants to repeat it."""

    call: str
    seed: str
    sealed: str
    message: str
    ties: list[list[str]]
    recipe: str


EndReason = Literal["person", "host", "home", "health", "job", "other"]


class EndSent(TypedDict):
    """The last day there; a reason where it came before its time."""

    left_on: str
    reason: NotRequired[EndReason | None]
    note: NotRequired[str]


EndpointState = Literal["active", "paused", "disabled"]

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


class FaultShown(TypedDict):
    """One thing that is wrong with a definition."""

    code: str
    where: str
    words: Words


class FieldChangeShown(TypedDict):
    """One thing that differs at a place: a text in pieces, anything else as before and after."""

    label: str
    sides: list[SideShown]
    before: str | None
    after: str | None


class FileProblemShown(TypedDict):
    """One thing wrong with a file."""

    line: int
    column: int
    where: str
    what: str
    advice: str
    is_error: bool


class FileShown(TypedDict):
    """A file under a name at a record."""

    id: int
    record: str
    name: str
    note: str | None
    kind: FileType
    media_type: str
    size: int
    sha256: str
    attached_by: str
    attached_at: str
    is_simulated: bool


FileType = Literal["pdf", "docx", "xlsx", "pptx", "odt", "ods", "odp", "png", "jpg", "txt", "csv"]


class FloorShown(TypedDict):
    """A floor as it stands today."""

    id: int
    building: str
    level: int
    name: Words
    area_m2: float
    operated_m2: float
    let_m2: float
    common_m2: float
    spaces: int


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


class FormAsked(TypedDict):
    """The form as it is asked now, with one's own answers."""

    reference: str
    number: int
    sections: list[SectionAsked]
    version: int


class FormSent(TypedDict):
    """A whole form."""

    definition: dict[str, Any]
    note: NotRequired[str]


class FormShown(TypedDict):
    """The form that the office works at: the draft, or the published one where there is none."""

    definition: Any
    is_draft: bool
    number: int | None
    published: int | None
    published_at: str | None
    faults: list[FaultShown]
    version: int


class FreeList(TypedDict):
    """The spaces that can be had, the smallest that is large enough first."""

    items: list[FreeShown]


class FreeShown(TypedDict):
    """A space that can be had then."""

    id: int
    code: str
    name: Words
    floor: int
    capacity: int
    features: list[str]
    starts_at: str
    ends_at: str


class GivenShown(TypedDict):
    """What one side promised another."""

    promisor: Words
    beneficiary: Words
    promises: int
    words: str


class GrantShown(TypedDict):
    """A role that you hold today."""

    role: Role
    institution: str | None


Happened = Literal["insert", "update", "delete"]


class HeadSent(TypedDict):
    """What the draft shall say of the agreement as a whole; what is left out is empty."""

    title: WordsSent
    summary: NotRequired[ProseSent]
    starts_on: NotRequired[str | None]
    ends_on: NotRequired[str | None]
    review_on: NotRequired[str | None]
    notice_days: NotRequired[int | None]


class HeadShown(TypedDict):
    """What the draft says of the agreement as a whole."""

    title: Words
    summary: Words
    starts_on: str | None
    ends_on: str | None
    review_on: str | None
    notice_days: int | None
    version: int


class HeldLetterShown(TypedDict):
    """One letter that is held back, as its reader will get it."""

    id: int
    reader: Words | None
    address: str
    subject: Words | None
    body: Words | None
    state: DeliveryState


class HeldLettersShown(TypedDict):
    """Letters that wait together until a person lets them go."""

    id: int
    key: str
    title: Words
    institution: str
    letters: int
    held_at: str
    held_by: Words
    released_at: str | None
    cancelled_at: str | None
    version: int


class HeldShown(TypedDict):
    """Whether the chain still holds a seal as somebody kept it."""

    number: int
    holds: bool


HostScore = Literal["review", "host"]


class ImpactLineShown(TypedDict):
    """What an amendment does to one running promise."""

    promise: str
    title: Words
    owners: str
    unit: str
    delivered: float | None
    before: StateChangeShown
    after: StateChangeShown
    waiting: int
    why: Words


class ImpactShown(TypedDict):
    """What a text does to the running promises of the agreement that it amends, as of a day."""

    day: str
    digest: str
    promises: list[ImpactLineShown]


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


IpMode = Literal[
    "university-owns-nonexclusive",
    "university-owns-option-exclusive",
    "university-owns-option-assignment",
    "company-owns",
    "company-owns-no-publication",
    "each-owns-own",
    "joint",
]


class ItemStandingShown(TypedDict):
    """Where an item stands: raw and calibrated, both ranks, and which counts."""

    item: str
    record: str
    raw: float
    calibrated: float
    counts: float
    raw_rank: int
    calibrated_rank: int
    rank: int
    spread: float
    reviews: int


Kind = Literal["stock", "flow", "cumulative", "ratio"]


class LettingShown(TypedDict):
    """A space that a tenancy holds or held."""

    space: str
    area_m2: float | None
    starts_on: str
    ends_on: str | None
    monthly_minor: int | None
    relief_percent: float | None


class LineShown(TypedDict):
    """One field of one change; what was added or removed is one line."""

    at: str
    who: str
    on_behalf_of: str | None
    part: str
    event: int
    happened: Happened
    thing: str
    field: str
    old: str
    new: str
    request: str | None


class LinkShown(TypedDict):
    """An address that hands a file out to whoever has it, for some minutes."""

    url: str
    good_until: str
    sha256: str


class MarkedShown(TypedDict):
    """How many notices were marked."""

    marked: int


MatchChange = Literal["newly-placed", "moved-up", "moved-across", "moved-down", "lost-place", "stays", "still-waiting"]


class MatchLineShown(TypedDict):
    """What a run gave to one application."""

    application: str
    place: str | None
    rank: int | None
    change: MatchChange | None


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


class MissingShown(TypedDict):
    """An answer that is missing or not right yet."""

    section: str
    question: str
    label: Words
    words: Words


Mode = Literal["open", "single", "double"]

NegotiationKind = Literal["new", "amendment", "renewal"]


class NegotiationRow(TypedDict):
    """A negotiation in the list."""

    key: str
    kind: NegotiationKind
    title: Words
    state: NegotiationState
    base: str | None
    result: str | None
    started_at: str
    moved_at: str
    version: int
    parties: list[NegotiatorShown]


class NegotiationSent(TypedDict):
    """What is to be negotiated, for whom and with whom."""

    title: WordsSent
    coordinator: str
    others: list[str]


NegotiationState = Literal["draft", "in-review", "approved", "signed", "withdrawn"]


class NegotiationWhole(TypedDict):
    """A negotiation: where it stands, what each party said, and what is open to you."""

    key: str
    kind: NegotiationKind
    title: Words
    state: NegotiationState
    base: str | None
    result: str | None
    started_at: str
    moved_at: str
    version: int
    parties: list[StandShown]
    latest: int | None
    digest: str | None
    open_requests: int
    acts: list[ActShown]
    ended_at: str | None
    why_ended: str | None


class NegotiatorShown(TypedDict):
    """An institution that takes part."""

    institution: str
    name: Words
    is_coordinator: bool


class NewPartySent(TypedDict):
    """A further institution."""

    institution: str
    signs: NotRequired[bool]


class NewWebhookSent(TypedDict):
    """A system to be connected."""

    name: str
    url: str
    topics: NotRequired[list[str]]
    institution: str


class NothingSent(TypedDict):
    """An empty object."""


class NoticeShown(TypedDict):
    """What reached you."""

    id: int
    topic: str
    subject: Words
    body: Words
    url: str | None
    record: str | None
    arrived_at: str
    read_at: str | None


OccurrenceState = Literal["requested", "waiting", "confirmed", "attended", "no_show", "cancelled", "declined"]


class OfferShown(TypedDict):
    """An offer of a place, and how it was answered."""

    id: int
    application: str
    place: str
    state: OfferState
    answer_by_at: str
    told_at: str | None
    answered_at: str | None


OfferState = Literal["open", "accepted", "declined", "lapsed", "withdrawn"]


class OfficeAnswerSent(TypedDict):
    """The answer to a question of the office."""

    text: str


class OptionShown(TypedDict):
    """One of the answers to choose from."""

    key: str
    label: Words


Origin = Literal["domestic", "international"]

Outcome = Literal["accept", "reserve", "decline", "revise"]


class OwnApplication(TypedDict):
    """An application of the token's person with what may be done with it now."""

    reference: str
    programme: str
    call: str
    call_name: Words
    is_own: bool
    stage: str
    stage_name: Words
    phase: str
    entered_at: str
    tells: Words
    next: Words | None
    closes_at: str
    started_at: str
    submitted_at: str | None
    is_late: bool
    withdrawn_at: str | None
    version: int
    ahead: list[StageAhead]
    may_write: bool
    may_withdraw: bool
    new_form: bool
    questions: list[QuestionToApplicant]
    contact: str


class OwnApplicationRow(TypedDict):
    """An application of the token's person: where it stands, and what happens next."""

    reference: str
    programme: str
    call: str
    call_name: Words
    is_own: bool
    stage: str
    stage_name: Words
    phase: str
    entered_at: str
    tells: Words
    next: Words | None
    closes_at: str
    started_at: str
    submitted_at: str | None
    is_late: bool
    withdrawn_at: str | None
    version: int


class OwnOffer(TypedDict):
    """An offer of a place to oneself."""

    reference: str
    place: str
    name: Words
    host: Words
    words: str | None
    state: OfferState
    answer_by_at: str
    waits: bool
    answered_at: str | None
    version: int


class OwnReview(TypedDict):
    """An item with its rubric and the review of the token's person, a draft or submitted."""

    id: int
    item: str
    panel: Words
    due_at: str
    is_late: bool
    opened_at: str | None
    submitted_at: str | None
    scores: list[OwnScore]
    recommendation: Recommendation | None
    comment_to_applicant: str
    comment_to_panel: str
    version: int


class OwnReviewRow(TypedDict):
    """An item that the token's person is to review."""

    id: int
    item: str
    panel: Words
    state: AssignmentState
    due_at: str
    is_late: bool


class OwnScore(TypedDict):
    """A criterion of the rubric, and what was given for it so far."""

    criterion: str
    name: Words
    weight: float
    lowest: float
    highest: float
    step: float
    value: float | None
    note: str


Pace = Literal["at_once", "daily", "weekly", "off"]


class PanelShown(TypedDict):
    """People who review the items of one subject, such as a call, and how far they are."""

    id: int
    name: Words
    subject: str
    institution: str
    mode: Mode
    score_counts: ScoreRule
    reviews_each: int
    items: int
    reviewers: int
    assigned: int
    submitted: int
    late: int
    due_at: str
    closed_at: str | None
    version: int


class PartShown(TypedDict):
    """A part of a figure, which has one provenance."""

    provenance: str
    amount: NotRequired[float | None]
    records: NotRequired[int | None]
    on: NotRequired[str | None]
    done: NotRequired[str | None]
    precision: NotRequired[str | None]
    cited: NotRequired[QuoteShown | None]


class PartySent(TypedDict):
    """Under which name a party stands, and whom to turn to; what is left out is empty."""

    name: WordsSent
    short: NotRequired[str]
    signs: NotRequired[bool]
    contact: NotRequired[str]
    backup: NotRequired[str]


class PartyShown(TypedDict):
    """An institution's part in an agreement."""

    key: str
    name: Words
    short: NotRequired[str | None]
    is_coordinator: bool
    signs: bool


PersonLevel = Literal["bachelor", "master", "doctoral", "postdoc", "staff"]


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


class PieceShown(TypedDict):
    """A stretch of a text."""

    kind: str
    text: str


PlaceChange = Literal["added", "removed", "changed"]


class PlaceChangeShown(TypedDict):
    """One place that differs."""

    place: str
    change: PlaceChange
    title: Words
    fields: list[FieldChangeShown]


class PlaceShown(TypedDict):
    """Places of one sort that a host opened."""

    code: str
    name: Words
    host: str
    count: int
    minimum: int
    limit: str | None
    starts_on: str | None
    ends_on: str | None
    wanted: int
    offered: int
    held: int
    closed_at: str | None


class PlaceToRank(TypedDict):
    """Places of one sort that can be wished for."""

    code: str
    name: Words
    host: Words
    count: int
    starts_on: str | None
    ends_on: str | None


class PlacedInOrder(TypedDict):
    """One line of a settled order; references in place of names."""

    reference: str
    rank: int
    score: str | None
    tie: NotRequired[int]
    draw: NotRequired[str]
    outcome: str


class PlacementShown(TypedDict):
    """A placement: the name only to those who may read it, the days to all who know of it."""

    reference: str
    programme: str
    call: str | None
    person: Words | None
    host: str
    home: str | None
    level: PersonLevel
    state: PlacementState
    starts_on: str
    ends_on: str
    arrived_on: str | None
    left_on: str | None
    is_simulated: bool
    version: int


PlacementState = Literal["agreed", "running", "ended", "completed", "broken-off", "cancelled"]


class PlanShown(TypedDict):
    """What a file says and what it would change; nothing is written."""

    agreement: str | None
    can_apply: bool
    problems: list[FileProblemShown]
    differences: list[DifferenceShown]


class PostShown(TypedDict):
    """One event on its way to a system."""

    id: int
    topic: str
    happened_at: str
    state: DeliveryState
    tries: int
    next_at: str | None
    sent_at: str | None
    fault: str | None


class PostWhole(TypedDict):
    """One event with what is posted and every try."""

    id: int
    topic: str
    happened_at: str
    state: DeliveryState
    tries: int
    next_at: str | None
    sent_at: str | None
    fault: str | None
    webhook_id: str
    body: str
    attempts: list[AttemptShown]


ProgrammeKind = Literal["internship", "exchange", "doctoral", "postdoc", "training", "incubation", "grant"]


class ProgrammeShown(TypedDict):
    """What an institution offers again and again."""

    key: str
    name: Words
    kind: ProgrammeKind
    owner: str
    agreement: str | None
    calls: int
    calls_open: int
    is_simulated: bool


class PromiseAmendmentSent(TypedDict):
    """A new target, a new deadline or both, for a signed promise; null keeps the present one."""

    target: NotRequired[float | str | None]
    due_on: NotRequired[str | None]
    why: ProseSent


PromiseKind = Literal["target", "milestone", "standing"]


class PromiseList(TypedDict):
    """Every promise of an agreement, in its order."""

    items: list[PromiseShown]


class PromiseSent(TypedDict):
    """A promise; what each kind needs is what its page asks for."""

    title: WordsSent
    text: ProseSent
    section: str
    kind: PromiseKind
    promisors: list[str]
    beneficiaries: NotRequired[list[str]]
    beneficiary_text: NotRequired[WordsSent]
    measure_code: NotRequired[str]
    target: NotRequired[float | str | None]
    is_about: NotRequired[bool]
    due_on: NotRequired[str | None]
    starts_on: NotRequired[str | None]
    owner: NotRequired[WordsSent]


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


class PromotionSent(TypedDict):
    """How many of the reserve list move up."""

    number: NotRequired[int]


ProseSent = TypedDict("ProseSent", {"en": "NotRequired[str]", "zh-hans": "NotRequired[str]"})


class PublicSent(TypedDict):
    """Whether the public page is open."""

    is_public: bool


class QuestionAsked(TypedDict):
    """A question that shows, given the answers so far, with its answer and what is not right with it yet."""

    key: str
    kind: str
    label: Words
    help: Words | None
    required: bool
    to_hosts: bool
    least: float | None
    most: float | None
    options: list[OptionShown]
    several: bool
    other: bool
    whole: bool
    unit: Words | None
    earliest: str | None
    latest: str | None
    types: list[str]
    megabytes: int | None
    source: str
    answer: Any
    problems: list[Words]


class QuestionToApplicant(TypedDict):
    """A question of the office, with its answer."""

    id: int
    text: str
    asked_at: str
    due_on: str | None
    answer: str | None
    answered_at: str | None
    closed_at: str | None


class QuietSent(TypedDict):
    """When no mail shall come, in your own zone; it may pass midnight."""

    starts: str
    ends: str


class QuietShown(TypedDict):
    """When no mail comes, in your own zone."""

    starts: str
    ends: str


class QuoteShown(TypedDict):
    """Where a source states something."""

    source: str
    title: Words
    published_on: str | None
    paragraph: int | None


class ReasonSent(TypedDict):
    """Why."""

    reason: str


class ReasonsSent(TypedDict):
    """The reason for those who are declined, in the languages in which they applied."""

    reason: NotRequired[ProseSent]


Recommendation = Literal["strong-yes", "yes", "maybe", "no"]


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


class RefusedShown(TypedDict):
    """One date that was not booked, and why."""

    starts_at: str
    ends_at: str
    code: str
    detail: str


class ReleaseSent(TypedDict):
    """Why a reviewer is taken off an item."""

    reason: str


class ReplayedShown(TypedDict):
    """How many posts go out again."""

    posts: int


class ReplySent(TypedDict):
    """A reply."""

    text: str


class ReplyShown(TypedDict):
    """What one party replied."""

    id: int
    party: Words
    text: str
    said_at: str


ReportFlag = Literal["late", "jump", "research_over_jobs", "nobody", "crowded", "unchanged"]


class ReportSent(TypedDict):
    """What a team reports of a quarter."""

    quarter: str
    stands_on: str
    jobs: int
    research_jobs: int
    part_time: NotRequired[int]
    interns: NotRequired[int]
    patents_applied: NotRequired[int]
    patents_held: NotRequired[int]
    revenue_minor: NotRequired[int | None]
    note: NotRequired[str]


class ReportShown(TypedDict):
    """What a team reported of itself."""

    id: int
    quarter: str | None
    stands_on: str
    jobs: int
    research_jobs: int
    part_time: int
    interns: int
    patents_applied: int
    patents_held: int
    revenue_minor: int | None
    currency: str
    note: str | None
    flags: list[ReportFlag] | None
    reported_at: str


class RequestRow(TypedDict):
    """A requested change in the list."""

    id: int
    number: int
    place: str
    party: Words
    asked: str
    proposed: Words
    state: RequestState
    reason: str | None
    asked_at: str
    decided_at: str | None
    version: int
    replies: int


class RequestSent(TypedDict):
    """A change at one place."""

    place: str
    asked: str
    proposed: NotRequired[ProseSent]


RequestState = Literal["open", "accepted", "declined", "withdrawn"]


class RequestWhole(TypedDict):
    """A requested change with the place's wording and what was replied."""

    id: int
    number: int
    place: str
    party: Words
    asked: str
    proposed: Words
    state: RequestState
    reason: str | None
    asked_at: str
    decided_at: str | None
    version: int
    title: Words
    text: Words
    replies: list[ReplyShown]
    row_version: int | None


class ResultShown(TypedDict):
    """What a published match gave to one's own application, and why."""

    reference: str
    run: int
    place: str | None
    rank: int | None
    words: str
    choices: list[ChoiceShown]
    told_at: str


class ReviewShown(TypedDict):
    """A review; before it is submitted only that it was begun."""

    id: int
    item: str
    reviewer: Words
    submitted_at: str | None
    total: float | None
    recommendation: Recommendation | None
    scores: list[ScoreShown]
    comment_to_applicant: str | None
    comment_to_panel: str | None


class ReviewerShown(TypedDict):
    """Somebody on a panel."""

    id: int
    name: Words
    is_chair: bool
    is_senior: bool
    has_accepted: bool
    has_stated: bool
    assigned: int
    submitted: int
    late: int
    conflicts: int


Role = Literal["steward", "officer", "executive", "operator", "manager"]


class RowThenShown(TypedDict):
    """A row as it stood."""

    table: str
    thing: str
    fields: list[ChangedFieldShown]


class RuleMet(TypedDict):
    """A rule of who may apply, and whether it holds by the answers so far."""

    key: str
    asks: Words
    holds: bool | None
    words: Words


ScoreRule = Literal["raw", "calibrated"]


class ScoreShown(TypedDict):
    """What a review gives for one criterion."""

    criterion: Words
    value: float | None
    note: str


class SealShown(TypedDict):
    """A link of the chain: it binds the seal before it and every change since."""

    number: int
    sealed_at: str
    previous: str | None
    events: int
    digest: str


class SectionAsked(TypedDict):
    """A section of the form with the questions that show."""

    key: str
    title: Words
    help: Words | None
    state: Literal["not-started", "begun", "done"]
    questions: list[QuestionAsked]


class SectionShown(TypedDict):
    """A heading that a promise can stand under."""

    key: str
    title: Words


class SettingsSent(TypedDict):
    """What shall change; topics that are not named stay, and so do quiet hours where they are left out."""

    topics: NotRequired[list[TopicSent]]
    quiet: NotRequired[QuietSent | None]


class SettingsShown(TypedDict):
    """What you want to be told, by which way and how soon."""

    topics: list[TopicShown]
    quiet: QuietShown | None
    version: int


class SettledLineShown(TypedDict):
    """What a settled slate said of one application."""

    rank: int
    reference: str
    applicant: Words
    score: float | None
    outcome: Outcome
    position: int | None
    draw: str | None
    reason: str | None
    note: str | None
    told_at: str | None


class SettledSlateList(TypedDict):
    """The settled slates of a call, the latest first, and the reserve list."""

    items: list[SettledSlateShown]
    reserve: list[str]
    seats_left: int


class SettledSlateShown(TypedDict):
    """Decisions that were settled at once."""

    number: int
    decided: int
    accepted: int
    quota: int | None
    reserve_length: int
    opened_at: str
    settled_at: str
    settled_by: Words
    told_at: str | None
    letters: str
    digest: str


class SideShown(TypedDict):
    """What differs of a text in one language."""

    language: str
    pieces: list[PieceShown]


class SignatureSent(TypedDict):
    """Who signed, when and where: a record of what was signed on paper or elsewhere."""

    digest: str
    signatory: str
    office: str
    signed_on: str
    place: NotRequired[WordsSent]


class SinceSent(TypedDict):
    """From which day on something is posted again."""

    since: str


class SiteShown(TypedDict):
    """A work space that one institution runs, as it stands today."""

    key: str
    name: Words
    operator: Words
    teams: int
    jobs: int
    research_jobs: int
    area_let_m2: float
    area_operated_m2: float
    waiting: int
    is_simulated: bool


class SlateOrderShown(TypedDict):
    """The order of a settled slate, and what its digest is taken of."""

    digest: str
    written: str
    order: list[PlacedInOrder]


class SlateRowShown(TypedDict):
    """An application whose decision is due."""

    rank: int
    reference: str
    applicant: Words
    home: Words | None
    score: float | None
    raw: float | None
    calibrated: float | None
    spread: float | None
    reviews_done: int
    reviews_due: int
    tie: int | None
    draw: str | None
    proposed: Outcome | None
    decided: Outcome | None
    reason: str | None
    note: str | None
    from_home: int
    before: int
    version: int


class SlateSent(TypedDict):
    """How many are accepted, and how many wait on the reserve list."""

    quota: int | None
    reserve_length: int


class SlateShown(TypedDict):
    """How the open slate of a call stands; before one is opened, how it would."""

    number: int | None
    quota: int | None
    reserve_length: int
    total: int
    decided: int
    changed: int
    accepted: int
    open: int
    opened_at: str | None
    version: int


class SpaceChanged(TypedDict):
    """What changes of a space; what is not sent stays as it is."""

    code: NotRequired[str]
    kind: NotRequired[SpaceKind]
    name: NotRequired[WordsSent]
    area_m2: NotRequired[float | None]
    capacity: NotRequired[int]
    features: NotRequired[list[str]]
    position: NotRequired[int]
    outline: NotRequired[list[list[float]]]
    booking_rules: NotRequired[int | None]
    starts_on: NotRequired[str]
    ends_on: NotRequired[str | None]


SpaceKind = Literal["office", "lab", "room", "desk", "equipment", "common"]


class SpaceSent(TypedDict):
    """A space that is added to a floor."""

    code: str
    kind: SpaceKind
    name: NotRequired[WordsSent]
    area_m2: NotRequired[float | None]
    capacity: NotRequired[int]
    features: NotRequired[list[str]]
    position: NotRequired[int]
    outline: NotRequired[list[list[float]]]
    booking_rules: NotRequired[int | None]
    starts_on: str
    ends_on: NotRequired[str | None]
    floor: int


class SpaceShown(TypedDict):
    """An office, laboratory, room, desk, piece of equipment or common area, as it stands today."""

    id: int
    code: str
    name: Words
    kind: SpaceKind
    state: SpaceState
    floor: int
    building: str
    level: int
    area_m2: float | None
    capacity: int
    features: list[str]
    position: int
    outline: list[list[float]]
    booking_rules: int | None
    held_by: str | None
    held_until: str | None
    starts_on: str
    ends_on: str | None
    version: int


SpaceState = Literal["free", "ending", "let", "bookable", "common", "shut", "closed"]

Stage = Literal["idea", "seed", "early", "growth", "mature"]


class StageAhead(TypedDict):
    """A stage that usually follows."""

    name: Words
    tells: Words


class StandShown(TypedDict):
    """An institution that takes part, and what it said of the latest version."""

    institution: str
    name: Words
    is_coordinator: bool
    short: str | None
    must_sign: bool
    contact: Words | None
    backup: Words | None
    approved_at: str | None
    signed_on: str | None


Standing = Literal["resident", "waiting", "graduated", "left", "registered"]


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


class StateChangeShown(TypedDict):
    """How a promise stands, in figures and words."""

    target: float | None
    due_on: str | None
    state: PromiseState
    chance: int | None
    words: str


class StepSent(TypedDict):
    """A step of the workflow, with the words that it asks for."""

    step: str
    reason: NotRequired[str]
    note: NotRequired[str]
    question: NotRequired[str]
    due_on: NotRequired[str | None]


class SubmitSent(TypedDict):
    """What goes with the submission."""

    code: NotRequired[str]


class TargetShown(TypedDict):
    """A target as it was agreed: the original (number 0) or an amendment."""

    number: int
    agreed_on: str | None
    target: float | None
    due_on: str | None
    why: Words


TeamKind = Literal["incubated", "service", "partner"]


class TeamShown(TypedDict):
    """A team of a work space, as it stands today."""

    key: str
    name: Words
    kind: TeamKind
    origin: Origin
    country: str
    stage: Stage
    field: Words
    website: str
    standing: Standing
    jobs: int | None
    research_jobs: int | None
    counted_on: str | None
    is_simulated: bool


class TenancyRowShown(TypedDict):
    """A tenancy in a list."""

    id: int
    number: str
    team: str
    state: TenancyState
    spaces: str
    area_m2: float | None
    starts_on: str
    until_on: str | None
    is_simulated: bool


class TenancyShown(TypedDict):
    """A tenancy: offered, signed or ended, with its spaces."""

    id: int
    number: str
    team: str
    team_name: Words
    state: TenancyState
    starts_on: str
    ends_on: str | None
    left_on: str | None
    end_reason: EndReason | None
    notice_on: str | None
    answer_by_on: str
    renews: str | None
    currency: str
    deposit_minor: int | None
    spaces: list[LettingShown]
    is_simulated: bool
    version: int


TenancyState = Literal["offered", "signed", "declined", "lapsed", "ended"]


class ThenShown(TypedDict):
    """A record with its parts as Accord held it at a moment."""

    moment: str
    title: Words
    rows: list[RowThenShown]


TieRule = Literal["lottery", "earlier", "office"]


class TooEarlyShown(TypedDict):
    """Why nothing is forecast yet."""

    reason: str
    have: NotRequired[float | None]
    need: NotRequired[float | None]
    earliest_on: NotRequired[str | None]


class TopicSent(TypedDict):
    """How you want to be told of one topic; what is left out stays."""

    topic: str
    mail: NotRequired[Pace | None]
    inbox: NotRequired[bool | None]


class TopicShown(TypedDict):
    """One topic, and how you are told of it."""

    topic: str
    name: str
    mail: Pace
    inbox: bool
    is_required: bool
    is_urgent: bool


class UncountedShown(TypedDict):
    """What is not counted yet, or no longer."""

    amount: float
    records: int
    provenance: str


class VersionList(TypedDict):
    """Every version that was put forward, the latest first."""

    items: list[VersionShown]


class VersionShown(TypedDict):
    """A text as it was put forward; it never changes."""

    number: int
    digest: str
    base_digest: str | None
    note: Words
    put_forward_at: str


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


class WebhookMade(TypedDict):
    """The same with its secret, which is shown this once."""

    id: int
    institution: str
    name: str
    url: str
    topics: list[str]
    state: EndpointState
    state_reason: str | None
    failing_since_at: str | None
    old_secret_until_at: str | None
    made_at: str
    version: int
    secret: str


class WebhookSent(TypedDict):
    """What a system is told, and where."""

    name: str
    url: str
    topics: NotRequired[list[str]]


class WebhookShown(TypedDict):
    """An address of an institution's system to which events are posted, as Standard Webhooks says."""

    id: int
    institution: str
    name: str
    url: str
    topics: list[str]
    state: EndpointState
    state_reason: str | None
    failing_since_at: str | None
    old_secret_until_at: str | None
    made_at: str
    version: int


class WeekShown(TypedDict):
    """The forecast of one week."""

    week_on: str
    state: PromiseState
    in_100: float
    target: float | None
    due_on: str | None
    delivered: float | None


class WhySent(TypedDict):
    """Why; who booked is told."""

    reason: NotRequired[str]


class WishesSent(TypedDict):
    """Which places one wants, the first choice first."""

    wishes: list[str]


class WishesShown(TypedDict):
    """Which places one wants, and which there are."""

    wishes: list[str]
    most: int
    places: list[PlaceToRank]
    version: int


class WithdrawSent(TypedDict):
    """Why somebody withdraws."""

    reason: str


Words = TypedDict("Words", {"en": "NotRequired[str | None]", "zh-hans": "NotRequired[str | None]"})

WordsSent = TypedDict("WordsSent", {"en": "NotRequired[str]", "zh-hans": "NotRequired[str]"})


class WorkflowSent(TypedDict):
    """A whole workflow."""

    definition: dict[str, Any]


class WorkflowShown(TypedDict):
    """How applications to a call move: stages, and steps with who takes them and what they need."""

    definition: Any
    may_change: bool
    version: int


class Operations(Calls):
    """Every operation of the API."""

    def accept_own_offer(self, reference: str, body: NothingSent, *, if_match: str) -> Answer[OwnOffer]:
        """Accept the offer that stands: the place is one's own."""
        return self._call(
            "POST",
            f"/api/v1/applications/{in_path(reference)}/offer/acceptance",
            body=body,
            media="application/json",
            headers={"If-Match": if_match},
        )

    def accept_request(self, key: str, number: int, body: AcceptanceSent, *, if_match: str) -> Answer[RequestWhole]:
        """Accept a requested change."""
        return self._call(
            "POST",
            f"/api/v1/negotiations/{in_path(key)}/requests/{in_path(number)}/accept",
            body=body,
            media="application/json",
            headers={"If-Match": if_match},
        )

    def add_clause(self, key: str, body: ClauseSent, *, idempotency_key: str | None = None) -> Answer[DraftClauseShown]:
        """Add a clause to the draft."""
        return self._call(
            "POST",
            f"/api/v1/negotiations/{in_path(key)}/draft/clauses",
            body=body,
            media="application/json",
            headers={"Idempotency-Key": idempotency_key},
            creates=True,
        )

    def add_party(self, key: str, body: NewPartySent, *, idempotency_key: str | None = None) -> Answer[DraftPartyShown]:
        """Add an institution to the draft."""
        return self._call(
            "POST",
            f"/api/v1/negotiations/{in_path(key)}/draft/parties",
            body=body,
            media="application/json",
            headers={"Idempotency-Key": idempotency_key},
            creates=True,
        )

    def add_promise(
        self, key: str, body: PromiseSent, *, idempotency_key: str | None = None
    ) -> Answer[DraftPromiseShown]:
        """Add a promise to the draft."""
        return self._call(
            "POST",
            f"/api/v1/negotiations/{in_path(key)}/draft/promises",
            body=body,
            media="application/json",
            headers={"Idempotency-Key": idempotency_key},
            creates=True,
        )

    def add_space(self, key: str, body: SpaceSent, *, idempotency_key: str | None = None) -> Answer[SpaceShown]:
        """Add a space to a floor."""
        return self._call(
            "POST",
            f"/api/v1/work-spaces/{in_path(key)}/spaces",
            body=body,
            media="application/json",
            headers={"Idempotency-Key": idempotency_key},
            creates=True,
        )

    def amend_clause(
        self,
        key: str,
        place: str,
        body: ClauseAmendmentSent,
        *,
        if_match: str | None = None,
        if_none_match: Literal["*"] | None = None,
    ) -> Answer[DraftClauseShown]:
        """Word a signed clause anew."""
        return self._call(
            "PUT",
            f"/api/v1/negotiations/{in_path(key)}/draft/clause-amendments/{in_path(place)}",
            body=body,
            media="application/json",
            headers={"If-Match": if_match, "If-None-Match": if_none_match},
        )

    def amend_promise(
        self,
        key: str,
        place: str,
        body: PromiseAmendmentSent,
        *,
        if_match: str | None = None,
        if_none_match: Literal["*"] | None = None,
    ) -> Answer[DraftPromiseShown]:
        """Give a signed promise a new target or deadline."""
        return self._call(
            "PUT",
            f"/api/v1/negotiations/{in_path(key)}/draft/promise-amendments/{in_path(place)}",
            body=body,
            media="application/json",
            headers={"If-Match": if_match, "If-None-Match": if_none_match},
        )

    def answer_office_question(self, reference: str, number: int, body: OfficeAnswerSent) -> Answer[OwnApplication]:
        """Answer a question of the office."""
        return self._call(
            "POST",
            f"/api/v1/applications/{in_path(reference)}/questions/{in_path(number)}/answer",
            body=body,
            media="application/json",
        )

    def apply_agreement_file(
        self, key: str, body: str, *, if_match: str | None = None, if_none_match: Literal["*"] | None = None
    ) -> Answer[AgreementShown]:
        """Make an agreement equal to a file."""
        return self._call(
            "PUT",
            f"/api/v1/agreements/{in_path(key)}/file",
            body=body,
            media="application/yaml",
            headers={"If-Match": if_match, "If-None-Match": if_none_match},
        )

    def apply_for_space(
        self, key: str, body: ApplicationSent, *, idempotency_key: str | None = None
    ) -> Answer[ApplicationShown]:
        """Put a team on the waiting list."""
        return self._call(
            "POST",
            f"/api/v1/work-spaces/{in_path(key)}/applications",
            body=body,
            media="application/json",
            headers={"Idempotency-Key": idempotency_key},
            creates=True,
        )

    def approve_date(self, key: str, number: int, body: WhySent) -> Answer[DateShown]:
        """Approve a date that somebody asks for."""
        return self._call(
            "POST",
            f"/api/v1/work-spaces/{in_path(key)}/dates/{in_path(number)}/approve",
            body=body,
            media="application/json",
        )

    def approve_version(self, key: str, body: ApprovalSent) -> Answer[NegotiationWhole]:
        """Approve the version in review for your party."""
        return self._call("POST", f"/api/v1/negotiations/{in_path(key)}/approve", body=body, media="application/json")

    def ask_for_change(
        self, key: str, number: int, body: RequestSent, *, idempotency_key: str | None = None
    ) -> Answer[RequestWhole]:
        """Ask for a change at one place of the version in review."""
        return self._call(
            "POST",
            f"/api/v1/negotiations/{in_path(key)}/versions/{in_path(number)}/requests",
            body=body,
            media="application/json",
            headers={"Idempotency-Key": idempotency_key},
            creates=True,
        )

    def assign_by_hand(
        self, number: int, body: AssignmentSent, *, idempotency_key: str | None = None
    ) -> Answer[AssignmentShown]:
        """Assign an item to a reviewer by hand."""
        return self._call(
            "POST",
            f"/api/v1/panels/{in_path(number)}/assignments",
            body=body,
            media="application/json",
            headers={"Idempotency-Key": idempotency_key},
            creates=True,
        )

    def attach_answer_file(
        self, reference: str, question: str, body: Upload, *, idempotency_key: str | None = None
    ) -> Answer[FormAsked]:
        """Keep a file as an answer."""
        return self._call(
            "POST",
            f"/api/v1/applications/{in_path(reference)}/files/{in_path(question)}",
            body=body,
            media="multipart/form-data",
            headers={"Idempotency-Key": idempotency_key},
            creates=True,
        )

    def attach_file(self, record: str, body: Upload, *, idempotency_key: str | None = None) -> Answer[FileShown]:
        """Attach a file to a record."""
        return self._call(
            "POST",
            f"/api/v1/records/{in_path(record)}/files",
            body=body,
            media="multipart/form-data",
            headers={"Idempotency-Key": idempotency_key},
            creates=True,
        )

    def begin_application(self, body: BeginSent, *, idempotency_key: str | None = None) -> Answer[OwnApplication]:
        """Begin an application to a call."""
        return self._call(
            "POST",
            "/api/v1/applications",
            body=body,
            media="application/json",
            headers={"Idempotency-Key": idempotency_key},
            creates=True,
        )

    def book_space(self, key: str, body: BookingSent, *, idempotency_key: str | None = None) -> Answer[BookingShown]:
        """Book a space, once or as a series."""
        return self._call(
            "POST",
            f"/api/v1/work-spaces/{in_path(key)}/bookings",
            body=body,
            media="application/json",
            headers={"Idempotency-Key": idempotency_key},
            creates=True,
        )

    def call_held_letters_off(self, number: int, body: NothingSent, *, if_match: str) -> Answer[HeldLettersShown]:
        """Call the letters off."""
        return self._call(
            "POST",
            f"/api/v1/held-letters/{in_path(number)}/cancellation",
            body=body,
            media="application/json",
            headers={"If-Match": if_match},
        )

    def cancel_booking(self, key: str, number: int, body: WhySent) -> Answer[BookingShown]:
        """Cancel every date of a booking that is still ahead."""
        return self._call(
            "POST",
            f"/api/v1/work-spaces/{in_path(key)}/bookings/{in_path(number)}/cancel",
            body=body,
            media="application/json",
        )

    def cancel_date(self, key: str, number: int, body: WhySent) -> Answer[DateShown]:
        """Cancel one date of a booking."""
        return self._call(
            "POST",
            f"/api/v1/work-spaces/{in_path(key)}/dates/{in_path(number)}/cancel",
            body=body,
            media="application/json",
        )

    def change_agreement(self, key: str, body: PublicSent, *, if_match: str) -> Answer[AgreementShown]:
        """Open or close the public page."""
        return self._call(
            "PATCH",
            f"/api/v1/agreements/{in_path(key)}",
            body=body,
            media="application/json",
            headers={"If-Match": if_match},
        )

    def change_clause(self, key: str, place: str, body: ClauseSent, *, if_match: str) -> Answer[DraftClauseShown]:
        """Change a clause of the draft."""
        return self._call(
            "PUT",
            f"/api/v1/negotiations/{in_path(key)}/draft/clauses/{in_path(place)}",
            body=body,
            media="application/json",
            headers={"If-Match": if_match},
        )

    def change_head(self, key: str, body: HeadSent, *, if_match: str) -> Answer[HeadShown]:
        """Change what the draft says of the agreement as a whole."""
        return self._call(
            "PUT",
            f"/api/v1/negotiations/{in_path(key)}/draft/head",
            body=body,
            media="application/json",
            headers={"If-Match": if_match},
        )

    def change_notice_settings(self, body: SettingsSent, *, if_match: str) -> Answer[SettingsShown]:
        """Change what you want to be told."""
        return self._call(
            "PATCH", "/api/v1/notice-settings", body=body, media="application/json", headers={"If-Match": if_match}
        )

    def change_party(self, key: str, institution: str, body: PartySent, *, if_match: str) -> Answer[DraftPartyShown]:
        """Change under which name a party stands, whether it signs, and whom to turn to."""
        return self._call(
            "PUT",
            f"/api/v1/negotiations/{in_path(key)}/draft/parties/{in_path(institution)}",
            body=body,
            media="application/json",
            headers={"If-Match": if_match},
        )

    def change_promise(self, key: str, place: str, body: PromiseSent, *, if_match: str) -> Answer[DraftPromiseShown]:
        """Change a promise of the draft."""
        return self._call(
            "PUT",
            f"/api/v1/negotiations/{in_path(key)}/draft/promises/{in_path(place)}",
            body=body,
            media="application/json",
            headers={"If-Match": if_match},
        )

    def change_space(self, key: str, number: int, body: SpaceChanged, *, if_match: str) -> Answer[SpaceShown]:
        """Change what is known of a space."""
        return self._call(
            "PATCH",
            f"/api/v1/work-spaces/{in_path(key)}/spaces/{in_path(number)}",
            body=body,
            media="application/json",
            headers={"If-Match": if_match},
        )

    def change_webhook(self, number: int, body: WebhookSent, *, if_match: str) -> Answer[WebhookShown]:
        """Change a system's name, address or topics."""
        return self._call(
            "PUT",
            f"/api/v1/webhooks/{in_path(number)}",
            body=body,
            media="application/json",
            headers={"If-Match": if_match},
        )

    def check_application(self, reference: str, *, if_none_match: str | None = None) -> Answer[ApplicationCheck]:
        """Read what keeps one's own application from being submitted."""
        return self._call(
            "GET", f"/api/v1/applications/{in_path(reference)}/check", headers={"If-None-Match": if_none_match}
        )

    def check_in_date(self, key: str, number: int, body: NothingSent) -> Answer[DateShown]:
        """Check in."""
        return self._call(
            "POST",
            f"/api/v1/work-spaces/{in_path(key)}/dates/{in_path(number)}/check-in",
            body=body,
            media="application/json",
        )

    def check_seal(self, number: int, *, sha256: str) -> Answer[HeldShown]:
        """Compare a seal that you kept with the chain."""
        return self._call("GET", f"/api/v1/seals/{in_path(number)}/check", query={"sha256": sha256})

    def close_reserve_list(
        self, programme: str, key: str, body: ClosingSent, *, idempotency_key: str | None = None
    ) -> Answer[SettledSlateShown]:
        """Decline everybody who is left on the reserve list."""
        return self._call(
            "POST",
            f"/api/v1/programmes/{in_path(programme)}/calls/{in_path(key)}/reserve/closings",
            body=body,
            media="application/json",
            headers={"Idempotency-Key": idempotency_key},
            creates=True,
        )

    def compare_versions(self, key: str, number: int, *, against: int | None = None) -> Answer[ComparisonShown]:
        """Read what differs between two versions."""
        return self._call(
            "GET",
            f"/api/v1/negotiations/{in_path(key)}/versions/{in_path(number)}/differences",
            query={"against": against},
        )

    def confirm_evidence(self, key: str, number: int, body: NothingSent, *, if_match: str) -> Answer[EvidenceShown]:
        """Confirm an entry of the other side."""
        return self._call(
            "POST",
            f"/api/v1/agreements/{in_path(key)}/evidence/{in_path(number)}/confirm",
            body=body,
            media="application/json",
            headers={"If-Match": if_match},
        )

    def confirm_placement_arrival(self, reference: str, body: ArrivalSent) -> Answer[PlacementShown]:
        """Confirm the day of arrival."""
        return self._call(
            "POST", f"/api/v1/placements/{in_path(reference)}/arrival", body=body, media="application/json"
        )

    def connect_webhook(self, body: NewWebhookSent, *, idempotency_key: str | None = None) -> Answer[WebhookMade]:
        """Connect a system."""
        return self._call(
            "POST",
            "/api/v1/webhooks",
            body=body,
            media="application/json",
            headers={"Idempotency-Key": idempotency_key},
            creates=True,
        )

    def contest_evidence(self, key: str, number: int, body: ReasonSent, *, if_match: str) -> Answer[EvidenceShown]:
        """Contest an entry of the other side with a reason."""
        return self._call(
            "POST",
            f"/api/v1/agreements/{in_path(key)}/evidence/{in_path(number)}/contest",
            body=body,
            media="application/json",
            headers={"If-Match": if_match},
        )

    def decide_on_application(
        self, programme: str, key: str, reference: str, body: DecisionSent, *, if_match: str
    ) -> Answer[SlateRowShown]:
        """Decide on one application of the open slate."""
        return self._call(
            "POST",
            f"/api/v1/programmes/{in_path(programme)}/calls/{in_path(key)}/slate/lines/{in_path(reference)}/decision",
            body=body,
            media="application/json",
            headers={"If-Match": if_match},
        )

    def decide_on_several(self, programme: str, key: str, body: DecisionsSent, *, if_match: str) -> Answer[SlateShown]:
        """Give several applications of the open slate one outcome and one reason."""
        return self._call(
            "POST",
            f"/api/v1/programmes/{in_path(programme)}/calls/{in_path(key)}/slate/decisions",
            body=body,
            media="application/json",
            headers={"If-Match": if_match},
        )

    def decline_date(self, key: str, number: int, body: WhySent) -> Answer[DateShown]:
        """Decline a date that somebody asks for."""
        return self._call(
            "POST",
            f"/api/v1/work-spaces/{in_path(key)}/dates/{in_path(number)}/decline",
            body=body,
            media="application/json",
        )

    def decline_own_offer(self, reference: str, body: DeclineSent, *, if_match: str) -> Answer[OwnOffer]:
        """Decline the offer that stands."""
        return self._call(
            "POST",
            f"/api/v1/applications/{in_path(reference)}/offer/refusal",
            body=body,
            media="application/json",
            headers={"If-Match": if_match},
        )

    def decline_request(self, key: str, number: int, body: ReasonSent, *, if_match: str) -> Answer[RequestWhole]:
        """Decline a requested change with a reason."""
        return self._call(
            "POST",
            f"/api/v1/negotiations/{in_path(key)}/requests/{in_path(number)}/decline",
            body=body,
            media="application/json",
            headers={"If-Match": if_match},
        )

    def drop_answer_file(self, reference: str, question: str, number: int, *, if_match: str) -> Answer[None]:
        """Take a file of an answer away."""
        return self._call(
            "DELETE",
            f"/api/v1/applications/{in_path(reference)}/files/{in_path(question)}/{in_path(number)}",
            headers={"If-Match": if_match},
        )

    def drop_view(self, number: int, *, if_match: str) -> Answer[None]:
        """Forget one of your own saved views."""
        return self._call("DELETE", f"/api/v1/views/{in_path(number)}", headers={"If-Match": if_match})

    def end_placement(self, reference: str, body: EndSent) -> Answer[PlacementShown]:
        """Record the last day there."""
        return self._call("POST", f"/api/v1/placements/{in_path(reference)}/end", body=body, media="application/json")

    def keep_slate(self, programme: str, key: str, body: SlateSent, *, if_match: str) -> Answer[SlateShown]:
        """Open the next slate of a call, or change how many the open one accepts."""
        return self._call(
            "PUT",
            f"/api/v1/programmes/{in_path(programme)}/calls/{in_path(key)}/slate",
            body=body,
            media="application/json",
            headers={"If-Match": if_match},
        )

    def list_agreement_negotiations(
        self,
        key: str,
        *,
        limit: int | None = None,
        state: Literal["draft", "in-review", "approved", "signed", "withdrawn"] | None = None,
        kind: Literal["new", "amendment", "renewal"] | None = None,
        since: str | None = None,
        q: str | None = None,
        sort: Literal["kind", "-kind", "moved_at", "-moved_at", "started_at", "-started_at"] | None = None,
    ) -> Iterator[NegotiationRow]:
        """List the amendments and renewals of an agreement, and the negotiation that it came of."""
        return self._rows(
            f"/api/v1/agreements/{in_path(key)}/negotiations",
            {"limit": limit, "state": state, "kind": kind, "since": since, "q": q, "sort": sort},
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

    def list_booked_dates(
        self,
        key: str,
        *,
        limit: int | None = None,
        state: Literal["requested", "waiting", "confirmed", "attended", "no_show", "cancelled", "declined"]
        | None = None,
        q: str | None = None,
        sort: Literal["when", "-when", "space", "-space", "state", "-state"] | None = None,
    ) -> Iterator[DateShown]:
        """List the dates of bookings that you may open."""
        return self._rows(
            f"/api/v1/work-spaces/{in_path(key)}/bookings", {"limit": limit, "state": state, "q": q, "sort": sort}
        )

    def list_call_applications(
        self,
        programme: str,
        key: str,
        *,
        limit: int | None = None,
        stage: str | None = None,
        phase: Literal[
            "screening", "question", "review", "decision", "offer", "placement", "done", "declined", "withdrawn"
        ]
        | None = None,
        late: Literal["True", "False"] | None = None,
        since: str | None = None,
        q: str | None = None,
        sort: Literal[
            "reference",
            "-reference",
            "applicant",
            "-applicant",
            "home",
            "-home",
            "stage",
            "-stage",
            "entered_at",
            "-entered_at",
            "submitted_at",
            "-submitted_at",
            "unanswered",
            "-unanswered",
            "group",
            "-group",
            "phase",
            "-phase",
        ]
        | None = None,
    ) -> Iterator[CallApplicationShown]:
        """List the submitted applications to a call."""
        return self._rows(
            f"/api/v1/programmes/{in_path(programme)}/calls/{in_path(key)}/applications",
            {"limit": limit, "stage": stage, "phase": phase, "late": late, "since": since, "q": q, "sort": sort},
        )

    def list_call_places(
        self,
        programme: str,
        key: str,
        *,
        limit: int | None = None,
        q: str | None = None,
        sort: Literal[
            "code",
            "-code",
            "name",
            "-name",
            "count",
            "-count",
            "minimum",
            "-minimum",
            "wanted",
            "-wanted",
            "first",
            "-first",
            "ranked",
            "-ranked",
            "offered",
            "-offered",
            "held",
            "-held",
        ]
        | None = None,
    ) -> Iterator[PlaceShown]:
        """List the places of a call."""
        return self._rows(
            f"/api/v1/programmes/{in_path(programme)}/calls/{in_path(key)}/places",
            {"limit": limit, "q": q, "sort": sort},
        )

    def list_calls(
        self,
        *,
        limit: int | None = None,
        state: Literal["prepared", "announced", "open", "closed", "finished", "cancelled"] | None = None,
        kind: Literal["internship", "exchange", "doctoral", "postdoc", "training", "incubation", "grant"] | None = None,
        closes_after: str | None = None,
        q: str | None = None,
        sort: Literal[
            "name",
            "-name",
            "programme",
            "-programme",
            "kind",
            "-kind",
            "state",
            "-state",
            "opens_at",
            "-opens_at",
            "closes_at",
            "-closes_at",
            "owner",
            "-owner",
            "key",
            "-key",
        ]
        | None = None,
    ) -> Iterator[CallShown]:
        """List calls."""
        return self._rows(
            "/api/v1/calls",
            {"limit": limit, "state": state, "kind": kind, "closes_after": closes_after, "q": q, "sort": sort},
        )

    def list_changes(
        self,
        record: str,
        *,
        limit: int | None = None,
        part: str | None = None,
        since: str | None = None,
        until: str | None = None,
        q: str | None = None,
        sort: Literal["at", "-at", "who", "-who", "thing", "-thing", "field", "-field"] | None = None,
    ) -> Iterator[LineShown]:
        """List what happened to a record and its parts."""
        return self._rows(
            f"/api/v1/history/{in_path(record)}",
            {"limit": limit, "part": part, "since": since, "until": until, "q": q, "sort": sort},
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
            f"/api/v1/agreements/{in_path(key)}/engagements",
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
            f"/api/v1/agreements/{in_path(key)}/promises/{in_path(promise)}/evidence",
            {"limit": limit, "state": state, "since": since, "until": until, "q": q, "sort": sort},
        )

    def list_files(
        self,
        record: str,
        *,
        limit: int | None = None,
        kind: Literal["pdf", "docx", "xlsx", "pptx", "odt", "ods", "odp", "png", "jpg", "txt", "csv"] | None = None,
        q: str | None = None,
        sort: Literal["name", "-name", "kind", "-kind", "size", "-size", "attached_at", "-attached_at"] | None = None,
    ) -> Iterator[FileShown]:
        """List the files of a record."""
        return self._rows(
            f"/api/v1/records/{in_path(record)}/files", {"limit": limit, "kind": kind, "q": q, "sort": sort}
        )

    def list_floors(
        self,
        key: str,
        *,
        limit: int | None = None,
        sort: Literal[
            "building",
            "-building",
            "floor",
            "-floor",
            "area",
            "-area",
            "operated",
            "-operated",
            "let",
            "-let",
            "share",
            "-share",
            "common",
            "-common",
            "spaces",
            "-spaces",
        ]
        | None = None,
    ) -> Iterator[FloorShown]:
        """List the floors of a work space."""
        return self._rows(f"/api/v1/work-spaces/{in_path(key)}/floors", {"limit": limit, "sort": sort})

    def list_forecasts(self, key: str, promise: str) -> Answer[ForecastList]:
        """List the weekly forecasts of a promise."""
        return self._call("GET", f"/api/v1/agreements/{in_path(key)}/promises/{in_path(promise)}/forecasts")

    def list_free_spaces(
        self,
        key: str,
        *,
        starts_at: str,
        minutes: int,
        kind: Literal["office", "lab", "room", "desk", "equipment", "common"] | None = None,
        seats: int | None = None,
        feature: list[str] | None = None,
    ) -> Answer[FreeList]:
        """List the spaces that can be had at a time."""
        return self._call(
            "GET",
            f"/api/v1/work-spaces/{in_path(key)}/availability",
            query={"starts_at": starts_at, "minutes": minutes, "kind": kind, "seats": seats, "feature": feature},
        )

    def list_held_letters(
        self,
        *,
        limit: int | None = None,
        q: str | None = None,
        sort: Literal["institution", "-institution", "count", "-count", "held_at", "-held_at"] | None = None,
    ) -> Iterator[HeldLettersShown]:
        """List the letters that are or were held back for one's institutions."""
        return self._rows("/api/v1/held-letters", {"limit": limit, "q": q, "sort": sort})

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

    def list_letters_held(
        self,
        number: int,
        *,
        limit: int | None = None,
        q: str | None = None,
        sort: Literal["person", "-person", "address", "-address"] | None = None,
    ) -> Iterator[HeldLetterShown]:
        """List every letter that waits, word for word."""
        return self._rows(f"/api/v1/held-letters/{in_path(number)}/letters", {"limit": limit, "q": q, "sort": sort})

    def list_match_lines(
        self,
        programme: str,
        key: str,
        number: int,
        *,
        limit: int | None = None,
        change: Literal[
            "newly-placed", "moved-up", "moved-across", "moved-down", "lost-place", "stays", "still-waiting"
        ]
        | None = None,
        choice: str | None = None,
        placed: Literal["yes", "no"] | None = None,
        q: str | None = None,
        sort: Literal["application", "-application", "rank", "-rank", "change", "-change"] | None = None,
    ) -> Iterator[MatchLineShown]:
        """List who got what in a run of the match."""
        return self._rows(
            f"/api/v1/programmes/{in_path(programme)}/calls/{in_path(key)}/runs/{in_path(number)}",
            {"limit": limit, "change": change, "choice": choice, "placed": placed, "q": q, "sort": sort},
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

    def list_negotiations(
        self,
        *,
        limit: int | None = None,
        state: Literal["draft", "in-review", "approved", "signed", "withdrawn"] | None = None,
        kind: Literal["new", "amendment", "renewal"] | None = None,
        since: str | None = None,
        q: str | None = None,
        sort: Literal["kind", "-kind", "moved_at", "-moved_at", "started_at", "-started_at"] | None = None,
    ) -> Iterator[NegotiationRow]:
        """List the negotiations that you may know of."""
        return self._rows(
            "/api/v1/negotiations", {"limit": limit, "state": state, "kind": kind, "since": since, "q": q, "sort": sort}
        )

    def list_notices(
        self,
        *,
        limit: int | None = None,
        state: Literal["unread", "read"] | None = None,
        topic: Literal[
            "workspace.booking-cancelled",
            "workspace.booking-moved",
            "workspace.booking-released",
            "programmes.call-cancelled",
            "outbox.endpoint-switched-off",
            "workspace.accepted",
            "privacy.copy-ready",
            "programmes.decided",
            "measures.evidence-entered",
            "measures.evidence-decided",
            "programmes.placement-agreed",
            "programmes.placement-to-sign",
            "workspace.hour-cancelled",
            "negotiation.started",
            "negotiation.withdrawn",
            "review.closed",
            "negotiation.approved",
            "negotiation.requested",
            "negotiation.signed",
            "programmes.placement-begun",
            "programmes.placement-ended",
            "programmes.placement-completed",
            "programmes.placement-care",
            "programmes.placement-broken-off",
            "negotiation.replied",
            "workspace.booking-declined",
            "negotiation.answered",
            "programmes.no-place",
            "review.reopened",
            "review.answered",
            "workspace.booking-confirmed",
            "workspace.booking-came-free",
            "workspace.applied",
            "workspace.declined",
            "workspace.hour-given-back",
            "workspace.offered",
            "workspace.hour-taken",
            "workspace.withdrawn",
            "workspace.ended",
            "workspace.notice",
            "negotiation.put-forward",
            "privacy.threshold",
            "outbox.ping",
            "negotiation.in-force",
            "agreements.terminated",
            "programmes.asked-again",
            "programmes.answered",
            "programmes.answer-overdue",
            "workspace.refused",
            "workspace.event-called-off",
            "programmes.offer-lapsed",
            "programmes.offer-answer-due",
            "programmes.offer-answered",
            "workspace.lapsed",
            "review.assigned",
            "programmes.ranking-due",
            "workspace.reports-missing",
            "review.late",
            "review.due",
            "workspace.booking-requested",
            "privacy.request-received",
            "programmes.co-applicant-answered",
            "programmes.placement-due",
            "workspace.moved",
            "programmes.together",
            "programmes.asked",
            "review.invited",
            "programmes.offer-made",
            "review.released",
            "programmes.step-told",
            "programmes.places-asked",
            "programmes.offer-moved",
            "privacy.request-answered",
            "workspace.report-asked",
        ]
        | None = None,
        since: str | None = None,
        q: str | None = None,
        sort: Literal["topic", "-topic", "arrived", "-arrived"] | None = None,
    ) -> Iterator[NoticeShown]:
        """List what reached you, the latest first."""
        return self._rows(
            "/api/v1/notices", {"limit": limit, "state": state, "topic": topic, "since": since, "q": q, "sort": sort}
        )

    def list_offers(
        self,
        programme: str,
        key: str,
        *,
        limit: int | None = None,
        state: Literal["open", "accepted", "declined", "lapsed", "withdrawn"] | None = None,
        q: str | None = None,
        sort: Literal[
            "application",
            "-application",
            "place",
            "-place",
            "state",
            "-state",
            "answer_by_at",
            "-answer_by_at",
            "told_at",
            "-told_at",
            "answered_at",
            "-answered_at",
        ]
        | None = None,
    ) -> Iterator[OfferShown]:
        """List the offers of a call."""
        return self._rows(
            f"/api/v1/programmes/{in_path(programme)}/calls/{in_path(key)}/offers",
            {"limit": limit, "state": state, "q": q, "sort": sort},
        )

    def list_own_applications(
        self,
        *,
        limit: int | None = None,
        phase: Literal[
            "draft",
            "screening",
            "question",
            "review",
            "decision",
            "offer",
            "placement",
            "done",
            "declined",
            "withdrawn",
        ]
        | None = None,
        q: str | None = None,
        sort: Literal[
            "reference",
            "-reference",
            "stage",
            "-stage",
            "entered_at",
            "-entered_at",
            "started_at",
            "-started_at",
            "closes_at",
            "-closes_at",
            "submitted_at",
            "-submitted_at",
        ]
        | None = None,
    ) -> Iterator[OwnApplicationRow]:
        """List one's own applications."""
        return self._rows("/api/v1/applications", {"limit": limit, "phase": phase, "q": q, "sort": sort})

    def list_own_reviews(
        self,
        *,
        limit: int | None = None,
        state: Literal["waiting", "opened", "begun", "submitted"] | None = None,
        q: str | None = None,
        sort: Literal["item", "-item", "state", "-state", "due", "-due", "panel", "-panel"] | None = None,
    ) -> Iterator[OwnReviewRow]:
        """List what one is to review."""
        return self._rows("/api/v1/reviews", {"limit": limit, "state": state, "q": q, "sort": sort})

    def list_panel_assignments(
        self,
        number: int,
        *,
        limit: int | None = None,
        state: Literal["waiting", "opened", "begun", "submitted", "released"] | None = None,
        source: Literal["hand", "run"] | None = None,
        q: str | None = None,
        sort: Literal[
            "item",
            "-item",
            "name",
            "-name",
            "state",
            "-state",
            "source",
            "-source",
            "locked",
            "-locked",
            "assigned_at",
            "-assigned_at",
            "due_at",
            "-due_at",
        ]
        | None = None,
    ) -> Iterator[AssignmentShown]:
        """List who reviews what on a panel."""
        return self._rows(
            f"/api/v1/panels/{in_path(number)}/assignments",
            {"limit": limit, "state": state, "source": source, "q": q, "sort": sort},
        )

    def list_panel_conflicts(
        self,
        number: int,
        *,
        limit: int | None = None,
        kind: Literal[
            "same-institution", "same-person", "co-applicant", "co-author", "declared-relation", "declared", "by-office"
        ]
        | None = None,
        source: Literal["computed", "declared", "office"] | None = None,
        q: str | None = None,
        sort: Literal["name", "-name", "item", "-item", "kind", "-kind", "found_at", "-found_at"] | None = None,
    ) -> Iterator[ConflictShown]:
        """List the conflicts of a panel."""
        return self._rows(
            f"/api/v1/panels/{in_path(number)}/conflicts",
            {"limit": limit, "kind": kind, "source": source, "q": q, "sort": sort},
        )

    def list_panel_reviewers(
        self,
        number: int,
        *,
        limit: int | None = None,
        q: str | None = None,
        sort: Literal[
            "position",
            "-position",
            "name",
            "-name",
            "load",
            "-load",
            "most",
            "-most",
            "submitted",
            "-submitted",
            "late",
            "-late",
            "conflicts",
            "-conflicts",
        ]
        | None = None,
    ) -> Iterator[ReviewerShown]:
        """List the reviewers of a panel."""
        return self._rows(f"/api/v1/panels/{in_path(number)}/reviewers", {"limit": limit, "q": q, "sort": sort})

    def list_panel_reviews(
        self,
        number: int,
        *,
        limit: int | None = None,
        recommendation: Literal["strong-yes", "yes", "maybe", "no"] | None = None,
        q: str | None = None,
        sort: Literal[
            "item",
            "-item",
            "name",
            "-name",
            "total",
            "-total",
            "recommendation",
            "-recommendation",
            "submitted_at",
            "-submitted_at",
        ]
        | None = None,
    ) -> Iterator[ReviewShown]:
        """List the reviews of a panel."""
        return self._rows(
            f"/api/v1/panels/{in_path(number)}/reviews",
            {"limit": limit, "recommendation": recommendation, "q": q, "sort": sort},
        )

    def list_panel_standings(
        self,
        number: int,
        *,
        limit: int | None = None,
        q: str | None = None,
        sort: Literal[
            "rank",
            "-rank",
            "item",
            "-item",
            "raw",
            "-raw",
            "raw_rank",
            "-raw_rank",
            "calibrated",
            "-calibrated",
            "calibrated_rank",
            "-calibrated_rank",
            "moved",
            "-moved",
            "spread",
            "-spread",
            "reviews",
            "-reviews",
        ]
        | None = None,
    ) -> Iterator[ItemStandingShown]:
        """List the standings of a panel."""
        return self._rows(f"/api/v1/panels/{in_path(number)}/standings", {"limit": limit, "q": q, "sort": sort})

    def list_panels(
        self,
        *,
        limit: int | None = None,
        mode: Literal["open", "single", "double"] | None = None,
        due: str | None = None,
        q: str | None = None,
        sort: Literal[
            "name",
            "-name",
            "owner",
            "-owner",
            "mode",
            "-mode",
            "items",
            "-items",
            "people",
            "-people",
            "late",
            "-late",
            "due_at",
            "-due_at",
        ]
        | None = None,
    ) -> Iterator[PanelShown]:
        """List the panels."""
        return self._rows("/api/v1/panels", {"limit": limit, "mode": mode, "due": due, "q": q, "sort": sort})

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

    def list_placements(
        self,
        *,
        limit: int | None = None,
        state: Literal["agreed", "running", "ended", "completed", "broken-off", "cancelled"] | None = None,
        level: Literal["bachelor", "master", "doctoral", "postdoc", "staff"] | None = None,
        since: str | None = None,
        until: str | None = None,
        q: str | None = None,
        sort: Literal[
            "reference",
            "-reference",
            "programme",
            "-programme",
            "host",
            "-host",
            "state",
            "-state",
            "starts_on",
            "-starts_on",
            "ends_on",
            "-ends_on",
            "level",
            "-level",
            "arrived_on",
            "-arrived_on",
            "left_on",
            "-left_on",
        ]
        | None = None,
    ) -> Iterator[PlacementShown]:
        """List the placements that one may know of."""
        return self._rows(
            "/api/v1/placements",
            {"limit": limit, "state": state, "level": level, "since": since, "until": until, "q": q, "sort": sort},
        )

    def list_posts(
        self,
        number: int,
        *,
        limit: int | None = None,
        state: Literal["held", "queued", "sending", "sent", "failed", "given_up", "cancelled"] | None = None,
        since: str | None = None,
        q: str | None = None,
        sort: Literal["topic", "-topic", "created", "-created", "state", "-state", "tries", "-tries"] | None = None,
    ) -> Iterator[PostShown]:
        """List what a system was told, the latest first."""
        return self._rows(
            f"/api/v1/webhooks/{in_path(number)}/posts",
            {"limit": limit, "state": state, "since": since, "q": q, "sort": sort},
        )

    def list_programmes(
        self,
        *,
        limit: int | None = None,
        kind: Literal["internship", "exchange", "doctoral", "postdoc", "training", "incubation", "grant"] | None = None,
        q: str | None = None,
        sort: Literal[
            "name",
            "-name",
            "kind",
            "-kind",
            "owner",
            "-owner",
            "all_calls",
            "-all_calls",
            "open_calls",
            "-open_calls",
            "last_closes_at",
            "-last_closes_at",
            "key",
            "-key",
        ]
        | None = None,
    ) -> Iterator[ProgrammeShown]:
        """List the programmes that you may see."""
        return self._rows("/api/v1/programmes", {"limit": limit, "kind": kind, "q": q, "sort": sort})

    def list_promises(self, key: str, *, if_none_match: str | None = None) -> Answer[PromiseList]:
        """List an agreement's promises."""
        return self._call(
            "GET", f"/api/v1/agreements/{in_path(key)}/promises", headers={"If-None-Match": if_none_match}
        )

    def list_reports(
        self,
        key: str,
        team: str,
        *,
        limit: int | None = None,
        since: str | None = None,
        until: str | None = None,
        sort: Literal[
            "stands_on", "-stands_on", "jobs", "-jobs", "research_jobs", "-research_jobs", "reported_at", "-reported_at"
        ]
        | None = None,
    ) -> Iterator[ReportShown]:
        """List what a team reported."""
        return self._rows(
            f"/api/v1/work-spaces/{in_path(key)}/teams/{in_path(team)}/reports",
            {"limit": limit, "since": since, "until": until, "sort": sort},
        )

    def list_requests(
        self,
        key: str,
        *,
        limit: int | None = None,
        state: Literal["open", "accepted", "declined", "withdrawn"] | None = None,
        since: str | None = None,
        q: str | None = None,
        sort: Literal[
            "place", "-place", "party", "-party", "text", "-text", "replies", "-replies", "asked_at", "-asked_at"
        ]
        | None = None,
    ) -> Iterator[RequestRow]:
        """List the requested changes of a negotiation."""
        return self._rows(
            f"/api/v1/negotiations/{in_path(key)}/requests",
            {"limit": limit, "state": state, "since": since, "q": q, "sort": sort},
        )

    def list_seals(
        self,
        *,
        limit: int | None = None,
        since: str | None = None,
        until: str | None = None,
        q: str | None = None,
        sort: Literal["number", "-number", "sealed_at", "-sealed_at", "events", "-events"] | None = None,
    ) -> Iterator[SealShown]:
        """List the seals of the chain, the latest first."""
        return self._rows("/api/v1/seals", {"limit": limit, "since": since, "until": until, "q": q, "sort": sort})

    def list_settled_lines(
        self,
        programme: str,
        key: str,
        number: int,
        *,
        limit: int | None = None,
        outcome: Literal["accept", "reserve", "decline", "revise"] | None = None,
        q: str | None = None,
        sort: Literal[
            "rank",
            "-rank",
            "reference",
            "-reference",
            "applicant",
            "-applicant",
            "score",
            "-score",
            "position",
            "-position",
            "told_at",
            "-told_at",
        ]
        | None = None,
    ) -> Iterator[SettledLineShown]:
        """List what a settled slate said of each application."""
        return self._rows(
            f"/api/v1/programmes/{in_path(programme)}/calls/{in_path(key)}/slates/{in_path(number)}/lines",
            {"limit": limit, "outcome": outcome, "q": q, "sort": sort},
        )

    def list_settled_slates(self, programme: str, key: str) -> Answer[SettledSlateList]:
        """List the settled slates of a call."""
        return self._call("GET", f"/api/v1/programmes/{in_path(programme)}/calls/{in_path(key)}/slates")

    def list_slate_lines(
        self,
        programme: str,
        key: str,
        *,
        limit: int | None = None,
        decided: Literal["open", "accept", "reserve", "decline", "revise"] | None = None,
        proposed: Literal["accept", "reserve", "decline", "revise"] | None = None,
        equal: Literal["True", "False"] | None = None,
        changed: Literal["True", "False"] | None = None,
        again: Literal["True", "False"] | None = None,
        home: str | None = None,
        q: str | None = None,
        sort: Literal[
            "rank",
            "-rank",
            "reference",
            "-reference",
            "applicant",
            "-applicant",
            "home",
            "-home",
            "from_home",
            "-from_home",
            "before",
            "-before",
            "raw",
            "-raw",
            "calibrated",
            "-calibrated",
            "spread",
            "-spread",
            "reviews",
            "-reviews",
            "proposed",
            "-proposed",
            "decided",
            "-decided",
        ]
        | None = None,
    ) -> Iterator[SlateRowShown]:
        """List the applications whose decision is due, from the best score down."""
        return self._rows(
            f"/api/v1/programmes/{in_path(programme)}/calls/{in_path(key)}/slate/lines",
            {
                "limit": limit,
                "decided": decided,
                "proposed": proposed,
                "equal": equal,
                "changed": changed,
                "again": again,
                "home": home,
                "q": q,
                "sort": sort,
            },
        )

    def list_space_applications(
        self,
        key: str,
        *,
        limit: int | None = None,
        state: Literal["waiting", "offered", "placed", "withdrawn", "refused"] | None = None,
        kind: Literal["office", "lab", "room", "desk", "equipment", "common"] | None = None,
        q: str | None = None,
        sort: Literal[
            "place",
            "-place",
            "kind",
            "-kind",
            "area",
            "-area",
            "from_on",
            "-from_on",
            "applied",
            "-applied",
            "state",
            "-state",
        ]
        | None = None,
    ) -> Iterator[ApplicationShown]:
        """List the applications for space."""
        return self._rows(
            f"/api/v1/work-spaces/{in_path(key)}/applications",
            {"limit": limit, "state": state, "kind": kind, "q": q, "sort": sort},
        )

    def list_spaces(
        self,
        key: str,
        *,
        limit: int | None = None,
        kind: Literal["office", "lab", "room", "desk", "equipment", "common"] | None = None,
        state: Literal["free", "ending", "let", "bookable", "common", "shut", "closed"] | None = None,
        operation: Literal["on", "off"] | None = None,
        building: str | None = None,
        floor: str | None = None,
        features: str | None = None,
        q: str | None = None,
        sort: Literal[
            "code",
            "-code",
            "kind",
            "-kind",
            "floor",
            "-floor",
            "area",
            "-area",
            "capacity",
            "-capacity",
            "held_until",
            "-held_until",
            "starts_on",
            "-starts_on",
            "ends_on",
            "-ends_on",
        ]
        | None = None,
    ) -> Iterator[SpaceShown]:
        """List the spaces of a work space."""
        return self._rows(
            f"/api/v1/work-spaces/{in_path(key)}/spaces",
            {
                "limit": limit,
                "kind": kind,
                "state": state,
                "operation": operation,
                "building": building,
                "floor": floor,
                "features": features,
                "q": q,
                "sort": sort,
            },
        )

    def list_teams(
        self,
        key: str,
        *,
        limit: int | None = None,
        standing: Literal["resident", "waiting", "graduated", "left", "registered"] | None = None,
        kind: Literal["incubated", "service", "partner"] | None = None,
        origin: Literal["domestic", "international"] | None = None,
        stage: Literal["idea", "seed", "early", "growth", "mature"] | None = None,
        stale: str | None = None,
        q: str | None = None,
        sort: Literal[
            "name",
            "-name",
            "standing",
            "-standing",
            "origin",
            "-origin",
            "stage",
            "-stage",
            "jobs",
            "-jobs",
            "reported_on",
            "-reported_on",
            "kind",
            "-kind",
            "country",
            "-country",
            "key",
            "-key",
        ]
        | None = None,
    ) -> Iterator[TeamShown]:
        """List the teams of a work space."""
        return self._rows(
            f"/api/v1/work-spaces/{in_path(key)}/teams",
            {
                "limit": limit,
                "standing": standing,
                "kind": kind,
                "origin": origin,
                "stage": stage,
                "stale": stale,
                "q": q,
                "sort": sort,
            },
        )

    def list_tenancies(
        self,
        key: str,
        *,
        limit: int | None = None,
        state: Literal["offered", "signed", "declined", "lapsed", "ended"] | None = None,
        since: str | None = None,
        until: str | None = None,
        q: str | None = None,
        sort: Literal[
            "number",
            "-number",
            "team",
            "-team",
            "area",
            "-area",
            "starts_on",
            "-starts_on",
            "until_on",
            "-until_on",
            "state",
            "-state",
        ]
        | None = None,
    ) -> Iterator[TenancyRowShown]:
        """List the tenancies of a work space."""
        return self._rows(
            f"/api/v1/work-spaces/{in_path(key)}/tenancies",
            {"limit": limit, "state": state, "since": since, "until": until, "q": q, "sort": sort},
        )

    def list_versions(self, key: str) -> Answer[VersionList]:
        """List the versions that were put forward, the latest first."""
        return self._call("GET", f"/api/v1/negotiations/{in_path(key)}/versions")

    def list_views(
        self,
        *,
        limit: int | None = None,
        q: str | None = None,
        sort: Literal["name", "-name", "path", "-path"] | None = None,
    ) -> Iterator[ViewShown]:
        """List your own saved views."""
        return self._rows("/api/v1/views", {"limit": limit, "q": q, "sort": sort})

    def list_webhooks(
        self,
        *,
        limit: int | None = None,
        state: Literal["active", "paused", "disabled"] | None = None,
        q: str | None = None,
        sort: Literal[
            "name",
            "-name",
            "institution",
            "-institution",
            "url",
            "-url",
            "state",
            "-state",
            "failing_since_at",
            "-failing_since_at",
        ]
        | None = None,
    ) -> Iterator[WebhookShown]:
        """List the connected systems of your institutions."""
        return self._rows("/api/v1/webhooks", {"limit": limit, "state": state, "q": q, "sort": sort})

    def list_work_spaces(
        self,
        *,
        limit: int | None = None,
        sort: Literal["name", "-name", "operator", "-operator", "teams", "-teams", "jobs", "-jobs"] | None = None,
    ) -> Iterator[SiteShown]:
        """List the work spaces that you may see."""
        return self._rows("/api/v1/work-spaces", {"limit": limit, "sort": sort})

    def lock_panel_assignment(
        self, number: int, assignment: int, body: NothingSent, *, if_match: str
    ) -> Answer[AssignmentShown]:
        """Lock an assignment."""
        return self._call(
            "POST",
            f"/api/v1/panels/{in_path(number)}/assignments/{in_path(assignment)}/lock",
            body=body,
            media="application/json",
            headers={"If-Match": if_match},
        )

    def mark_notice_read(self, number: int) -> Answer[NoticeShown]:
        """Mark a notice as read."""
        return self._call("POST", f"/api/v1/notices/{in_path(number)}/read")

    def mark_notice_unread(self, number: int) -> Answer[NoticeShown]:
        """Put a notice back among the unread ones."""
        return self._call("POST", f"/api/v1/notices/{in_path(number)}/unread")

    def pause_webhook(self, number: int) -> Answer[WebhookShown]:
        """Post nothing to a system until it goes on."""
        return self._call("POST", f"/api/v1/webhooks/{in_path(number)}/pause")

    def plan_agreement_file(self, body: str) -> Answer[PlanShown]:
        """Check an agreement file and say what applying it would change."""
        return self._call("POST", "/api/v1/agreement-plans", body=body, media="application/yaml")

    def prepare_call(self, programme: str, body: CallSent, *, idempotency_key: str | None = None) -> Answer[CallShown]:
        """Prepare a call."""
        return self._call(
            "POST",
            f"/api/v1/programmes/{in_path(programme)}/calls",
            body=body,
            media="application/json",
            headers={"Idempotency-Key": idempotency_key},
            creates=True,
        )

    def promote_from_reserve(
        self, programme: str, key: str, body: PromotionSent, *, idempotency_key: str | None = None
    ) -> Answer[SettledSlateShown]:
        """Let the next of the reserve list move up."""
        return self._call(
            "POST",
            f"/api/v1/programmes/{in_path(programme)}/calls/{in_path(key)}/reserve/promotions",
            body=body,
            media="application/json",
            headers={"Idempotency-Key": idempotency_key},
            creates=True,
        )

    def publish_call_form(self, programme: str, key: str, body: NothingSent, *, if_match: str) -> Answer[FormShown]:
        """Publish the draft of the form."""
        return self._call(
            "POST",
            f"/api/v1/programmes/{in_path(programme)}/calls/{in_path(key)}/form/publication",
            body=body,
            media="application/json",
            headers={"If-Match": if_match},
        )

    def put_forward(self, key: str, body: DraftSent, *, idempotency_key: str | None = None) -> Answer[VersionShown]:
        """Put the draft forward as the next version."""
        return self._call(
            "POST",
            f"/api/v1/negotiations/{in_path(key)}/versions",
            body=body,
            media="application/json",
            headers={"Idempotency-Key": idempotency_key},
            creates=True,
        )

    def rank_wishes(self, reference: str, body: WishesSent, *, if_match: str) -> Answer[WishesShown]:
        """Rank the places that one wants, the first choice first."""
        return self._call(
            "PUT",
            f"/api/v1/applications/{in_path(reference)}/wishes",
            body=body,
            media="application/json",
            headers={"If-Match": if_match},
        )

    def read_agreement(self, key: str, *, if_none_match: str | None = None) -> Answer[AgreementShown]:
        """Read an agreement."""
        return self._call("GET", f"/api/v1/agreements/{in_path(key)}", headers={"If-None-Match": if_none_match})

    def read_agreement_data(self, key: str, *, if_none_match: str | None = None) -> Answer[dict[str, Any]]:
        """Read an agreement's file as JSON."""
        return self._call(
            "GET", f"/api/v1/agreements/{in_path(key)}/file.json", headers={"If-None-Match": if_none_match}
        )

    def read_agreement_file(self, key: str, *, if_none_match: str | None = None) -> Answer[str]:
        """Read an agreement's file as YAML."""
        return self._call("GET", f"/api/v1/agreements/{in_path(key)}/file", headers={"If-None-Match": if_none_match})

    def read_all_notices(
        self,
    ) -> Answer[MarkedShown]:
        """Mark everything that reached you as read."""
        return self._call("POST", "/api/v1/notices/read")

    def read_application_form(self, reference: str, *, if_none_match: str | None = None) -> Answer[FormAsked]:
        """Read the form of one's own application."""
        return self._call(
            "GET", f"/api/v1/applications/{in_path(reference)}/form", headers={"If-None-Match": if_none_match}
        )

    def read_board(self, key: str, *, as_of: str | None = None, known_on: str | None = None) -> Answer[BoardShown]:
        """Read an agreement's board: promised against delivered."""
        return self._call(
            "GET", f"/api/v1/agreements/{in_path(key)}/board", query={"as_of": as_of, "known_on": known_on}
        )

    def read_booking(self, key: str, number: int, *, if_none_match: str | None = None) -> Answer[BookingShown]:
        """Read one booking."""
        return self._call(
            "GET",
            f"/api/v1/work-spaces/{in_path(key)}/bookings/{in_path(number)}",
            headers={"If-None-Match": if_none_match},
        )

    def read_call(self, programme: str, key: str, *, if_none_match: str | None = None) -> Answer[CallShown]:
        """Read one call."""
        return self._call(
            "GET",
            f"/api/v1/programmes/{in_path(programme)}/calls/{in_path(key)}",
            headers={"If-None-Match": if_none_match},
        )

    def read_call_application(
        self, programme: str, key: str, reference: str, *, if_none_match: str | None = None
    ) -> Answer[CallApplicationShown]:
        """Read where one application stands."""
        return self._call(
            "GET",
            f"/api/v1/programmes/{in_path(programme)}/calls/{in_path(key)}/applications/{in_path(reference)}",
            headers={"If-None-Match": if_none_match},
        )

    def read_call_form(self, programme: str, key: str, *, if_none_match: str | None = None) -> Answer[FormShown]:
        """Read the form of a call as data."""
        return self._call(
            "GET",
            f"/api/v1/programmes/{in_path(programme)}/calls/{in_path(key)}/form",
            headers={"If-None-Match": if_none_match},
        )

    def read_call_workflow(
        self, programme: str, key: str, *, if_none_match: str | None = None
    ) -> Answer[WorkflowShown]:
        """Read how applications to a call move."""
        return self._call(
            "GET",
            f"/api/v1/programmes/{in_path(programme)}/calls/{in_path(key)}/workflow",
            headers={"If-None-Match": if_none_match},
        )

    def read_change(self, record: str, part: str, number: int) -> Answer[ChangeShown]:
        """Read one change."""
        return self._call("GET", f"/api/v1/history/{in_path(record)}/changes/{in_path(part)}/{in_path(number)}")

    def read_clause(self, key: str, place: str, *, if_none_match: str | None = None) -> Answer[DraftClauseShown]:
        """Read a clause of the draft."""
        return self._call(
            "GET",
            f"/api/v1/negotiations/{in_path(key)}/draft/clauses/{in_path(place)}",
            headers={"If-None-Match": if_none_match},
        )

    def read_clause_amendment(
        self, key: str, place: str, *, if_none_match: str | None = None
    ) -> Answer[DraftClauseShown]:
        """Read the new wording that a signed clause shall get."""
        return self._call(
            "GET",
            f"/api/v1/negotiations/{in_path(key)}/draft/clause-amendments/{in_path(place)}",
            headers={"If-None-Match": if_none_match},
        )

    def read_dossier(self, key: str) -> Answer[DossierShown]:
        """Read what became of every promise of an agreement."""
        return self._call("GET", f"/api/v1/agreements/{in_path(key)}/dossier")

    def read_draft(self, key: str, *, if_none_match: str | None = None) -> Answer[DraftShown]:
        """Read the draft."""
        return self._call("GET", f"/api/v1/negotiations/{in_path(key)}/draft", headers={"If-None-Match": if_none_match})

    def read_draft_changes(self, key: str) -> Answer[DraftChangesShown]:
        """Read what the draft would change."""
        return self._call("GET", f"/api/v1/negotiations/{in_path(key)}/draft/changes")

    def read_draft_promise(
        self, key: str, place: str, *, if_none_match: str | None = None
    ) -> Answer[DraftPromiseShown]:
        """Read a promise of the draft."""
        return self._call(
            "GET",
            f"/api/v1/negotiations/{in_path(key)}/draft/promises/{in_path(place)}",
            headers={"If-None-Match": if_none_match},
        )

    def read_draw(self, programme: str, key: str) -> Answer[DrawShown]:
        """Read how equal scores were told apart, to repeat the draw."""
        return self._call("GET", f"/api/v1/programmes/{in_path(programme)}/calls/{in_path(key)}/draw")

    def read_engagement(self, key: str, number: int, *, if_none_match: str | None = None) -> Answer[EngagementShown]:
        """Read one meeting."""
        return self._call(
            "GET",
            f"/api/v1/agreements/{in_path(key)}/engagements/{in_path(number)}",
            headers={"If-None-Match": if_none_match},
        )

    def read_evidence(self, key: str, number: int, *, if_none_match: str | None = None) -> Answer[EvidenceShown]:
        """Read one entry and what the other side said of it."""
        return self._call(
            "GET",
            f"/api/v1/agreements/{in_path(key)}/evidence/{in_path(number)}",
            headers={"If-None-Match": if_none_match},
        )

    def read_file(self, number: int, *, if_none_match: str | None = None) -> Answer[FileShown]:
        """Read what a file is."""
        return self._call("GET", f"/api/v1/files/{in_path(number)}", headers={"If-None-Match": if_none_match})

    def read_file_link(self, number: int) -> Answer[LinkShown]:
        """Read an address that hands a file out for five minutes."""
        return self._call("GET", f"/api/v1/files/{in_path(number)}/link")

    def read_head(self, key: str, *, if_none_match: str | None = None) -> Answer[HeadShown]:
        """Read what the draft says of the agreement as a whole."""
        return self._call(
            "GET", f"/api/v1/negotiations/{in_path(key)}/draft/head", headers={"If-None-Match": if_none_match}
        )

    def read_head_of_chain(
        self,
    ) -> Answer[ChainHeadShown]:
        """Read the last seal."""
        return self._call("GET", "/api/v1/seals/head")

    def read_held_letters(self, number: int, *, if_none_match: str | None = None) -> Answer[HeldLettersShown]:
        """Read how many letters wait together, and what was decided."""
        return self._call("GET", f"/api/v1/held-letters/{in_path(number)}", headers={"If-None-Match": if_none_match})

    def read_impact(self, key: str, number: int) -> Answer[ImpactShown]:
        """Read what a version does to running promises."""
        return self._call("GET", f"/api/v1/negotiations/{in_path(key)}/versions/{in_path(number)}/impact")

    def read_institution(self, key: str, *, if_none_match: str | None = None) -> Answer[InstitutionShown]:
        """Read one institution."""
        return self._call("GET", f"/api/v1/institutions/{in_path(key)}", headers={"If-None-Match": if_none_match})

    def read_me(
        self,
    ) -> Answer[MeShown]:
        """Read who the request acts for."""
        return self._call("GET", "/api/v1/me")

    def read_measure(self, code: str) -> Answer[MeasureShown]:
        """Read one measure."""
        return self._call("GET", f"/api/v1/measures/{in_path(code)}")

    def read_negotiation(self, key: str, *, if_none_match: str | None = None) -> Answer[NegotiationWhole]:
        """Read a negotiation."""
        return self._call("GET", f"/api/v1/negotiations/{in_path(key)}", headers={"If-None-Match": if_none_match})

    def read_notice(self, number: int) -> Answer[NoticeShown]:
        """Read one notice."""
        return self._call("GET", f"/api/v1/notices/{in_path(number)}")

    def read_notice_settings(self, *, if_none_match: str | None = None) -> Answer[SettingsShown]:
        """Read what you want to be told."""
        return self._call("GET", "/api/v1/notice-settings", headers={"If-None-Match": if_none_match})

    def read_own_application(self, reference: str, *, if_none_match: str | None = None) -> Answer[OwnApplication]:
        """Read one's own application."""
        return self._call("GET", f"/api/v1/applications/{in_path(reference)}", headers={"If-None-Match": if_none_match})

    def read_own_decision(self, reference: str) -> Answer[DecisionShown]:
        """Read the decision on one's own application."""
        return self._call("GET", f"/api/v1/applications/{in_path(reference)}/decision")

    def read_own_offer(self, reference: str, *, if_none_match: str | None = None) -> Answer[OwnOffer]:
        """Read the last offer of a place to one's own application."""
        return self._call(
            "GET", f"/api/v1/applications/{in_path(reference)}/offer", headers={"If-None-Match": if_none_match}
        )

    def read_own_result(self, reference: str) -> Answer[ResultShown]:
        """Read what a published match gave to one's own application."""
        return self._call("GET", f"/api/v1/applications/{in_path(reference)}/result")

    def read_own_review(self, number: int, *, if_none_match: str | None = None) -> Answer[OwnReview]:
        """Read one's own review of an item."""
        return self._call("GET", f"/api/v1/reviews/{in_path(number)}", headers={"If-None-Match": if_none_match})

    def read_panel(self, number: int, *, if_none_match: str | None = None) -> Answer[PanelShown]:
        """Read one panel."""
        return self._call("GET", f"/api/v1/panels/{in_path(number)}", headers={"If-None-Match": if_none_match})

    def read_panel_assignment(
        self, number: int, assignment: int, *, if_none_match: str | None = None
    ) -> Answer[AssignmentShown]:
        """Read one assignment."""
        return self._call(
            "GET",
            f"/api/v1/panels/{in_path(number)}/assignments/{in_path(assignment)}",
            headers={"If-None-Match": if_none_match},
        )

    def read_party(self, key: str, institution: str, *, if_none_match: str | None = None) -> Answer[DraftPartyShown]:
        """Read an institution's part in the draft."""
        return self._call(
            "GET",
            f"/api/v1/negotiations/{in_path(key)}/draft/parties/{in_path(institution)}",
            headers={"If-None-Match": if_none_match},
        )

    def read_person(self, number: int, *, if_none_match: str | None = None) -> Answer[PersonShown]:
        """Read one person."""
        return self._call("GET", f"/api/v1/persons/{in_path(number)}", headers={"If-None-Match": if_none_match})

    def read_placement(self, reference: str, *, if_none_match: str | None = None) -> Answer[PlacementShown]:
        """Read one placement."""
        return self._call("GET", f"/api/v1/placements/{in_path(reference)}", headers={"If-None-Match": if_none_match})

    def read_post(self, number: int, post: int) -> Answer[PostWhole]:
        """Read one post."""
        return self._call("GET", f"/api/v1/webhooks/{in_path(number)}/posts/{in_path(post)}")

    def read_promise(
        self, key: str, promise: str, *, as_of: str | None = None, known_on: str | None = None
    ) -> Answer[StandingShown]:
        """Read how one promise stands."""
        return self._call(
            "GET",
            f"/api/v1/agreements/{in_path(key)}/promises/{in_path(promise)}",
            query={"as_of": as_of, "known_on": known_on},
        )

    def read_promise_amendment(
        self, key: str, place: str, *, if_none_match: str | None = None
    ) -> Answer[DraftPromiseShown]:
        """Read the new target or deadline that a signed promise shall get."""
        return self._call(
            "GET",
            f"/api/v1/negotiations/{in_path(key)}/draft/promise-amendments/{in_path(place)}",
            headers={"If-None-Match": if_none_match},
        )

    def read_record_then(self, record: str, *, moment: str | None = None) -> Answer[ThenShown]:
        """Read a record as it stood at a moment."""
        return self._call("GET", f"/api/v1/history/{in_path(record)}/then", query={"moment": moment})

    def read_report(self, key: str, team: str, number: int, *, if_none_match: str | None = None) -> Answer[ReportShown]:
        """Read one report of a team."""
        return self._call(
            "GET",
            f"/api/v1/work-spaces/{in_path(key)}/teams/{in_path(team)}/reports/{in_path(number)}",
            headers={"If-None-Match": if_none_match},
        )

    def read_request(self, key: str, number: int, *, if_none_match: str | None = None) -> Answer[RequestWhole]:
        """Read a requested change with its replies and the answer."""
        return self._call(
            "GET",
            f"/api/v1/negotiations/{in_path(key)}/requests/{in_path(number)}",
            headers={"If-None-Match": if_none_match},
        )

    def read_slate(self, programme: str, key: str, *, if_none_match: str | None = None) -> Answer[SlateShown]:
        """Read how the open slate of a call stands."""
        return self._call(
            "GET",
            f"/api/v1/programmes/{in_path(programme)}/calls/{in_path(key)}/slate",
            headers={"If-None-Match": if_none_match},
        )

    def read_slate_line(
        self, programme: str, key: str, reference: str, *, if_none_match: str | None = None
    ) -> Answer[SlateRowShown]:
        """Read one line of the slate."""
        return self._call(
            "GET",
            f"/api/v1/programmes/{in_path(programme)}/calls/{in_path(key)}/slate/lines/{in_path(reference)}",
            headers={"If-None-Match": if_none_match},
        )

    def read_slate_order(self, programme: str, key: str, number: int) -> Answer[SlateOrderShown]:
        """Read the order of a settled slate."""
        return self._call(
            "GET", f"/api/v1/programmes/{in_path(programme)}/calls/{in_path(key)}/slates/{in_path(number)}/order"
        )

    def read_space(self, key: str, number: int, *, if_none_match: str | None = None) -> Answer[SpaceShown]:
        """Read one space."""
        return self._call(
            "GET",
            f"/api/v1/work-spaces/{in_path(key)}/spaces/{in_path(number)}",
            headers={"If-None-Match": if_none_match},
        )

    def read_space_application(
        self, key: str, number: int, *, if_none_match: str | None = None
    ) -> Answer[ApplicationShown]:
        """Read one application."""
        return self._call(
            "GET",
            f"/api/v1/work-spaces/{in_path(key)}/applications/{in_path(number)}",
            headers={"If-None-Match": if_none_match},
        )

    def read_team(self, key: str, team: str, *, if_none_match: str | None = None) -> Answer[TeamShown]:
        """Read one team."""
        return self._call(
            "GET", f"/api/v1/work-spaces/{in_path(key)}/teams/{in_path(team)}", headers={"If-None-Match": if_none_match}
        )

    def read_tenancy(self, key: str, number: int, *, if_none_match: str | None = None) -> Answer[TenancyShown]:
        """Read one tenancy."""
        return self._call(
            "GET",
            f"/api/v1/work-spaces/{in_path(key)}/tenancies/{in_path(number)}",
            headers={"If-None-Match": if_none_match},
        )

    def read_version(self, key: str, number: int, *, if_none_match: str | None = None) -> Answer[VersionShown]:
        """Read one version."""
        return self._call(
            "GET",
            f"/api/v1/negotiations/{in_path(key)}/versions/{in_path(number)}",
            headers={"If-None-Match": if_none_match},
        )

    def read_version_data(self, key: str, number: int, *, if_none_match: str | None = None) -> Answer[dict[str, Any]]:
        """Read the text of a version as JSON."""
        return self._call(
            "GET",
            f"/api/v1/negotiations/{in_path(key)}/versions/{in_path(number)}/file.json",
            headers={"If-None-Match": if_none_match},
        )

    def read_version_file(self, key: str, number: int, *, if_none_match: str | None = None) -> Answer[str]:
        """Read the canonical text of a version."""
        return self._call(
            "GET",
            f"/api/v1/negotiations/{in_path(key)}/versions/{in_path(number)}/file",
            headers={"If-None-Match": if_none_match},
        )

    def read_view(self, number: int, *, if_none_match: str | None = None) -> Answer[ViewShown]:
        """Read one of your own saved views."""
        return self._call("GET", f"/api/v1/views/{in_path(number)}", headers={"If-None-Match": if_none_match})

    def read_webhook(self, number: int, *, if_none_match: str | None = None) -> Answer[WebhookShown]:
        """Read one connected system."""
        return self._call("GET", f"/api/v1/webhooks/{in_path(number)}", headers={"If-None-Match": if_none_match})

    def read_wishes(self, reference: str, *, if_none_match: str | None = None) -> Answer[WishesShown]:
        """Read which places one wants."""
        return self._call(
            "GET", f"/api/v1/applications/{in_path(reference)}/wishes", headers={"If-None-Match": if_none_match}
        )

    def read_work_space(self, key: str, *, if_none_match: str | None = None) -> Answer[SiteShown]:
        """Read one work space."""
        return self._call("GET", f"/api/v1/work-spaces/{in_path(key)}", headers={"If-None-Match": if_none_match})

    def record_engagement(
        self, key: str, body: EngagementSent, *, idempotency_key: str | None = None
    ) -> Answer[EngagementShown]:
        """Record a meeting that took place."""
        return self._call(
            "POST",
            f"/api/v1/agreements/{in_path(key)}/engagements",
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
            f"/api/v1/agreements/{in_path(key)}/promises/{in_path(promise)}/evidence",
            body=body,
            media="application/json",
            headers={"Idempotency-Key": idempotency_key},
            creates=True,
        )

    def release_held_letters(self, number: int, body: NothingSent, *, if_match: str) -> Answer[HeldLettersShown]:
        """Let every letter go."""
        return self._call(
            "POST",
            f"/api/v1/held-letters/{in_path(number)}/release",
            body=body,
            media="application/json",
            headers={"If-Match": if_match},
        )

    def release_reviewer(
        self, number: int, assignment: int, body: ReleaseSent, *, if_match: str
    ) -> Answer[AssignmentShown]:
        """Take a reviewer off an item, with a reason."""
        return self._call(
            "POST",
            f"/api/v1/panels/{in_path(number)}/assignments/{in_path(assignment)}/release",
            body=body,
            media="application/json",
            headers={"If-Match": if_match},
        )

    def replace_call_form(self, programme: str, key: str, body: FormSent, *, if_match: str) -> Answer[FormShown]:
        """Replace the draft of the form."""
        return self._call(
            "PUT",
            f"/api/v1/programmes/{in_path(programme)}/calls/{in_path(key)}/form",
            body=body,
            media="application/json",
            headers={"If-Match": if_match},
        )

    def replace_call_workflow(
        self, programme: str, key: str, body: WorkflowSent, *, if_match: str
    ) -> Answer[WorkflowShown]:
        """Replace the workflow of a call before anybody was promised it."""
        return self._call(
            "PUT",
            f"/api/v1/programmes/{in_path(programme)}/calls/{in_path(key)}/workflow",
            body=body,
            media="application/json",
            headers={"If-Match": if_match},
        )

    def replace_webhook_secret(self, number: int, *, idempotency_key: str | None = None) -> Answer[WebhookMade]:
        """Give a system a new secret."""
        return self._call(
            "POST",
            f"/api/v1/webhooks/{in_path(number)}/secrets",
            headers={"Idempotency-Key": idempotency_key},
            creates=True,
        )

    def replay_post(self, number: int, post: int) -> Answer[PostWhole]:
        """Post one thing again."""
        return self._call("POST", f"/api/v1/webhooks/{in_path(number)}/posts/{in_path(post)}/replay")

    def replay_posts(self, number: int, body: SinceSent) -> Answer[ReplayedShown]:
        """Post again what a system did not take since a day."""
        return self._call("POST", f"/api/v1/webhooks/{in_path(number)}/replay", body=body, media="application/json")

    def reply_to_request(
        self, key: str, number: int, body: ReplySent, *, idempotency_key: str | None = None
    ) -> Answer[ReplyShown]:
        """Reply to a requested change."""
        return self._call(
            "POST",
            f"/api/v1/negotiations/{in_path(key)}/requests/{in_path(number)}/replies",
            body=body,
            media="application/json",
            headers={"Idempotency-Key": idempotency_key},
            creates=True,
        )

    def report_quarter(
        self, key: str, team: str, body: ReportSent, *, idempotency_key: str | None = None
    ) -> Answer[ReportShown]:
        """Report a quarter for a team."""
        return self._call(
            "POST",
            f"/api/v1/work-spaces/{in_path(key)}/teams/{in_path(team)}/reports",
            body=body,
            media="application/json",
            headers={"Idempotency-Key": idempotency_key},
            creates=True,
        )

    def resume_webhook(self, number: int) -> Answer[WebhookShown]:
        """Post to a system again."""
        return self._call("POST", f"/api/v1/webhooks/{in_path(number)}/resume")

    def save_view(self, body: ViewSent) -> Answer[ViewShown]:
        """Keep a list under a name."""
        return self._call("POST", "/api/v1/views", body=body, media="application/json")

    def settle_open_slate(
        self, programme: str, key: str, body: NothingSent, *, if_match: str
    ) -> Answer[SettledSlateShown]:
        """Settle the open slate."""
        return self._call(
            "POST",
            f"/api/v1/programmes/{in_path(programme)}/calls/{in_path(key)}/slate/settlement",
            body=body,
            media="application/json",
            headers={"If-Match": if_match},
        )

    def sign_version(self, key: str, body: SignatureSent) -> Answer[NegotiationWhole]:
        """Enter who signed the approved version for your party."""
        return self._call("POST", f"/api/v1/negotiations/{in_path(key)}/sign", body=body, media="application/json")

    def start_amendment(self, key: str, *, idempotency_key: str | None = None) -> Answer[NegotiationWhole]:
        """Begin to negotiate an amendment of a signed agreement."""
        return self._call(
            "POST",
            f"/api/v1/agreements/{in_path(key)}/amendments",
            headers={"Idempotency-Key": idempotency_key},
            creates=True,
        )

    def start_negotiation(
        self, body: NegotiationSent, *, idempotency_key: str | None = None
    ) -> Answer[NegotiationWhole]:
        """Begin to negotiate a new agreement."""
        return self._call(
            "POST",
            "/api/v1/negotiations",
            body=body,
            media="application/json",
            headers={"Idempotency-Key": idempotency_key},
            creates=True,
        )

    def start_renewal(self, key: str, *, idempotency_key: str | None = None) -> Answer[NegotiationWhole]:
        """Begin to negotiate a renewal."""
        return self._call(
            "POST",
            f"/api/v1/agreements/{in_path(key)}/renewals",
            headers={"Idempotency-Key": idempotency_key},
            creates=True,
        )

    def strike_engagement(self, key: str, number: int, *, if_match: str) -> Answer[None]:
        """Strike a meeting that was recorded by mistake."""
        return self._call(
            "DELETE", f"/api/v1/agreements/{in_path(key)}/engagements/{in_path(number)}", headers={"If-Match": if_match}
        )

    def submit_application(self, reference: str, body: SubmitSent, *, if_match: str) -> Answer[OwnApplication]:
        """Submit an application."""
        return self._call(
            "POST",
            f"/api/v1/applications/{in_path(reference)}/submission",
            body=body,
            media="application/json",
            headers={"If-Match": if_match},
        )

    def take_application_step(
        self, programme: str, key: str, reference: str, body: StepSent
    ) -> Answer[CallApplicationShown]:
        """Take a step of the office."""
        return self._call(
            "POST",
            f"/api/v1/programmes/{in_path(programme)}/calls/{in_path(key)}/applications/{in_path(reference)}/steps",
            body=body,
            media="application/json",
        )

    def take_back_request(self, key: str, number: int, *, if_match: str) -> Answer[RequestWhole]:
        """Take your own request back."""
        return self._call(
            "POST",
            f"/api/v1/negotiations/{in_path(key)}/requests/{in_path(number)}/take-back",
            headers={"If-Match": if_match},
        )

    def take_file_away(self, number: int, *, if_match: str) -> Answer[None]:
        """Take a file away from its record."""
        return self._call("DELETE", f"/api/v1/files/{in_path(number)}", headers={"If-Match": if_match})

    def take_new_form(self, reference: str, body: NothingSent, *, if_match: str) -> Answer[OwnApplication]:
        """Move a draft to the newest version of the form."""
        return self._call(
            "POST",
            f"/api/v1/applications/{in_path(reference)}/new-form",
            body=body,
            media="application/json",
            headers={"If-Match": if_match},
        )

    def take_out_clause(self, key: str, place: str, *, if_match: str) -> Answer[None]:
        """Take a clause out of the draft."""
        return self._call(
            "DELETE",
            f"/api/v1/negotiations/{in_path(key)}/draft/clauses/{in_path(place)}",
            headers={"If-Match": if_match},
        )

    def take_out_clause_amendment(self, key: str, place: str, *, if_match: str) -> Answer[None]:
        """Take the new wording of a signed clause out of the draft."""
        return self._call(
            "DELETE",
            f"/api/v1/negotiations/{in_path(key)}/draft/clause-amendments/{in_path(place)}",
            headers={"If-Match": if_match},
        )

    def take_out_party(self, key: str, institution: str, *, if_match: str) -> Answer[None]:
        """Take an institution out of the draft."""
        return self._call(
            "DELETE",
            f"/api/v1/negotiations/{in_path(key)}/draft/parties/{in_path(institution)}",
            headers={"If-Match": if_match},
        )

    def take_out_promise(self, key: str, place: str, *, if_match: str) -> Answer[None]:
        """Take a promise out of the draft."""
        return self._call(
            "DELETE",
            f"/api/v1/negotiations/{in_path(key)}/draft/promises/{in_path(place)}",
            headers={"If-Match": if_match},
        )

    def take_out_promise_amendment(self, key: str, place: str, *, if_match: str) -> Answer[None]:
        """Take the amendment of a signed promise out of the draft."""
        return self._call(
            "DELETE",
            f"/api/v1/negotiations/{in_path(key)}/draft/promise-amendments/{in_path(place)}",
            headers={"If-Match": if_match},
        )

    def take_slate_proposals(self, programme: str, key: str, body: ReasonsSent, *, if_match: str) -> Answer[SlateShown]:
        """Decide as proposed wherever nobody decided by hand."""
        return self._call(
            "POST",
            f"/api/v1/programmes/{in_path(programme)}/calls/{in_path(key)}/slate/proposals",
            body=body,
            media="application/json",
            headers={"If-Match": if_match},
        )

    def try_webhook(self, number: int) -> Answer[WebhookShown]:
        """Post a trial to a system."""
        return self._call("POST", f"/api/v1/webhooks/{in_path(number)}/try")

    def undo_change(self, record: str, part: str, number: int) -> Answer[ChangeShown]:
        """Undo one change."""
        return self._call("POST", f"/api/v1/history/{in_path(record)}/changes/{in_path(part)}/{in_path(number)}/undo")

    def unlock_panel_assignment(
        self, number: int, assignment: int, body: NothingSent, *, if_match: str
    ) -> Answer[AssignmentShown]:
        """Unlock an assignment."""
        return self._call(
            "POST",
            f"/api/v1/panels/{in_path(number)}/assignments/{in_path(assignment)}/unlock",
            body=body,
            media="application/json",
            headers={"If-Match": if_match},
        )

    def withdraw_application(self, reference: str, body: WithdrawSent, *, if_match: str) -> Answer[OwnApplication]:
        """Withdraw an application for a reason."""
        return self._call(
            "POST",
            f"/api/v1/applications/{in_path(reference)}/withdrawal",
            body=body,
            media="application/json",
            headers={"If-Match": if_match},
        )

    def withdraw_evidence(self, key: str, number: int, body: ReasonSent, *, if_match: str) -> Answer[EvidenceShown]:
        """Withdraw an entry of one's own side."""
        return self._call(
            "POST",
            f"/api/v1/agreements/{in_path(key)}/evidence/{in_path(number)}/withdraw",
            body=body,
            media="application/json",
            headers={"If-Match": if_match},
        )

    def withdraw_negotiation(self, key: str, body: ReasonSent, *, if_match: str) -> Answer[NegotiationWhole]:
        """End a negotiation without an agreement, for a reason."""
        return self._call(
            "POST",
            f"/api/v1/negotiations/{in_path(key)}/withdraw",
            body=body,
            media="application/json",
            headers={"If-Match": if_match},
        )

    def write_application_answers(
        self, reference: str, section: str, body: AnswersSent, *, if_match: str
    ) -> Answer[FormAsked]:
        """Keep answers of one section, half ones too."""
        return self._call(
            "PATCH",
            f"/api/v1/applications/{in_path(reference)}/form/{in_path(section)}",
            body=body,
            media="application/json",
            headers={"If-Match": if_match},
        )
