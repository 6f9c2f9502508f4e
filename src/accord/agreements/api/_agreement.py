"""What was agreed, its file, and its public page."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from pydantic import Field

from accord.agreements import operations, queries, rules
from accord.agreements.enums import AgreementState, Permission, PromiseKind
from accord.agreements.forms import MOST_BYTES
from accord.agreements.queries import Agreement, PromiseRow
from accord.kernel import clock
from accord.kernel.api import (
    ApiRequest,
    Created,
    Detail,
    Key,
    Router,
    Sent,
    Shown,
    Words,
    expected,
    expected_or_new,
    wrong_field,
)
from accord.kernel.api.refusals import TooLarge, WrongInput
from accord.kernel.refused import NotAllowed
from accord.people.queries import acting_person

YAML = "application/yaml"
agreements = Router(tags=["Agreements"])


class PartyShown(Shown):
    """An institution's part in an agreement."""

    key: str = Field(description="Key of the institution.", examples=["cass"])
    name: Words
    short: str | None = Field(None, description="Short name.")
    is_coordinator: bool
    signs: bool = Field(description="False for one that is named but did not sign.")


class AgreementShown(Shown):
    """What two or more parties signed, or are about to sign."""

    key: str = Field(examples=["chengdu-cass"])
    title: Words
    summary: Words
    state: AgreementState
    signed_on: date | None = Field(description="Null for a draft, and where the source gives no day.")
    starts_on: date | None
    ends_on: date | None
    review_on: date | None
    is_public: bool = Field(description="Whether the parties opened the public page.")
    digest: str = Field(description="SHA-256 of the canonical file.")
    version: int = Field(description="The row version, as in ETag.")
    parties: list[PartyShown]


class PublicSent(Sent):
    """Whether the public page is open."""

    is_public: bool


class FileProblemShown(Shown):
    """One thing wrong with a file."""

    line: int
    column: int
    where: str
    what: str = Field(description="What is wrong, in the reader's language.")
    advice: str = Field(description="How to mend it.")
    is_error: bool


class DifferenceShown(Shown):
    """One value that the file would change."""

    path: str = Field(examples=["promises[resident-teams].due"])
    change: str = Field(examples=["changed"])
    before: str | None
    after: str | None
    refusal: str | None = Field(description="Why a signed agreement does not take it.")


class PlanShown(Shown):
    """What a file says and what it would change; nothing is written."""

    agreement: str | None = Field(description="Key of the agreement that the file holds; null where it has errors.")
    can_apply: bool
    problems: list[FileProblemShown]
    differences: list[DifferenceShown]


class TargetShown(Shown):
    """A target as it was agreed: the original (number 0) or an amendment."""

    number: int
    agreed_on: date | None
    target: float | None
    due_on: date | None
    why: Words


class PromiseShown(Shown):
    """One promise as agreed."""

    key: str = Field(examples=["resident-teams"])
    section: Words
    title: Words
    text: Words
    kind: PromiseKind
    by: list[str] = Field(description="Keys of the parties that promise.")
    to: list[str] = Field(description="Keys of the parties that are promised; empty where it is no party.")
    to_others: Words
    measure: str | None = Field(description="Code of the measure that it is counted in.")
    is_about: bool = Field(description="Whether the source says “about”.")
    targets: list[TargetShown]


class PromiseList(Shown):
    """Every promise of an agreement, in its order."""

    items: list[PromiseShown]


@agreements.reads("/agreements/{key}", answer=AgreementShown, may=Permission.VIEW)
def read_agreement(request: ApiRequest, key: Key) -> Detail[AgreementShown]:
    """Read an agreement. Title, term, parties, and the digest of its text."""
    agreement = queries.find_agreement(request.actor, key)
    return Detail(_agreement(agreement), version=agreement.version)


@agreements.changes("/agreements/{key}", answer=AgreementShown, may=Permission.PUBLISH)
def change_agreement(request: ApiRequest, key: Key, sent: PublicSent) -> Detail[AgreementShown]:
    """Open or close the public page. Everything else about an agreement changes by its file."""
    agreement = queries.find_agreement(request.actor, key)
    if not rules.may_publish(request.actor, queries.institutions_of(agreement)):
        raise NotAllowed(_("Only partnership officers of a party open or close the public page. Ask one of them."))
    operations.set_public(
        agreement=agreement,
        public=sent.is_public,
        version=expected(request, agreement.version),
        by=acting_person(request.actor),
        at=clock.now(request.world),
    )
    return read_agreement(request, key)


@agreements.reads("/agreements/{key}/file", answer=str, may=Permission.VIEW, media=YAML)
def read_agreement_file(request: ApiRequest, key: Key) -> HttpResponse:
    """Read an agreement's file as YAML. The canonical text: applying it again changes nothing."""
    agreement = queries.find_agreement(request.actor, key)
    return HttpResponse(
        queries.file_text(agreement),
        content_type=f"{YAML}; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{agreement.key}.yaml"',
            "ETag": f'"{agreement.version}"',
        },
    )


@agreements.reads("/agreements/{key}/file.json", answer=dict[str, Any], may=Permission.VIEW)
def read_agreement_data(request: ApiRequest, key: Key) -> Detail[dict[str, Any]]:
    """Read an agreement's file as JSON. The same keys and values as the YAML; its schema is published."""
    agreement = queries.find_agreement(request.actor, key)
    return Detail(queries.file_data(agreement), version=agreement.version)


