"""What the demo world holds: quoted promises, deliveries marked as simulated, a history, and failures."""

from datetime import date, timedelta

import pytest
from django.urls import resolve
from tests.cast import EXAMPLES, moment
from tests.demo.conftest import DAY, PAPERS

from accord.agreements.models import Agreement, Engagement
from accord.agreements.queries import agreements_visible_to, as_file
from accord.demo.stories import OPENED
from accord.engines import agreementfile
from accord.files.models import Attachment, Blob
from accord.history.queries import history_of, subject_of
from accord.kernel.access import Actor, Grant
from accord.kernel.models import World
from accord.measures.models import Attribution, Evidence, Override, Snapshot
from accord.measures.queries import calibration
from accord.negotiation.enums import NegotiationState
from accord.negotiation.models import ChangeRequest, Negotiation, NegotiationParty, Reply
from accord.negotiation.queries import impact_of
from accord.outbox.models import ChatChannel, Delivery, Endpoint, InboxNote
from accord.people.models import (
    AccessToken,
    Account,
    Affiliation,
    Delegation,
    Institution,
    Merge,
    Person,
    RoleGrant,
    SavedView,
)
from accord.people.queries import actor_for, invitations_visible_to, likely_same
from accord.privacy.models import Consent, CountedRead, DataRequest, TransferRecord

pytestmark = pytest.mark.xdist_group("the demo world")  # one process builds it
STEWARD = Actor(1, "", frozenset({Grant("steward")}))
MONDAY_AFTER_OPENING = {key: day + timedelta(days=7 - day.weekday()) for key, day in OPENED.items()}


@pytest.mark.parametrize("key", ["chengdu-cass", "zju-ant"])
def test_the_announced_agreements_stay_as_their_files_say(world: World, key: str) -> None:
    quoted = agreementfile.read_bytes((EXAMPLES / f"{key}.yaml").read_bytes(), measures=None).agreement

    assert as_file(Agreement.objects.get(key=key)) == quoted


def test_everything_delivered_is_marked_simulated(world: World) -> None:
    assert Evidence.objects.count() > 100
    assert not Evidence.objects.filter(is_simulated=False).exists()
    assert not Engagement.objects.filter(is_simulated=False).exists()
    assert not Person.objects.filter(is_simulated=False).exists()
    assert set(
        Snapshot.objects.exclude(delivered=None).exclude(is_simulated=True).values_list("delivered", flat=True)
    ) <= {102}


def test_one_click_accounts_have_no_password_and_stand_in_their_order(world: World) -> None:
    accounts = list(Account.objects.order_by("person__pk").select_related("person"))

    assert [account.person.key for account in accounts[:3]] == [
        "demo-dreamworks-officer",
        "demo-cass-officer",
        "demo-dreamworks-executive",
    ]
    assert all(account.email.endswith("@example.org") and not account.has_usable_password() for account in accounts)
    grants = RoleGrant.objects.filter(person__account__isnull=False)
    without_a_role = {account.person.key for account in accounts} - set(grants.values_list("person__key", flat=True))
    assert without_a_role == {"demo-team-lead", "demo-applicant", "demo-reviewer", "demo-host-contact"}


