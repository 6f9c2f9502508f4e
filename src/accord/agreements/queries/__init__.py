"""Reads of the agreements context, and the record types they return."""

from accord.agreements.models import Agreement, Commitment, Engagement, Party
from accord.agreements.queries._ahead import count_dates_ahead, dates_ahead
from accord.agreements.queries._changes import engagements_as_changes
from accord.agreements.queries._check import FileCheck, FileProblem, check_file, names_party_of
from accord.agreements.queries._clauses import ClauseRow, ClauseText, Piece, clauses_of, missing_types, text_difference
from accord.agreements.queries._engagements import (
    Attendee,
    attendees_of,
    engagements_of,
    find_engagement,
    people_of_parties,
)
from accord.agreements.queries._file import as_file, file_by_key, file_data, file_text, plan_file
from accord.agreements.queries._life import Coming, dates_of, engaged_on, life_of, notice_on, with_life
from accord.agreements.queries._promises import (
    PartyRow,
    PromiseRow,
    Quote,
    TargetLine,
    find_commitment,
    promise_rows,
    promises_of,
)
from accord.agreements.queries._records import show_agreement, show_engagement, show_promise
from accord.agreements.queries._search import find_agreements, find_clauses, find_promises
from accord.agreements.queries._shown import (
    agreements_visible_to,
    agreements_with_all,
    facts_of,
    find_agreement,
    find_public,
    institutions_of,
    kin_of,
    only,
    parties_of,
    partners_of,
    party_of_actor,
    public_agreements,
    quoted_sources,
    sources_of,
)
from accord.agreements.rules import may_bring_in

__all__ = [
    "Agreement",
    "Attendee",
    "ClauseRow",
    "ClauseText",
    "Coming",
    "Commitment",
    "Engagement",
    "FileCheck",
    "FileProblem",
    "Party",
    "PartyRow",
    "Piece",
    "PromiseRow",
    "Quote",
    "TargetLine",
    "agreements_visible_to",
    "agreements_with_all",
    "as_file",
    "attendees_of",
    "check_file",
    "clauses_of",
    "count_dates_ahead",
    "dates_ahead",
    "dates_of",
    "engaged_on",
    "engagements_as_changes",
    "engagements_of",
    "facts_of",
    "file_by_key",
    "file_data",
    "file_text",
    "find_agreement",
    "find_agreements",
    "find_clauses",
    "find_commitment",
    "find_engagement",
    "find_promises",
    "find_public",
    "institutions_of",
    "kin_of",
    "life_of",
    "may_bring_in",
    "missing_types",
    "names_party_of",
    "notice_on",
    "only",
    "parties_of",
    "partners_of",
    "party_of_actor",
    "people_of_parties",
    "plan_file",
    "promise_rows",
    "promises_of",
    "public_agreements",
    "quoted_sources",
    "show_agreement",
    "show_engagement",
    "show_promise",
    "sources_of",
    "text_difference",
    "with_life",
]