@agreements.asks("/agreement-plans", answer=PlanShown, may=Permission.BRING_IN, body=YAML)
def plan_agreement_file(request: ApiRequest) -> PlanShown:
    """Check an agreement file and say what applying it would change. Nothing is written."""
    if not rules.may_bring_in(request.actor):
        raise NotAllowed(_("Only partnership officers bring in agreements. Ask one of your institution."))
    return _plan(request, _checked(request))


@agreements.changes(
    "/agreements/{key}/file", method="PUT", answer=AgreementShown, may=Permission.APPLY, body=YAML, may_be_new=True
)
def apply_agreement_file(request: ApiRequest, key: Key) -> Detail[AgreementShown]:
    """Make an agreement equal to a file. Whole or not at all. A file that changes what was signed is refused; add an
    amendment to the promise instead."""
    if not rules.may_bring_in(request.actor):
        raise NotAllowed(_("Only partnership officers bring in agreements. Ask one of your institution."))
    check = _checked(request)
    if check.agreement is None:
        raise WrongInput(_("The file has errors. Each is named under errors."), errors=_faults(check))
    if check.file.key != key:
        raise wrong_field("agreement", _("The file holds another agreement than the address names."))
    if not queries.names_party_of(request.actor, check):
        raise NotAllowed(
            _("Only partnership officers bring in agreements, for their own institution. Ask one of them.")
        )
    version = expected_or_new(request, _present_version(request, key))
    operations.apply_file(new=check.file, by=acting_person(request.actor), at=clock.now(request.world), version=version)
    shown = read_agreement(request, key)
    address = reverse("api:read_agreement", args=[key])
    return shown if version else Created(shown.value, version=shown.version, at=address)


@agreements.reads("/agreements/{key}/promises", answer=PromiseList, may=Permission.VIEW)
def list_promises(request: ApiRequest, key: Key) -> Detail[PromiseList]:
    """List an agreement's promises. As agreed: the original target beside every amendment."""
    agreement = queries.find_agreement(request.actor, key)
    items = [_promise(row) for row in queries.promises_of(agreement)]
    return Detail(PromiseList(items=items), version=agreement.version)


def _checked(request: ApiRequest) -> queries.FileCheck:
    """Read the file that the body holds."""
    if len(request.body) > MOST_BYTES:
        raise TooLarge(MOST_BYTES)
    return queries.check_file(request.body, language=get_language() or "en")


def _present_version(request: ApiRequest, key: str) -> int | None:
    """Return the version of an agreement that the actor may know of; None for any other."""
    found = queries.agreements_visible_to(request.actor).filter(key=key).first()
    return None if found is None else found.version


def _faults(check: queries.FileCheck) -> list[dict[str, str]]:
    """Return a file's errors, each with its line and column."""
    return [
        {"pointer": f"#{one.where}", "detail": f"{one.line}:{one.column} {one.what} {one.advice}"}
        for one in check.problems
        if one.is_error
    ]


def _plan(request: ApiRequest, check: queries.FileCheck) -> PlanShown:
    """Return what a file says; what it would change only to those who may see the agreement it names."""
    is_known = check.agreement is not None and queries.names_party_of(request.actor, check)
    return PlanShown(
        agreement=check.agreement.key if check.agreement else None,
        can_apply=is_known and check.can_apply,
        problems=[FileProblemShown.model_validate(one, from_attributes=True) for one in check.problems],
        differences=[
            DifferenceShown(
                path=one.path, change=one.kind.value, before=one.before, after=one.after, refusal=one.refusal
            )
            for one in (check.differences if is_known else ())
        ],
    )


def _agreement(agreement: Agreement) -> AgreementShown:
    """Return an agreement as the API shows it."""
    return AgreementShown(
        key=agreement.key,
        title=Words.of(agreement.title),
        summary=Words.of(agreement.summary),
        state=AgreementState(agreement.state),
        signed_on=agreement.signed_on,
        starts_on=agreement.starts_on,
        ends_on=agreement.ends_on,
        review_on=agreement.review_on,
        is_public=agreement.is_public,
        digest=agreement.digest,
        version=agreement.version,
        parties=[
            PartyShown(
                key=party.institution.key,
                name=Words.of(party.name),
                short=party.short or None,
                is_coordinator=party.is_coordinator,
                signs=party.signs,
            )
            for party in queries.parties_of(agreement)
        ],
    )


def _promise(row: PromiseRow) -> PromiseShown:
    """Return a promise as the API shows it."""
    return PromiseShown(
        key=row.key,
        section=Words.of(row.section),
        title=Words.of(row.title),
        text=Words.of(row.text),
        kind=row.kind,
        by=[party.key for party in row.promisors],
        to=[party.key for party in row.beneficiaries],
        to_others=Words.of(row.beneficiary_text),
        measure=row.measure_code or None,
        is_about=row.is_about,
        targets=[
            TargetShown(
                number=line.number,
                agreed_on=line.agreed_on,
                target=None if line.target is None else float(line.target),
                due_on=line.due_on,
                why=Words.of(line.why),
            )
            for line in row.targets
        ],
    )
