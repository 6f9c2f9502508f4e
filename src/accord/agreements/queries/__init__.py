"""Reads of the agreements context, and the record types they return."""

from accord.agreements.models import Agreement, Commitment, Engagement, Party
from accord.agreements.queries._changes import engagements_as_changes
from accord.agreements.queries._check import FileCheck, FileProblem, check_file, names_party_of
from accord.agreements.queries._file import as_file, file_by_key, file_text, plan_file
from accord.agreements.queries._promises import (
    PartyRow,
    PromiseRow,
    Quote,
    TargetLine,
    find_commitment,
    promise_rows,
    promises_of,
)
from accord.agreements.queries._shown import (
    agreements_visible_to,
    agreements_with_all,
    engagements_of,
    facts_of,
    find_agreement,
    find_engagement,
    find_public,
    institutions_of,
    only,
    parties_of,
    party_of_actor,
    public_agreements,
    quoted_sources,
    sources_of,
)
from accord.agreements.rules import may_bring_in

__all__ = [
    "Agreement",
    "Commitment",
    "Engagement",
    "FileCheck",
    "FileProblem",
    "Party",
    "PartyRow",
    "PromiseRow",
    "Quote",
    "TargetLine",
    "agreements_visible_to",
    "agreements_with_all",
    "as_file",
    "check_file",
    "engagements_as_changes",
    "engagements_of",
    "facts_of",
    "file_by_key",
    "file_text",
    "find_agreement",
    "find_commitment",
    "find_engagement",
    "find_public",
    "institutions_of",
    "may_bring_in",
    "names_party_of",
    "only",
    "parties_of",
    "party_of_actor",
    "plan_file",
    "promise_rows",
    "promises_of",
    "public_agreements",
    "quoted_sources",
    "sources_of",
]