def test_every_monday_since_each_agreement_opened_has_its_snapshots(world: World) -> None:
    for key, first in MONDAY_AFTER_OPENING.items():
        weeks = Snapshot.objects.filter(commitment__agreement__key=key).values_list("week_on", flat=True)
        assert sorted(set(weeks)) == [first + timedelta(weeks=n) for n in range((DAY - first).days // 7 + 1)]


def test_past_deadlines_were_kept_and_missed_so_that_forecasts_are_scored(world: World) -> None:
    ended = Snapshot.objects.filter(week_on=DAY, due_on__lt=DAY, commitment__kind="target")
    scores = calibration(Actor(1, "", frozenset({Grant("steward")})), DAY)

    assert {row.state for row in ended} == {"delivered", "missed"}
    assert scores.promises == ended.count() >= 8
    assert scores.computed.n > 100
    assert scores.people.n >= 5


def test_the_amendment_stands_beside_the_original(world: World) -> None:
    contracts = Agreement.objects.get(key="sample-park").commitments.get(key="contracts")

    assert contracts.due_on == date(2018, 12, 31)
    assert [one.due_on for one in contracts.amendments.all()] == [date(2019, 3, 31)]
    assert [*contracts.snapshots.order_by("due_on").values_list("due_on", flat=True).distinct()] == [
        date(2018, 12, 31),
        date(2019, 3, 31),
    ]


def test_only_the_sample_agreement_is_public(world: World) -> None:
    assert list(Agreement.objects.filter(is_public=True).values_list("key", flat=True)) == ["sample-park"]


def test_the_story_of_scale_one_is_near_the_one_told(world: World) -> None:
    stood = {
        row.commitment.key: float(row.delivered or 0)
        for row in Snapshot.objects.filter(week_on=DAY, commitment__agreement__key="chengdu-cass").select_related(
            "commitment"
        )
    }

    assert stood["resident-teams"] == pytest.approx(204, rel=0.05)
    assert stood["research-personnel"] == pytest.approx(5_900, rel=0.05)
    assert stood["operated-area"] == pytest.approx(78_400, rel=0.05)
    assert Override.objects.filter(commitment__key="resident-teams", lifted_at=None).exists()


def test_people_belong_somewhere_today_or_did_once(world: World) -> None:
    spans = Affiliation.objects.filter(person__is_simulated=True)

    assert spans.filter(ends_on=None).count() >= 15
    assert spans.filter(ends_on__lt=DAY).count() >= 3
    assert not Institution.objects.filter(key__startswith="sample-", is_simulated=False).exists()
    assert not Institution.objects.filter(is_simulated=False).exclude(ror="", lei="", uscc="").exists()


def test_two_pairs_of_people_and_one_of_institutions_wait_to_be_merged(world: World) -> None:
    people, institutions = (likely_same(STEWARD, kind) for kind in ("people", "institutions"))

    assert [pair.reason for pair in people if pair.one.key.startswith("person-")] == ["email", "name"]
    assert [(pair.one.key, pair.other.key) for pair in institutions if pair.reason == "website"] == [
        ("sample-polytechnic", "sample-polytechnic-old")
    ]
    assert Merge.objects.filter(undone_at=None).count() == 1


def test_invitations_stand_in_every_state_and_the_accepted_one_gave_the_role(world: World) -> None:
    states = {one.email: one.state for one in invitations_visible_to(STEWARD, at=moment(DAY))}

    assert sorted(states.values()) == ["accepted", "expired", "open", "revoked"]
    assert states["demo-sample-executive@example.org"] == "accepted"
    assert RoleGrant.objects.get(person__key="demo-sample-executive").granted_by.key == "demo-sample-university-officer"


def test_somebody_stands_in_today_and_no_token_opens_anything(world: World) -> None:
    assert Delegation.objects.filter(starts_on__lte=DAY, ends_on__gt=DAY).count() == 1
    assert AccessToken.objects.count() == 2
    assert not AccessToken.objects.filter(revoked_at=None, expires_at__gt=moment(DAY)).exists()
    assert {path for path in SavedView.objects.values_list("path", flat=True) if resolve(path)} == set(
        SavedView.objects.values_list("path", flat=True)
    )


def test_negotiations_stand_in_every_state(world: World) -> None:
    found = {one.key: (one.kind, one.state) for one in Negotiation.objects.all()}

    assert set(found.values()) == {
        *(("new", state) for state in NegotiationState.values),
        ("amendment", "in-review"),
        ("renewal", "draft"),
    }
    assert not Negotiation.objects.exclude(parties__institution__key__startswith="sample-").exists()
    assert {one.key for one in Institution.objects.filter(pk__in=NegotiationParty.objects.values("institution"))} == {
        *("sample-university", "sample-park", "sample-bank", "sample-polytechnic")
    }


def test_one_negotiation_has_versions_requests_of_each_answer_and_replies(world: World) -> None:
    talk = Negotiation.objects.get(key="joint-masters-programme")

    assert [one.number for one in talk.texts.order_by("number")] == [1, 2, 3]
    states = sorted(ChangeRequest.objects.filter(text__negotiation=talk).values_list("state", flat=True))
    assert states == ["accepted", "accepted", "declined", "open", "open"]
    assert Reply.objects.filter(request__text__negotiation=talk, request__state="open").count() == 2


def test_the_amendment_waits_for_the_other_side_with_what_it_does_to_a_running_promise(world: World) -> None:
    talk = Negotiation.objects.get(kind="amendment")
    text = talk.texts.get()

    impact = impact_of(talk, text, day=DAY)

    assert [one.approved_by.key for one in text.approvals.all()] == ["demo-sample-university-officer"]
    assert [(line.key, line.target_before, line.target_after) for line in impact.lines] == [("completions", 120, 150)]
    assert talk.base.key == "sample-park"


def test_a_signed_negotiation_became_an_agreement_and_others_still_see_none(world: World) -> None:
    made = Agreement.objects.get(key="sample-scholarships")
    outsider = Person.objects.get(key="demo-outsider")

    actor = actor_for(outsider.account, on=DAY)

    assert made.state == "signed"
    assert not agreements_visible_to(actor).exists()
    assert not Negotiation.objects.filter(parties__institution__in=actor.institutions("officer")).exists()


def test_papers_can_be_read_and_letters_wait_to_be_let_go(world: World) -> None:
    kinds = sorted(one.record.partition(":")[0] for one in Attachment.objects.all())

    assert kinds == ["agreement", "agreement", "engagement", "negotiation"]
    assert all(b"".join(PAPERS.chunks(digest)) for digest in Blob.objects.values_list("digest", flat=True))
    assert not Attachment.objects.filter(is_simulated=False).exists()
    assert Delivery.objects.filter(message__batch__released_at=None, state="held").count() == 3


def test_of_what_people_ask_of_their_data_one_is_overdue_and_one_is_due_within_the_week(world: World) -> None:
    asked = DataRequest.objects.filter(state="open").order_by("due_on").values_list("due_on", flat=True)

    assert [(day - DAY).days for day in asked] == [-6, 3, 28]
    assert sorted(DataRequest.objects.exclude(state="open").values_list("state", flat=True)) == ["granted", "refused"]
    assert Person.objects.get(state="restricted").name.en.startswith("Restricted person")


def test_consents_were_given_by_several_ways_and_one_was_withdrawn(world: World) -> None:
    assert set(Consent.objects.values_list("channel", flat=True)) == {"page", "paper", "spoken"}
    assert Consent.objects.exclude(withdrawn_at=None).get().purpose == "read-abroad"


def test_what_is_read_from_abroad_is_counted_and_transfers_are_kept(world: World) -> None:
    assert {(one.from_country, one.to_country) for one in CountedRead.objects.all()} == {("CN", "GB")}
    assert CountedRead.objects.values("person").distinct().count() >= 10
    assert sorted(TransferRecord.objects.values_list("basis", flat=True)) == [
        *("consent", "exempt", "standard-contract")
    ]


def test_nothing_of_the_demo_can_leave(world: World) -> None:
    assert {one.state for one in (*Endpoint.objects.all(), *ChatChannel.objects.all())} == {"paused"}
    addresses = Delivery.objects.filter(channel="mail").values_list("address", flat=True)
    assert all(address.endswith((".example.org", "@example.org")) for address in addresses)


def test_some_notices_are_read_and_the_latest_are_not(world: World) -> None:
    notes = InboxNote.objects.filter(person__key="demo-sample-university-officer").order_by("arrived_at")

    assert [note.read_at is None for note in notes] == sorted(note.read_at is None for note in notes)
    assert {note.read_at is None for note in notes} == {True, False}


def test_an_undone_change_stands_in_the_history_with_whoever_made_it(world: World) -> None:
    bank = Institution.objects.get(key="sample-bank")
    changes = history_of(subject_of(f"institution:{bank.pk}"))

    websites = [[(one.old, one.new) for one in change.fields if one.name == "website"] for change in changes[:2]]

    right, wrong = "https://bank.example.org", "https://bank.example.com"
    assert websites == [[(wrong, right)], [(right, wrong)]]
    assert [change.who for change in changes[:2]] == ["Demo steward", "Demo steward"]


def test_nothing_counts_twice_and_every_entry_counts_for_one_promise(world: World) -> None:
    assert Attribution.objects.count() == Evidence.objects.count()
    assert not Evidence.objects.filter(attributions=None).exists()
