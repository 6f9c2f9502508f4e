"""How an agreement stands on a day, how it ends, and what waits for its officers."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.urls import reverse
from tests.agreements.contracts import AT, JOINTLY, RESULTS, SOLD, apply, read
from tests.cast import Cast, moment

from accord.agreements import operations, queries
from accord.agreements.enums import Life, Milestone
from accord.agreements.models import Agreement
from accord.engines import agreementfile as engine
from accord.kernel.finding import waits
from accord.kernel.models import World
from accord.kernel.refused import Clash
from accord.kernel.text import Bilingual
from accord.measures import queries as measures
from accord.outbox.models import InboxNote
from accord.people.queries import actor_of

pytestmark = pytest.mark.django_db
KEY = "chengdu-cass"
TERM = engine.Term(date(2019, 7, 1), date(2021, 6, 30), date(2020, 6, 1))
WHY = Bilingual("The building was sold.", "楼宇已出售。")


def lives(agreement: Agreement, *days: date) -> list[Life]:
    """Return how an agreement stands on several days."""
    return [queries.life_of(agreement, day) for day in days]


def today_is(day: date) -> None:
    """Make it this day in the world."""
    World.objects.all().delete()
    World(is_demo=True, demo_day=day, seed=1, scale=1.0, built_at=AT).save()


def test_life_follows_the_dates_to_the_day() -> None:
    agreement = apply(read(), term=TERM)

    days = [date(2019, 6, 21), date(2019, 6, 22), date(2019, 7, 1), date(2021, 6, 30), date(2021, 7, 1)]

    assert lives(agreement, *days) == [Life.DRAFT, Life.SIGNED, Life.IN_FORCE, Life.IN_FORCE, Life.EXPIRED]


def test_agreement_signed_on_no_known_day_is_in_force() -> None:
    assert lives(apply(read("zju-ant")), date(2019, 1, 1)) == [Life.IN_FORCE]


def test_draft_stays_a_draft() -> None:
    promises = tuple(replace(one, start=one.start or date(2019, 7, 1)) for one in read().promises)

    assert lives(apply(read(), signed=None, promises=promises), date(2030, 1, 1)) == [Life.DRAFT]


@pytest.mark.parametrize("of", ["clause", "promise"])
def test_amendment_of_a_clause_or_a_promise_amends_the_agreement_from_its_day(of: str) -> None:
    teams, *rest = read().promises
    later = engine.Amendment(date(2019, 9, 1), engine.Bilingual("Late."), due=date(2020, 3, 31))
    changes = (
        {"clauses": (replace(RESULTS, amendments=(JOINTLY,)),)}
        if of == "clause"
        else {"promises": (replace(teams, amendments=(later,)), *rest)}
    )

    agreement = apply(read(), **changes)

    assert lives(agreement, date(2019, 8, 31), date(2019, 9, 1)) == [Life.IN_FORCE, Life.AMENDED]


def test_renewal_holds_from_its_own_first_day_and_both_name_each_other(cast: Cast) -> None:
    apply(read(), term=TERM)
    apply(read(), key="second", renews=KEY, term=engine.Term(date(2021, 1, 1)))
    agreement = Agreement.objects.get(key=KEY)
    actor = actor_of(cast.partner.person, on=date(2021, 1, 1))

    assert lives(agreement, date(2020, 12, 31), date(2021, 1, 1), date(2022, 1, 1)) == [
        Life.IN_FORCE, Life.RENEWED, Life.RENEWED,
    ]  # fmt: skip
    assert [one.key for one in queries.kin_of(actor, agreement)] == ["second"]
    assert [one.key for one in queries.kin_of(actor, Agreement.objects.get(key="second"))] == [KEY]


def test_draft_renews_nothing_yet() -> None:
    apply(read())
    promises = tuple(replace(one, start=one.start or date(2019, 7, 1)) for one in read().promises)
    apply(read(), key="second", renews=KEY, signed=None, promises=promises)

    assert lives(Agreement.objects.get(key=KEY), date(2022, 1, 1)) == [Life.IN_FORCE]


@pytest.mark.parametrize("parties", ["others", "none"])
def test_agreement_of_others_cannot_be_renewed_and_answers_like_one_that_is_not_there(parties: str) -> None:
    if parties == "others":
        apply(read())

    with pytest.raises(operations.RenewedUnknown) as refused:
        apply(read("zju-ant"), renews=KEY)

    assert str(refused.value).startswith(f"None of these parties has an agreement with the key {KEY}.")


@pytest.mark.parametrize("renews", [KEY, "not-there"])
def test_officer_of_others_cannot_renew_an_agreement_nor_learn_whether_it_is_there(cast: Cast, renews: str) -> None:
    named = replace(
        read("zju-ant"), parties=(*read("zju-ant").parties, replace(read().parties[0], key="elsewhere")), renews=renews
    )

    answer = cast.outsider.client.post("/agreements/bring-in/", {"text": engine.write(named), "step": "apply"})

    assert (answer.status_code, Agreement.objects.filter(key="zju-ant").exists()) == (422, False)
    assert "renews an agreement that is not yours" in answer.content.decode()


def test_termination_says_who_when_and_why_in_database_and_file(cast: Cast) -> None:
    before = cast.agreement.version

    ended = operations.terminate_agreement(agreement=cast.agreement, on=SOLD.on, why=WHY, by=cast.owner.person, at=AT)

    assert (ended.terminated_by, ended.terminated_at, ended.version) == (cast.owner.person, AT, before + 1)
    assert queries.as_file(ended).terminated == SOLD
    assert engine.digest(queries.as_file(ended)) == ended.digest
    assert lives(ended, date(2020, 1, 31), date(2020, 2, 1)) == [Life.IN_FORCE, Life.TERMINATED]


def test_termination_is_told_to_the_other_officers_once(cast: Cast) -> None:
    for _time in range(2):
        operations.terminate_agreement(agreement=cast.agreement, on=SOLD.on, why=WHY, by=cast.owner.person, at=AT)

    assert [note.person for note in InboxNote.objects.all()] == [cast.partner.person]
    assert Agreement.objects.get(key=KEY).version == cast.agreement.version + 1


def test_termination_is_not_taken_back(cast: Cast) -> None:
    operations.terminate_agreement(agreement=cast.agreement, on=SOLD.on, why=WHY, by=cast.owner.person, at=AT)

    with pytest.raises(operations.NotInForce):
        operations.terminate_agreement(
            agreement=cast.agreement, on=date(2020, 3, 1), why=WHY, by=cast.partner.person, at=AT
        )
    with pytest.raises(operations.PromiseFrozen):
        apply(read())


@pytest.mark.parametrize(("on", "term"), [(date(2019, 6, 21), None), (date(2021, 7, 1), TERM)])
def test_termination_outside_the_term_is_refused_beside_its_field(
    cast: Cast, on: date, term: engine.Term | None
) -> None:
    apply(read(), term=term)

    with pytest.raises(operations.DayOutsideTerm) as refused:
        operations.terminate_agreement(agreement=cast.agreement, on=on, why=WHY, by=cast.owner.person, at=AT)

    assert refused.value.field == "on"


def test_termination_from_a_stale_version_clashes(cast: Cast) -> None:
    with pytest.raises(Clash):
        operations.terminate_agreement(
            agreement=cast.agreement, on=SOLD.on, why=WHY, by=cast.owner.person, at=AT, version=99
        )


def test_officer_ends_it_after_checking_and_others_cannot(cast: Cast) -> None:
    url = reverse("agreements:terminate", args=[KEY])
    form = {"on": "2020-02-01", "why_0": "The building was sold."}

    statuses = [
        one.client.get(url).status_code
        for one in (cast.owner, cast.partner, cast.executive, cast.steward, cast.outsider)
    ]
    check = cast.owner.client.post(url, form)
    assert Agreement.objects.get(key=KEY).terminated_on is None
    carried = check.content.decode().split('name="answers-carried" value="')[1].split('"')[0]
    done = cast.owner.client.post(url, {"answers-stage": "send", "answers-carried": carried})

    assert statuses == [200, 200, 403, 403, 404]
    assert (done.status_code, Agreement.objects.get(key=KEY).terminated_on) == (302, date(2020, 2, 1))
    page = cast.partner.client.get(reverse("agreements:text", args=[KEY])).content.decode()
    assert "The building was sold." in page
    assert "End the agreement early" not in page


def test_review_is_set_within_the_term_only(cast: Cast) -> None:
    apply(read(), term=TERM)
    url = reverse("agreements:set-review", args=[KEY])

    wrong = cast.owner.client.post(url, {"on": "2022-01-01"})
    right = cast.owner.client.post(url, {"on": "2021-01-01"})

    assert (wrong.status_code, right.status_code) == (422, 302)
    assert "Choose a day between the two" in wrong.content.decode()
    assert Agreement.objects.get(key=KEY).review_on == date(2021, 1, 1)
    assert queries.as_file(Agreement.objects.get(key=KEY)).term.review == date(2021, 1, 1)
    assert cast.outsider.client.get(url).status_code == 404
    assert cast.executive.client.post(url, {"on": "2021-01-01"}).status_code == 403


def test_dates_come_in_order_and_end_with_the_termination() -> None:
    agreement = apply(read(), term=TERM, notice_days=90)
    ended = apply(read(), term=TERM, notice_days=90, terminated=SOLD)
    day = date(2020, 6, 1)

    assert [(one.milestone, one.on, one.days) for one in queries.dates_of(agreement, day)] == [
        (Milestone.SIGNED, date(2019, 6, 22), -345),
        (Milestone.STARTS, date(2019, 7, 1), -336),
        (Milestone.REVIEW, date(2020, 6, 1), 0),
        (Milestone.NOTICE, date(2021, 4, 1), 304),
        (Milestone.ENDS, date(2021, 6, 30), 394),
    ]
    assert [one.milestone for one in queries.dates_of(ended, day)] == [
        Milestone.SIGNED, Milestone.STARTS, Milestone.TERMINATED,
    ]  # fmt: skip


def test_notice_of_absurd_length_is_no_date() -> None:
    assert queries.notice_on(apply(read(), term=TERM, notice_days=999_999)) is None


WAITING = [
    (date(2020, 4, 1), []),
    (date(2020, 4, 2), [Milestone.REVIEW]),
    (date(2021, 1, 30), [Milestone.REVIEW]),
    (date(2021, 1, 31), [Milestone.REVIEW, Milestone.NOTICE]),
    (date(2021, 4, 1), [Milestone.REVIEW, Milestone.NOTICE]),
    (date(2021, 4, 2), [Milestone.REVIEW]),
    (date(2021, 5, 1), [Milestone.REVIEW, Milestone.ENDS]),
    (date(2021, 7, 1), []),
]
SAID = {"Review is due": Milestone.REVIEW, "Notice must be given": Milestone.NOTICE, "The term ends": Milestone.ENDS}


@pytest.mark.parametrize(("day", "expected"), WAITING)
def test_officers_are_reminded_from_sixty_days_before(cast: Cast, django_assert_num_queries, day, expected) -> None:
    apply(read(), term=TERM, notice_days=90)
    today_is(day)
    actors = [actor_of(one.person, on=day) for one in (cast.owner, cast.partner, cast.executive, cast.outsider)]
    offer = waits.get("agreements")

    with django_assert_num_queries(1):
        listed = offer.listed(actors[0], 10)

    assert [SAID[str(one.context)] for one in listed] == expected
    assert [offer.number(actor) for actor in actors] == [len(expected), len(expected), 0, 0]


@pytest.mark.parametrize("settled", ["renewed", "terminated"])
def test_nothing_waits_once_it_is_settled(cast: Cast, settled: str) -> None:
    if settled == "renewed":
        apply(read(), term=replace(TERM, review=None), notice_days=90)
        apply(read(), key="second", renews=KEY, term=engine.Term(date(2021, 7, 1)))
    else:
        apply(read(), term=TERM, notice_days=90, terminated=SOLD)
    today_is(date(2021, 3, 1))

    assert waits.get("agreements").number(actor_of(cast.owner.person, on=date(2021, 3, 1))) == 0


def test_list_is_filtered_by_how_agreements_stand_and_by_silence(cast: Cast) -> None:
    apply(read(), term=TERM)
    today_is(date(2021, 8, 1))

    shown = {
        asked: KEY in cast.owner.client.get(f"/agreements/?{asked}").content.decode()
        for asked in ("state=expired", "state=in-force", "silent=yes", "silent=no")
    }

    assert shown == {"state=expired": True, "state=in-force": False, "silent=yes": False, "silent=no": True}


def test_agreement_is_silent_once_six_months_pass_without_delivery_and_meeting(cast: Cast) -> None:
    cast.record("resident-teams", 3, date(2019, 8, 1), confirmed=moment(date(2019, 8, 2)))
    met_on = date(2019, 9, 1)

    def line(day: date) -> measures.AgreementLine:
        actor = actor_of(cast.owner.person, on=day)
        return measures.agreement_lines(queries.agreements_visible_to(actor), day)[0]

    assert line(date(2020, 1, 30)).silent_since is None
    assert line(date(2020, 1, 31)).silent_since == date(2019, 8, 1)
    operations.record_engagement(
        agreement=cast.agreement, kind="visit", title=Bilingual("Visit"), held_on=met_on, place=Bilingual(),
        attendees=3, by=cast.owner.person, at=moment(met_on),
    )  # fmt: skip
    assert line(date(2020, 1, 31)).silent_since is None
    assert line(met_on + timedelta(days=183)).silent_since == met_on
    board = cast.owner.client.get(f"/agreements/{KEY}/?as_of=2020-06-01").content.decode()
    assert "Nothing was delivered and nobody met since 1 Sep 2019." in board
