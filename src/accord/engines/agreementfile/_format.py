"""The format itself: every key of an agreement file, in the order in which it is written."""

from __future__ import annotations

from typing import Final

from accord.engines.agreementfile import types
from accord.engines.agreementfile._shape import (
    Address,
    Amount,
    Choice,
    Day,
    Field,
    Flag,
    Key,
    KeysOrWords,
    Many,
    MeasureCode,
    Position,
    Record,
    TwoWords,
    Version,
    Words,
)

TITLE: Final = TwoWords(Words(longest=200))
PROSE: Final = TwoWords(Words(longest=4000, lines=True))
CONTRACT: Final = TwoWords(Words(longest=20_000, lines=True), name="contract")
PARTIES: Final = Many(Key(refers="party"), distinct=True)

_SOURCE = Field("source", Key(refers="source"), "Source", "The key of the document.", required=True)
_PARAGRAPH = Field("paragraph", Position(), "Paragraph", "Counted from 1 after the headline; empty lines do not count.")

CITATION: Final = Record("citation", types.Citation, (_SOURCE, _PARAGRAPH), flow=True)

SIGNING: Final = Record(
    "signing",
    types.Signing,
    (
        Field("on", Day(), "Signed on", "The day of signing. Leave it out where no source gives it."),
        Field("at", TITLE, "Signed at", "The place of signing.", examples=({"en": "London", "zh-hans": "伦敦"},)),
        Field("cited", CITATION, "Cited", "The source that says it was signed."),
    ),
)

TERM: Final = Record(
    "term",
    types.Term,
    (
        Field("from", Day(), "From", "The first day on which the agreement holds.", attribute="start"),
        Field("until", Day(), "Until", "The last day on which the agreement holds."),
        Field("review", Day(), "Review", "The day of the next review."),
    ),
    flow=True,
)

PARTY: Final = Record(
    "party",
    types.Party,
    (
        Field("key", Key(declares="party"), "Key", "The name by which promises refer to it.", required=True),
        Field("name", TITLE, "Name", "The name in full.", required=True),
        Field(
            "short",
            Words(longest=30),
            "Short name",
            "A short form for tables and charts.",
            examples=("Cass",),
        ),
        Field("kind", Choice(types.PartyKind), "Kind", "What sort of body it is.", required=True),
        Field("coordinator", Flag(), "Coordinator", "It looks after the agreement.", default=False),
        Field(
            "signs",
            Flag(),
            "Signs",
            "false for a body that is named in the source but did not sign.",
            default=True,
        ),
    ),
)

SOURCE: Final = Record(
    "source",
    types.Source,
    (
        Field("key", Key(declares="source"), "Key", "The name by which citations refer to it.", required=True),
        Field("title", TITLE, "Title", "The title of the document.", required=True),
        Field("published", Day(), "Published", "The day of publication; nothing it states can be later."),
        Field("publisher", TITLE, "Publisher", "Who published it."),
        Field(
            "url",
            Address(),
            "Address",
            "Where it can be read.",
            examples=("https://example.org/announcement",),
        ),
        Field("note", PROSE, "Note", "What a reader of the citations should know."),
    ),
)

SECTION: Final = Record(
    "section",
    types.Section,
    (
        Field("key", Key(declares="section"), "Key", "The name by which promises refer to it.", required=True),
        Field("title", TITLE, "Title", "The heading on the board.", required=True),
    ),
    flow=True,
)

BASELINE: Final = Record(
    "baseline",
    types.Baseline,
    (
        Field("amount", Amount(zero=True), "Amount", "The level that the source states.", required=True),
        Field("on", Day(), "On", "The day for which it is stated.", required=True),
        _SOURCE,
        _PARAGRAPH,
    ),
    flow=True,
)

PLAN_POINT: Final = Record(
    "plan-point",
    types.PlanPoint,
    (
        Field("on", Day(), "On", "The day by whose end the level is reached.", required=True),
        Field("level", Amount(zero=True), "Level", "The level of that day.", required=True),
    ),
    flow=True,
)

DONE: Final = Record(
    "done",
    types.Done,
    (
        Field("on", Day(coarse=True), "On", "The day, month or year the source gives.", required=True),
        _SOURCE,
        _PARAGRAPH,
    ),
    flow=True,
)

AMENDMENT: Final = Record(
    "amendment",
    types.Amendment,
    (
        Field("agreed", Day(), "Agreed on", "The day on which both sides agreed.", required=True),
        Field("target", Amount(), "New target", "The target from that day."),
        Field("due", Day(), "New deadline", "The deadline from that day."),
        Field("why", PROSE, "Why", "The reason, shown beside both figures.", required=True),
    ),
)

_WHO = (
    Field("by", PARTIES, "Promised by", "The parties that owe it.", required=True, examples=(["dreamworks"],)),
    Field(
        "to",
        KeysOrWords(PARTIES, TITLE),
        "Promised to",
        "The parties it is owed to, or a text for those who are no party.",
        required=True,
        examples=(["cass"], {"en": "Doctoral students", "zh-hans": "博士生"}),
    ),
)

