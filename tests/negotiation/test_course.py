"""From the first draft to the last signature: what the parties sign is what they approved."""

from dataclasses import replace
from datetime import date

import pytest
from tests.cast import Cast
from tests.negotiation.table import Table

from accord.agreements.models import Agreement
from accord.agreements.queries import as_file
from accord.engines import agreementfile as file
from accord.negotiation.enums import NegotiationState
from accord.negotiation.models import Approval, TextVersion
from accord.negotiation.operations import NotNow, TextChanged


def test_signed_agreement_is_the_approved_text_with_nothing_but_the_signing(table: Table) -> None:
    text = table.put_forward()

    done = table.conclude()

    agreement = Agreement.objects.get(key=table.negotiation.key)
    signed = as_file(agreement)
    assert (done.state, done.result) == (NegotiationState.SIGNED, agreement)
    assert signed.signed is not None
    assert signed.signed.on == date(2019, 9, 2)
    assert file.write(replace(signed, signed=None)) == text.text
    assert [clause.key for clause in signed.clauses] == ["publication"]


def test_board_of_the_new_agreement_exists(table: Table) -> None:
    table.put_forward()

    table.conclude()

    answer = table.cast.partner.client.get(f"/agreements/{table.negotiation.key}/")
    assert answer.status_code == 200
    assert "Fifty interns" in answer.content.decode()


def test_amendment_stands_beside_the_old_target(amendment: Table, cast: Cast) -> None:
    amendment.put_forward()

    amendment.conclude()

    promise = next(one for one in as_file(cast.agreement).promises if one.key == "resident-teams")
    assert (promise.target, promise.due) == (300, date(2019, 12, 31))
    assert [(one.agreed, one.target, one.due) for one in promise.amendments] == [
        (date(2019, 9, 2), 350, date(2020, 3, 31))
    ]


def test_approval_of_an_earlier_text_holds_no_longer(table: Table) -> None:
    table.put_forward()
    table.approve(table.theirs)
    table.reword("Either party may publish at once.")
    table.put_forward()

    table.approve(table.ours)

    assert table.fresh().state == NegotiationState.IN_REVIEW
    with pytest.raises(NotNow, match="Not all parties have approved"):
        table.sign(table.ours)


def test_approval_of_a_text_that_changed_since_it_was_read_is_refused(table: Table) -> None:
    read = table.put_forward()
    table.reword("Either party may publish at once.")
    table.put_forward()

    with pytest.raises(TextChanged) as refused:
        table.approve(table.theirs, digest=read.digest)

    assert refused.value.detail["number"] == 2
    assert Approval.objects.count() == 0


def test_text_put_forward_twice_is_one_version(table: Table) -> None:
    first = table.put_forward()

    second = table.put_forward()

    assert (second, TextVersion.objects.count()) == (first, 1)
