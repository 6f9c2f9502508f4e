"""What binds: under a race, against the database, and with days that fit."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from random import Random

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from tests.cast import Cast, make_cast
from tests.negotiation.table import Table, lay_amendment, lay_table

from accord.agreements.models import Agreement
from accord.agreements.operations import set_public
from accord.kernel.refused import Refused
from accord.negotiation import queries
from accord.negotiation.enums import NegotiationState
from accord.negotiation.models import Approval, Negotiation, Signature, TextVersion
from accord.negotiation.operations import BaseChanged, ImpactChanged, NotNow, TextChanged, WrongSigning


def test_approving_and_signing_twice_changes_nothing(table: Table) -> None:
    table.put_forward()

    twice = [table.approve(table.ours) for _time in range(2)]
    table.approve(table.theirs)
    signed = [table.sign(table.ours) for _time in range(2)]

    assert (twice[0], signed[0]) == (twice[1], signed[1])
    assert (Approval.objects.count(), Signature.objects.count()) == (2, 1)


def test_nobody_signs_before_all_have_approved(table: Table) -> None:
    table.put_forward()
    table.approve(table.ours)

    with pytest.raises(NotNow):
        table.sign(table.ours)


def test_database_refuses_a_signature_that_not_all_approved(table: Table) -> None:
    text = table.put_forward()
    table.approve(table.ours)
    signature = Signature(
        text=text,
        party=table.ours,
        signatory="A",
        office="B",
        signed_on=date(2019, 9, 2),
        entered_at=table.at(),
        entered_by=table.cast.owner.person,
    )

    with pytest.raises(IntegrityError, match="not all have approved"), transaction.atomic():
        signature.save()


def test_database_refuses_an_approval_of_another_digest(table: Table) -> None:
    text = table.put_forward()
    approval = Approval(
        text=text, party=table.ours, digest="0" * 64, approved_at=table.at(), approved_by=table.cast.owner.person
    )

    with pytest.raises(IntegrityError, match="another text"), transaction.atomic():
        approval.save()


def test_database_refuses_a_text_whose_digest_is_not_its_own(table: Table) -> None:
    first = table.put_forward()
    forged = TextVersion(
        negotiation=table.negotiation,
        number=2,
        text=first.text + "# more\n",
        digest=first.digest,
        signing=first.signing,
        put_forward_at=table.at(),
        put_forward_by=table.cast.owner.person,
    )

    with pytest.raises(IntegrityError, match="digest"), transaction.atomic():
        forged.save()


def test_database_refuses_the_state_signed_without_signatures(table: Table, cast: Cast) -> None:
    table.put_forward()
    table.approve(table.ours)
    table.approve(table.theirs)

    with pytest.raises(IntegrityError, match="not signed by all"), transaction.atomic():
        Negotiation.objects.filter(pk=table.negotiation.pk).update(
            state="signed", ended_at=table.at(), ended_by=cast.owner.person, result=cast.agreement
        )


@pytest.mark.parametrize(
    "change",
    [
        lambda: TextVersion.objects.update(number=9),
        lambda: Approval.objects.update(digest="0" * 64),
        lambda: Signature.objects.update(office="Nobody"),
        lambda: Signature.objects.all().delete(),
        lambda: Approval.objects.all()._raw_delete("default"),
    ],
)
def test_what_was_said_is_neither_edited_nor_deleted(table: Table, change: Callable[[], object]) -> None:
    table.put_forward()
    table.approve(table.ours)
    table.approve(table.theirs)
    table.sign(table.ours)

    with pytest.raises(DatabaseError, match="Cannot"), transaction.atomic():
        change()


@pytest.mark.parametrize(("on", "said"), [(date(2019, 9, 3), "later than today"), (date(2019, 9, 1), "put forward")])
def test_day_of_signing_lies_between_the_text_and_today(table: Table, on: date, said: str) -> None:
    table.put_forward()
    table.approve(table.ours)
    table.approve(table.theirs)

    with pytest.raises(WrongSigning, match=said):
        table.sign(table.ours, on=on)

    assert Signature.objects.count() == 0


def test_agreement_of_the_same_name_that_came_in_meanwhile_is_not_overwritten(table: Table, cast: Cast) -> None:
    table.put_forward()
    table.approve(table.ours)
    table.approve(table.theirs)
    table.sign(table.ours)
    Agreement.objects.filter(pk=cast.agreement.pk).update(key=table.negotiation.key)

    with pytest.raises(BaseChanged, match="brought in meanwhile"):
        table.sign(table.theirs)

    assert table.fresh().state == NegotiationState.APPROVED


def test_amended_agreement_that_changed_meanwhile_is_not_bound(amendment: Table, cast: Cast) -> None:
    amendment.put_forward()
    Agreement.objects.filter(pk=cast.agreement.pk).update(title={"en": "Another title"})

    with pytest.raises(BaseChanged):
        amendment.approve(amendment.theirs)


def test_public_page_that_is_opened_meanwhile_stays_open(amendment: Table, cast: Cast) -> None:
    amendment.put_forward()
    set_public(agreement=cast.agreement, public=True, by=cast.owner.person, at=amendment.at())

    done = amendment.conclude()

    assert done.state == NegotiationState.SIGNED
    assert Agreement.objects.get(pk=cast.agreement.pk).is_public


def test_impact_that_changed_since_it_was_read_is_shown_again(amendment: Table, cast: Cast) -> None:
    text = amendment.put_forward()
    read = queries.impact_of(amendment.fresh(), text, day=date(2019, 9, 2)).digest
    cast.record("resident-teams", 9, date(2019, 8, 30))

    with pytest.raises(ImpactChanged):
        amendment.approve(amendment.theirs, impact_digest=read)

    assert Approval.objects.count() == 0


def test_impact_says_delivered_waiting_targets_and_is_kept_with_the_approval(amendment: Table, cast: Cast) -> None:
    cast.record("resident-teams", 9, date(2019, 8, 30))
    amendment.put_forward()

    approval = amendment.approve(amendment.theirs)

    assert [
        {name: line[name] for name in ("promise", "delivered", "target", "due", "waiting")} for line in approval.impact
    ] == [
        {
            "promise": "resident-teams",
            "delivered": "102",
            "target": ["300", "350"],
            "due": ["2019-12-31", "2020-03-31"],
            "waiting": 1,
        }
    ]


@pytest.mark.parametrize("seed", range(6))
def test_random_acts_never_sign_what_not_all_approved(cast: Cast, seed: int) -> None:
    random, table = Random(seed), lay_table(cast)
    acts: list[Callable[[], object]] = [
        table.put_forward,
        lambda: table.reword(f"Wording {random.randrange(1000)}."),
        *(lambda party=party: table.approve(party) for party in (table.ours, table.theirs)),
        *(lambda party=party: table.sign(party) for party in (table.ours, table.theirs)),
        table.ask,
    ]
    weights = [3, 1, 4, 4, 4, 4, 0 if seed % 2 else 1]

    for act in random.choices(acts, weights, k=25):
        try:
            act()
        except (Refused, AssertionError):
            continue

    for negotiation in Negotiation.objects.filter(state=NegotiationState.SIGNED):
        text = queries.latest_text(negotiation)
        assert text is not None
        approved = {(one.party_id, one.digest) for one in Approval.objects.filter(text=text)}
        assert approved >= {(party, text.digest) for party in text.signing}
        assert {one.party_id for one in Signature.objects.filter(text=text)} == set(text.signing)


@pytest.mark.django_db(transaction=True)
def test_approval_that_races_a_new_text_never_holds_for_it() -> None:
    table = lay_table(make_cast())
    read = table.put_forward()
    table.reword("Either party may publish at once.")

    with ThreadPoolExecutor(2) as both:
        approved = both.submit(_apart, lambda: table.approve(table.theirs, digest=read.digest))
        forward = both.submit(_apart, table.put_forward)
        outcome = (approved.result(), forward.result())

    latest = queries.latest_text(table.negotiation)
    assert latest is not None
    assert latest.number == 2
    assert outcome[0] in {None, TextChanged}
    assert Approval.objects.filter(text=latest).count() == 0
    assert {one.digest for one in Approval.objects.all()} <= {read.digest}


def _apart(act: Callable[[], object]) -> type[Exception] | None:
    """Do something in this thread's own connection; return what it was refused by."""
    try:
        act()
    except Refused as refused:
        return type(refused)
    finally:
        connection.close()
    return None


def test_second_amendment_waits_for_the_first(amendment: Table, cast: Cast) -> None:
    with pytest.raises(Refused, match="being negotiated already"):
        lay_amendment(cast)
