"""What the demo world holds: quoted promises, deliveries marked as simulated, a history, and failures."""

from datetime import date, timedelta

import pytest
from tests.cast import EXAMPLES
from tests.demo.conftest import DAY

from accord.agreements.models import Agreement, Engagement
from accord.agreements.queries import as_file
from accord.demo.stories import OPENED
from accord.engines import agreementfile
from accord.kernel.access import Actor, Grant
from accord.kernel.models import World
from accord.measures.models import Attribution, Evidence, Override, Snapshot
from accord.measures.queries import calibration
from accord.people.models import Account, Person, RoleGrant

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
    assert RoleGrant.objects.values("person").distinct().count() == len(accounts)


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

    assert stood["resident-teams"] == pytest.approx(189, rel=0.05)
    assert stood["research-personnel"] == pytest.approx(7_480, rel=0.05)
    assert stood["operated-area"] == pytest.approx(81_300, rel=0.05)
    assert Override.objects.filter(commitment__key="resident-teams", lifted_at=None).exists()


def test_nothing_counts_twice_and_every_entry_counts_for_one_promise(world: World) -> None:
    assert Attribution.objects.count() == Evidence.objects.count()
    assert not Evidence.objects.filter(attributions=None).exists()