_HOW_MUCH = (
    Field(
        "measure",
        MeasureCode(),
        "Measure",
        "What it is counted in. A target needs one, a milestone has none.",
        examples=("workspace.resident_teams",),
    ),
    Field("target", Amount(), "Target", "The number to reach. Targets only.", examples=(300,)),
    Field("about", Flag(), "About", 'The source says "about". Targets only.', default=False),
    Field("start", Day(), "Start", "The first day that counts; without it, the day of signing."),
    Field("due", Day(), "Due", "The last day to deliver. A standing promise has none."),
    Field("baseline", BASELINE, "Baseline", "A level that a source states, shown as stated."),
    Field("plan", Many(PLAN_POINT), "Plan", "Interim targets in order of date. Targets only.", default=()),
    Field("done", DONE, "Done", "That a source states it done. Milestones only."),
)

PROMISE: Final = Record(
    "promise",
    types.Commitment,
    (
        Field("key", Key(declares="promise"), "Key", "The name of the promise, never changed.", required=True),
        Field("section", Key(refers="section"), "Section", "The heading it stands under.", required=True),
        Field("title", TITLE, "Title", "A few words for the board.", required=True),
        Field("text", PROSE, "Text", "The promise in your own words.", required=True),
        Field("kind", Choice(types.PromiseKind), "Kind", "How it is kept.", required=True),
        *_WHO,
        *_HOW_MUCH,
        Field("cited", Many(CITATION, single=True), "Cited", "Where the promise stands.", default=()),
        Field("owner", TITLE, "Owner", "The office or person who sees to it."),
        Field(
            "amendments",
            Many(AMENDMENT),
            "Amendments",
            "What was agreed later, in order of date; the original stays.",
            default=(),
        ),
    ),
)

CLAUSE_AMENDMENT: Final = Record(
    "clause-amendment",
    types.ClauseAmendment,
    (
        Field("agreed", Day(), "Agreed on", "The day on which all parties agreed.", required=True),
        Field("text", CONTRACT, "New text", "The clause from that day, word for word.", required=True),
        Field("why", PROSE, "Why", "The reason, shown beside both texts.", required=True),
    ),
)

CLAUSE: Final = Record(
    "clause",
    types.Clause,
    (
        Field("key", Key(declares="clause"), "Key", "The name of the clause, never changed.", required=True),
        Field("type", Choice(types.ClauseType), "Type", "What it settles.", required=True),
        Field(
            "ip-mode",
            Choice(types.IpMode),
            "IP mode",
            "Who owns what comes out of the work. For foreground-ip only.",
            attribute="ip_mode",
        ),
        Field("title", TITLE, "Title", "The heading of the clause.", required=True),
        Field("text", CONTRACT, "Text", "The clause, word for word.", required=True),
        Field(
            "amendments",
            Many(CLAUSE_AMENDMENT),
            "Amendments",
            "Later texts, in order of date; the original stays.",
            default=(),
        ),
    ),
)

TERMINATION: Final = Record(
    "termination",
    types.Terminated,
    (
        Field("on", Day(), "On", "The first day on which the agreement no longer holds.", required=True),
        Field("why", PROSE, "Why", "The reason.", required=True),
    ),
)

FACT: Final = Record(
    "fact",
    types.Fact,
    (
        Field("text", PROSE, "Text", "What the source states, in your own words.", required=True),
        Field("on", Day(coarse=True), "On", "The day, month or year the source gives.", examples=("2018-06",)),
        Field("cited", CITATION, "Cited", "Where it stands.", required=True),
    ),
)

AGREEMENT: Final = Record(
    "agreement",
    types.AgreementFile,
    (
        Field(
            "accord",
            Version(types.FORMAT_VERSION),
            "Format",
            "The version of the format.",
            required=True,
            attribute="-",
        ),
        Field("agreement", Key(), "Key", "The name of the agreement.", required=True, attribute="key"),
        Field("title", TITLE, "Title", "The name people know it by.", required=True),
        Field("summary", PROSE, "Summary", "What it is about, in two sentences."),
        Field("signed", SIGNING, "Signed", "When and where; leave it out for a draft."),
        Field("term", TERM, "Term", "How long it runs."),
        Field(
            "notice-days",
            Position(),
            "Notice",
            "So many days before its end notice is given, to renew it or to let it end.",
            attribute="notice_days",
            examples=(90,),
        ),
        Field("renews", Key(), "Renews", "The key of the agreement that this one follows."),
        Field("terminated", TERMINATION, "Terminated", "That it ended before its term."),
        Field("public", Flag(), "Public", "Anybody may read its board.", default=False),
        Field("parties", Many(PARTY, least=2), "Parties", "Who promises and who is promised.", required=True),
        Field("sources", Many(SOURCE), "Sources", "The documents that are cited.", default=()),
        Field("sections", Many(SECTION), "Sections", "The headings of the board, in order.", required=True),
        Field("promises", Many(PROMISE), "Promises", "What was promised.", required=True),
        Field("clauses", Many(CLAUSE), "Clauses", "What else was agreed, word for word.", default=()),
        Field("facts", Many(FACT), "Facts", "What the sources state and nobody promised.", default=()),
    ),
)
