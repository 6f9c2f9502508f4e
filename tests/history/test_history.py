"""A record's history in words: who may read it, what it says, what it keeps to itself, what it gives back."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.apps import apps
from django.db import connection
from django.urls import reverse
from tests.cast import Cast, Member

from accord.history import operations, queries
from accord.kernel.refused import NotAllowed, NotThere
from accord.kernel.text import Bilingual
from accord.people.queries import actor_for

pytestmark = pytest.mark.django_db
AT = datetime(2019, 9, 30, 12, tzinfo=UTC)
PUBLISH = reverse("agreements:publish", args=["chengdu-cass"])


def record(cast: Cast) -> str:
    return f"agreement:{cast.agreement.pk}"


def publish(member: Member, is_public: str = "yes") -> None:
    answer = member.client.post(PUBLISH, {"public": is_public}, headers={"X-Request-ID": "request-1"})
    assert answer.status_code == 302


def changes(cast: Cast) -> list[queries.Change]:
    return queries.history_of(queries.subject_of(record(cast)))


def page(member: Member, address: str, status: int = 200) -> str:
    answer = member.client.get(address)
    assert answer.status_code == status
    return b"".join(answer).decode()


def test_a_change_is_told_with_who_which_field_and_request(cast: Cast) -> None:
    publish(cast.partner)

    change = changes(cast)[0]

    assert (change.table, change.happened, change.who) == ("Agreement", "update", "Partner")
    assert (change.request, change.door) == ("request-1", "agreements:publish")
    assert [(one.label, one.old, one.new) for one in change.fields] == [("Public page", "No", "Yes")]


def test_parts_are_told_with_the_record(cast: Cast) -> None:
    tables = {change.table for change in changes(cast)}

    assert {"Agreement", "Party", "Source", "Heading", "Promise"} <= tables


def test_values_are_told_as_people_say_them(cast: Cast) -> None:
    first = next(one for one in changes(cast) if one.table == "Agreement")

    told = {one.label: one.new for one in first.fields}
    assert told["Title"] == " / ".join(Bilingual.of(cast.agreement.title).as_dict().values())
    assert told["State"] == cast.agreement.get_state_display()
    assert told["Applied by"] == "Command line"
    assert "Version" not in told


def test_secrets_are_never_told(cast: Cast) -> None:
    publish(cast.partner)
    text = page(cast.owner, reverse("history:history", args=[record(cast)]))
    text += page(cast.owner, reverse("history:history", args=[record(cast)]) + "?format=json")
    text += page(cast.owner, reverse("history:as-it-stood", args=[record(cast)]))
    for change in changes(cast):
        text += str(change)

    assert cast.agreement.public_token not in text
    assert cast.agreement.digest not in text


def test_fields_that_a_context_keeps_to_itself_are_not_told(cast: Cast) -> None:
    from accord.kernel.records import RecordKind, Shown, record_kinds  # noqa: PLC0415 (one test needs them)

    if record_kinds.get("person") is None:
        record_kinds.announce(
            "person", RecordKind("person", "people.Person", "Person", lambda _a, _pk: Shown("x", "/"))
        )
    person = cast.owner.person
    person.email = "planted@example.org"
    person.save()

    told = queries.history_of(queries.subject_of(f"person:{person.pk}"))

    assert "planted@example.org" not in str(told)


@pytest.mark.parametrize("who", ["owner", "partner", "executive", "steward"])
def test_whoever_sees_the_record_sees_its_history(cast: Cast, who: str) -> None:
    assert "Chengdu" in page(getattr(cast, who), reverse("history:history", args=[record(cast)]))


@pytest.mark.parametrize("name", ["history:history", "history:as-it-stood"])
@pytest.mark.parametrize("odd", ["", "agreement:0", "agreement:x", "agreement:", "nothing:1", "agreement:9" + "9" * 30])
def test_a_record_that_one_may_not_know_of_has_no_history(cast: Cast, name: str, odd: str) -> None:
    page(cast.outsider, reverse(name, args=[odd or record(cast)]), 404)


def test_the_list_narrows_by_part_and_day_and_finds_words(cast: Cast) -> None:
    publish(cast.partner)
    address = reverse("history:history", args=[record(cast)])

    of_parties = page(cast.owner, f"{address}?part=agreements.party")
    found = page(cast.owner, f"{address}?q=Public+page")
    later = page(cast.owner, f"{address}?since=2090-01-01")

    assert ("Party “" in of_parties, "Promise “" in of_parties) == (True, False)
    assert found.count("<tr>") == 2
    assert "Nothing matches these filters" in later


def test_one_change_has_a_page_of_its_own(cast: Cast) -> None:
    publish(cast.partner)
    change = changes(cast)[0]

    text = page(cast.owner, reverse("history:change", args=[record(cast), change.part, change.event]))

    assert "Public page" in text
    assert "request-1" in text
    assert "Undo this change" in text


def test_a_change_of_another_record_is_not_told_here(cast: Cast) -> None:
    party = apps.get_model("people", "InstitutionEvent").objects.first()

    page(cast.owner, reverse("history:change", args=[record(cast), "people.institution", party.pgh_id]), 404)


def test_undoing_is_a_new_change_by_the_same_operation(cast: Cast) -> None:
    publish(cast.partner)
    change = changes(cast)[0]

    answer = cast.owner.client.post(reverse("history:undo", args=[record(cast), change.part, change.event]))

    cast.agreement.refresh_from_db()
    latest = changes(cast)[0]
    assert answer.status_code == 302
    assert (cast.agreement.is_public, latest.who, latest.door) == (False, "Owner", "history:undo")
    assert [(one.old, one.new) for one in latest.fields] == [("Yes", "No")]
    assert changes(cast)[1] == change


def test_a_change_that_was_changed_again_is_not_undone(cast: Cast) -> None:
    publish(cast.partner)
    first = changes(cast)[0]
    publish(cast.partner, "")

    undoing = queries.undoing(queries.subject_of(record(cast)), first.part, first.event)
    text = page(cast.owner, reverse("history:change", args=[record(cast), first.part, first.event]))

    assert "changed again since: Public page" in undoing.reason
    assert "Undo this change" not in text
    assert undoing.reason in text


def test_who_may_not_change_the_record_may_not_undo(cast: Cast) -> None:
    publish(cast.partner)
    change = changes(cast)[0]
    actor = actor_for(cast.executive.person.account, on=date(2019, 9, 30))

    with pytest.raises(NotAllowed):
        operations.undo_change(
            actor=actor, record=record(cast), part=change.part, event=change.event, by=cast.executive.person, at=AT
        )
    cast.agreement.refresh_from_db()
    assert cast.agreement.is_public


def test_what_was_signed_is_never_undone_and_says_why(cast: Cast) -> None:
    promise = cast.promise("resident-teams")
    subject = queries.subject_of(f"promise:{promise.pk}")
    event = queries.history_of(subject)[-1]

    undoing = queries.undoing(subject, event.part, event.event)

    assert undoing.reason == "What was signed is never changed back. An amendment stands beside it."


def test_decisions_on_evidence_are_never_undone(cast: Cast) -> None:
    entry = cast.record("resident-teams", 5, date(2019, 8, 5), confirmed=AT)
    subject = queries.subject_of(f"evidence:{entry.pk}")
    event = queries.history_of(subject)[0]

    assert event.happened == "update"
    assert "never undone" in queries.undoing(subject, event.part, event.event).reason
    with pytest.raises(NotThere):
        queries.undoing(subject, event.part, event.event + 1000)


@pytest.mark.django_db(transaction=True)
def test_a_record_is_shown_as_it_stood(cast: Cast) -> None:
    """Each write stands in a transaction of its own, and so at a moment of its own."""
    publish(cast.partner)
    public = changes(cast)[0].at
    publish(cast.partner, "")
    subject = queries.subject_of(record(cast))

    then, now = queries.as_it_stood(subject, public), queries.as_it_stood(subject, datetime.now(UTC))

    def is_public(rows: list[queries.Then]) -> str:
        return next(one.new for one in rows[0].fields if one.label == "Public page")

    assert (is_public(then), is_public(now)) == ("Yes", "No")
    assert len(then) == len(now)
    assert queries.as_it_stood(subject, public - timedelta(days=1)) == []
    text = page(cast.owner, reverse("history:as-it-stood", args=[record(cast)]) + "?moment=2001-01-01")
    assert "Accord did not hold this record at that moment" in text


def test_an_odd_moment_says_so(cast: Cast) -> None:
    text = page(cast.owner, reverse("history:as-it-stood", args=[record(cast)]) + "?moment=2019-99-99T25")

    assert "No day or moment could be read" in text


def test_the_head_can_be_kept_and_compared(cast: Cast) -> None:
    seals = reverse("history:seals")
    page(cast.owner, reverse("history:keep-head"), 404)
    sealed = operations.seal_events(at=AT)
    assert sealed is not None

    kept = page(cast.owner, reverse("history:keep-head"))
    holds = page(cast.owner, f"{seals}?seal=1&sha256={sealed.digest}")
    broken = page(cast.owner, f"{seals}?seal=1&sha256={'0' * 64}")
    half = page(cast.owner, f"{seals}?seal=one&sha256={sealed.digest}")

    assert kept.splitlines()[::2] == ["seal 1", f"sha256 {sealed.digest}"]
    assert ("It holds" in holds, "It does not hold" in broken, "Enter the number" in half) == (True, True, True)


def test_reading_a_history_writes_nothing(cast: Cast) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id_if_assigned() IS NOT NULL, count(*) FROM pghistory_context")
        before = cursor.fetchone()
    page(cast.owner, reverse("history:history", args=[record(cast)]))
    page(cast.owner, reverse("history:seals"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id_if_assigned() IS NOT NULL, count(*) FROM pghistory_context")
        assert cursor.fetchone() == before
