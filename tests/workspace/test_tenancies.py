"""Applications, offers, contracts, moves and ends: what each does, refuses, and leaves behind."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core import mail
from tests.cast import moment
from tests.workspace.scene import MOVED_IN, Scene

from accord.kernel.refused import Refused
from accord.outbox.models import InboxNote
from accord.people import operations as people
from accord.people.models import Person, SignedLink
from accord.workspace import models, operations, queries
from accord.workspace.enums import (
    ApplicationState,
    EndReason,
    Fate,
    GraduationRule,
    OccurrenceKind,
    Stage,
    TenancyState,
)
from accord.workspace.operations import Door, Offered
from accord.workspace.queries import Spell

pytestmark = pytest.mark.django_db
APPLIED = date(2019, 4, 1)
START = date(2019, 6, 1)
END = date(2020, 6, 1)
ANSWER_BY = date(2019, 5, 1)


def who(scene: Scene, on: date = APPLIED) -> dict[str, Any]:
    """Return the operator as who does it, on a day."""
    return {"by": scene.operator.person, "at": moment(on)}


def apply(scene: Scene, team: models.Team, on: date = APPLIED, **more: Any) -> models.Application:
    """Put a team on the waiting list."""
    wish: dict[str, Any] = {"area_m2": Decimal(50), "people": 8, "from_on": START} | more
    return operations.apply_for_space(team=team, **wish, **who(scene, on))


def offer(scene: Scene, space: models.Space | None = None, **more: Any) -> models.Tenancy:
    """Offer a space to the other team."""
    terms: dict[str, Any] = {
        "team": scene.other_team,
        "spaces": [Offered(space or scene.next_office, 320_000, Decimal(25))],
        "starts_on": START,
        "ends_on": END,
        "answer_by_on": ANSWER_BY,
        "number": "T-2019-2",
        "deposit_minor": 640_000,
    }
    return operations.offer_space(**(terms | who(scene) | more))


def signed(scene: Scene, **more: Any) -> models.Tenancy:
    """Return a signed tenancy of the other team."""
    return operations.sign_tenancy(tenancy=offer(scene, **more), **who(scene, date(2019, 4, 10)))


def holds(space: models.Space) -> list[tuple[date, date | None]]:
    """Return by which days tenancies hold a space, as the database keeps bookings out."""
    rows = models.Occurrence.objects.filter(space=space, kind=OccurrenceKind.TENANCY).order_by("during")
    return [
        (
            (row.during.lower + timedelta(hours=8)).date(),
            (row.during.upper + timedelta(hours=8)).date() if row.during.upper else None,
        )
        for row in rows
    ]


class TestWaitingList:
    """Who waits, in which order, and why."""

    def test_a_team_waits_once(self, scene: Scene) -> None:
        apply(scene, scene.other_team)

        with pytest.raises(operations.AlreadyWaits):
            apply(scene, scene.other_team)

    @pytest.mark.parametrize("wrong", [{"area_m2": Decimal(0)}, {"people": 0}])
    def test_a_wish_for_nothing_is_refused(self, scene: Scene, wrong: dict[str, Any]) -> None:
        with pytest.raises(operations.ApplicationUnclear):
            apply(scene, scene.other_team, **wrong)

        assert not models.Application.objects.exists()

    def test_priority_comes_first_then_the_earlier_stage_then_the_day(self, scene: Scene) -> None:
        names = {
            "grown": (Stage.GROWTH, APPLIED, False),
            "named": (Stage.GROWTH, APPLIED + timedelta(days=9), True),
            "idea": (Stage.IDEA, APPLIED + timedelta(days=8), False),
            "second": (Stage.IDEA, APPLIED + timedelta(days=9), False),
        }
        for key, (stage, day, named) in names.items():
            team = models.Team.objects.create(
                site=scene.site,
                key=key,
                name=scene.team.name,
                origin="domestic",
                stage=stage,
                registered_at=moment(day),
                registered_by=scene.operator.person,
            )
            apply(scene, team, day, has_priority=named)

        rows = sorted(queries.waiting_rows(scene.site), key=lambda row: row.place or 0)

        assert [row.application.team.key for row in rows] == ["named", "idea", "second", "grown"]
        last = queries.list_place_of(rows[-1].application)
        assert last is not None
        assert (last.number, last.of, last.by_priority, last.by_stage, last.by_day) == (4, 4, 1, 2, 0)

    def test_another_kind_of_space_is_another_list(self, scene: Scene) -> None:
        apply(scene, scene.team)
        lab = apply(scene, scene.other_team, APPLIED + timedelta(days=1), kind="lab")

        place = queries.list_place_of(lab)

        assert place is not None
        assert (place.number, place.of) == (1, 1)

    def test_who_is_refused_is_told_why_and_can_apply_anew(self, scene: Scene) -> None:
        first = apply(scene, scene.other_team)
        with pytest.raises(operations.ReasonMissing):
            operations.refuse_application(application=first, reason=" ", **who(scene))

        operations.refuse_application(application=first, reason="No wet laboratories here.", **who(scene))
        operations.refuse_application(application=first, reason="again", **who(scene))

        first.refresh_from_db()
        assert (first.state, first.reason) == (ApplicationState.REFUSED, "No wet laboratories here.")
        told = InboxNote.objects.get(message__topic="workspace.refused")
        assert told.person_id == scene.rival.person.pk
        assert "No wet laboratories here." in told.message.body.en
        assert apply(scene, scene.other_team).pk != first.pk

    def test_an_application_is_not_withdrawn_under_an_offer(self, scene: Scene) -> None:
        found = apply(scene, scene.other_team)
        offer(scene)

        with pytest.raises(operations.OfferStands):
            operations.withdraw_application(application=found, **who(scene))


class TestOffers:
    """An offer holds its spaces until it is answered."""

    def test_an_offer_holds_its_space_and_the_same_again_is_the_same(self, scene: Scene) -> None:
        found = apply(scene, scene.other_team)

        first, second = offer(scene), offer(scene)

        assert first == second
        assert holds(scene.next_office) == [(START, END)]
        found.refresh_from_db()
        assert (found.state, first.application) == (ApplicationState.OFFERED, found)

    def test_a_declined_offer_frees_its_space_and_the_team_waits_on(self, scene: Scene) -> None:
        found = apply(scene, scene.other_team)
        made = offer(scene)

        operations.decline_offer(tenancy=made, reason="Too dark.", **who(scene))

        assert holds(scene.next_office) == []
        found.refresh_from_db()
        assert found.state == ApplicationState.WAITING
        with pytest.raises(operations.OfferGone):
            operations.sign_tenancy(tenancy=made, **who(scene))

    def test_an_offer_lapses_the_day_after_its_last_and_not_before(self, scene: Scene) -> None:
        made = offer(scene)

        before = operations.lapse_offers(at=moment(ANSWER_BY, 15))
        after = operations.lapse_offers(at=moment(ANSWER_BY, 17))

        made.refresh_from_db()
        assert (before, after, made.state) == (0, 1, TenancyState.LAPSED)
        assert holds(scene.next_office) == []
        assert operations.lapse_offers(at=moment(ANSWER_BY, 18)) == 0

    def test_what_is_in_the_way_is_named(self, scene: Scene) -> None:
        with pytest.raises(operations.SpaceNotFree, match=r"A-001 is held for Lantern from 1 Mar 2019 to 29 Feb 2020"):
            offer(scene, scene.office)

        assert not models.Tenancy.objects.filter(number="T-2019-2").exists()

    def test_bookings_in_the_way_are_cancelled_only_when_it_is_said(self, scene: Scene) -> None:
        row = _booked(scene, scene.lab, date(2019, 7, 2))
        with pytest.raises(
            operations.SpaceNotFree, match="L-001 has 1 booking between 2 Jul 2019 and 2 Jul 2019"
        ) as no:
            offer(scene, scene.lab)

        offer(scene, scene.lab, cancel_bookings=True)

        row.refresh_from_db()
        assert no.value.detail["can_cancel"] is True
        assert row.state == "cancelled"
        assert holds(scene.lab) == [(START, END)]

    def test_a_space_out_of_operation_is_not_offered(self, scene: Scene) -> None:
        models.Space.objects.filter(pk=scene.lab.pk).update(ends_on=date(2020, 1, 1))

        with pytest.raises(operations.SpaceNotOpen):
            offer(scene, scene.lab)

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            ({"spaces": []}, "spaces"),
            ({"ends_on": START}, "ends_on"),
            ({"answer_by_on": date(2019, 3, 1)}, "answer_by_on"),
            ({"number": " "}, "number"),
        ],
    )
    def test_an_unclear_offer_is_refused_at_its_field(self, scene: Scene, wrong: dict[str, Any], field: str) -> None:
        with pytest.raises(operations.OfferUnclear) as refused:
            offer(scene, **wrong)

        assert refused.value.field == field

    def test_a_number_stands_for_one_contract(self, scene: Scene) -> None:
        with pytest.raises(operations.NumberTaken):
            offer(scene, number=scene.tenancy.number)

    def test_a_team_has_one_tenancy_at_a_time(self, scene: Scene) -> None:
        with pytest.raises(operations.TeamHasTenancy):
            offer(scene, team=scene.team)

    def test_of_two_offers_of_the_same_days_only_one_is_signed(self, scene: Scene) -> None:
        signed(scene)
        with pytest.raises(operations.TeamHasTenancy):
            offer(scene, scene.lab, number="T-3")

    def test_who_has_no_account_answers_once_by_a_link(self, scene: Scene) -> None:
        guest = people.register_person(key="guest", name=scene.team.name)
        Person.objects.filter(pk=guest.pk).update(email="guest@example.org")
        models.Team.objects.filter(pk=scene.other_team.pk).update(contact=guest)
        scene.other_team.refresh_from_db()

        made = offer(scene, door=Door(lambda: "secret-token", lambda token: f"https://x/{token}"))

        (letter,) = [one for one in mail.outbox if "secret-token" in str(one.body)]
        assert letter.to == ["guest@example.org"]
        link = SignedLink.objects.get().pk
        operations.answer_by_link(link_id=link, accept=True, at=moment(APPLIED))
        made.refresh_from_db()
        assert (made.state, made.signed_by) == (TenancyState.SIGNED, guest)
        with pytest.raises(Refused):
            operations.answer_by_link(link_id=link, accept=False, at=moment(APPLIED))


class TestContracts:
    """A signed tenancy is counted, moves, is renewed and ends."""

    def test_a_signed_contract_counts_the_team_and_places_the_application(self, scene: Scene) -> None:
        found = apply(scene, scene.other_team)

        made = signed(scene)

        found.refresh_from_db()
        lines = models.TeamSpan.objects.filter(team=scene.other_team, unknown_at=None, what="resident")
        assert [(one.starts_on, one.ends_on, one.record) for one in lines] == [(START, END, f"tenancy:{made.pk}")]
        assert (found.state, found.closed_by) == (ApplicationState.PLACED, scene.operator.person)

    def test_a_move_ends_one_space_where_the_other_begins(self, scene: Scene) -> None:
        made, on = signed(scene), date(2019, 9, 1)
        into = Offered(scene.lab, 400_000)

        for _time in range(2):
            operations.move_team(tenancy=made, from_space=scene.next_office, to=into, on=on, **who(scene))

        assert (holds(scene.next_office), holds(scene.lab)) == ([(START, on)], [(on, END)])
        area = models.TeamSpan.objects.filter(team=scene.other_team, what="area", unknown_at=None).order_by("starts_on")
        assert [(int(one.amount), one.starts_on, one.ends_on) for one in area] == [(80, START, on), (100, on, END)]

    def test_a_team_grows_and_shrinks_but_not_to_nothing(self, scene: Scene) -> None:
        made, on = signed(scene), date(2019, 9, 1)

        operations.move_team(tenancy=made, from_space=None, to=Offered(scene.lab, 1), on=on, **who(scene))
        operations.move_team(tenancy=made, from_space=scene.next_office, to=None, on=date(2019, 10, 1), **who(scene))

        assert holds(scene.next_office) == [(START, date(2019, 10, 1))]
        with pytest.raises(operations.NothingLeft):
            operations.move_team(tenancy=made, from_space=scene.lab, to=None, on=date(2019, 11, 1), **who(scene))
        assert holds(scene.lab) == [(on, END)]

    def test_another_rent_from_a_day_on_is_a_move_within_the_space(self, scene: Scene) -> None:
        made, on = signed(scene), date(2019, 9, 1)

        operations.move_team(
            tenancy=made, from_space=scene.next_office, to=Offered(scene.next_office, 500_000), on=on, **who(scene)
        )

        rows = made.spaces.order_by("starts_on").values_list("monthly_minor", "starts_on", "ends_on")
        assert list(rows) == [(320_000, START, on), (500_000, on, END)]

    def test_notice_keeps_the_days_of_the_contract(self, scene: Scene) -> None:
        made, given = signed(scene), date(2019, 9, 1)
        with pytest.raises(operations.NoticeTooLate) as early:
            operations.give_notice(tenancy=made, notice_on=given, leaves_on=date(2019, 10, 1), **who(scene, given))

        leaves = early.value.detail["earliest"]
        operations.give_notice(tenancy=made, notice_on=given, leaves_on=leaves, **who(scene, given))

        assert leaves == date(2019, 10, 31)
        assert holds(scene.next_office) == [(START, leaves)]
        (line,) = models.TeamSpan.objects.filter(team=scene.other_team, what="resident", unknown_at=None)
        assert line.ends_on == leaves

    def test_a_renewal_follows_the_term_and_an_early_end_waits_for_it(self, scene: Scene) -> None:
        made = signed(scene)
        renewal = operations.renew_tenancy(
            tenancy=made, ends_on=date(2021, 6, 1), answer_by_on=date(2020, 5, 1), number="T-R", **who(scene)
        )

        with pytest.raises(operations.RenewalStands):
            operations.end_tenancy(tenancy=made, left_on=date(2020, 1, 1), reason=EndReason.EARLY, **who(scene))
        operations.sign_tenancy(tenancy=renewal, **who(scene))
        operations.end_tenancy(tenancy=made, left_on=END, reason=EndReason.TERM, **who(scene, END))

        (row,) = renewal.spaces.all()
        assert (row.monthly_minor, row.relief_percent, row.starts_on) == (320_000, Decimal(25), END)
        assert holds(scene.next_office) == [(START, END), (END, date(2021, 6, 1))]
        assert models.TeamSpan.objects.filter(what="resident", unknown_at=None).count() == 2

    def test_a_renewal_leaves_the_wish_for_more_space_on_the_list(self, scene: Scene) -> None:
        made = signed(scene)
        wish = apply(scene, scene.other_team)

        operations.renew_tenancy(tenancy=made, ends_on=None, answer_by_on=date(2020, 5, 1), number="T-R", **who(scene))

        wish.refresh_from_db()
        assert wish.state == ApplicationState.WAITING

    def test_a_declined_renewal_can_be_offered_again(self, scene: Scene) -> None:
        made = signed(scene)
        terms: dict[str, Any] = {"tenancy": made, "ends_on": date(2021, 6, 1), "answer_by_on": date(2020, 5, 1)}
        first = operations.renew_tenancy(**terms, number="R1", **who(scene))
        operations.decline_offer(tenancy=first, **who(scene))

        again = operations.renew_tenancy(**terms, number="R2", **who(scene))

        assert again.renews == made

    def test_an_early_exit_frees_the_space_and_keeps_its_reason(self, scene: Scene) -> None:
        made, left = signed(scene), date(2019, 12, 1)

        for _time in range(2):
            operations.end_tenancy(
                tenancy=made, left_on=left, reason=EndReason.EARLY, note="Moved to Chongqing.", **who(scene, left)
            )

        made.refresh_from_db()
        assert (made.state, made.end_reason, made.end_note) == ("ended", "early", "Moved to Chongqing.")
        assert holds(scene.next_office) == [(START, left)]
        with pytest.raises(operations.TenancyNotInForce):
            operations.move_team(tenancy=made, from_space=None, to=Offered(scene.lab, 1), on=left, **who(scene))

    def test_an_end_outside_the_term_is_refused(self, scene: Scene) -> None:
        with pytest.raises(operations.DayOutsideTenancy):
            operations.end_tenancy(
                tenancy=signed(scene), left_on=END + timedelta(days=1), reason=EndReason.TERM, **who(scene)
            )

    def test_a_deposit_comes_in_and_goes_back_in_part(self, scene: Scene) -> None:
        made = signed(scene)
        with pytest.raises(operations.DepositOdd):
            operations.return_deposit(tenancy=made, returned_on=START, returned_minor=1, **who(scene, START))

        operations.record_deposit(tenancy=made, received_on=APPLIED, **who(scene))
        with pytest.raises(operations.DepositOdd):
            operations.return_deposit(tenancy=made, returned_on=START, returned_minor=640_001, **who(scene, START))
        back = operations.return_deposit(tenancy=made, returned_on=START, returned_minor=600_000, **who(scene, START))

        assert (back.deposit_on, back.deposit_back_on, back.deposit_back_minor) == (APPLIED, START, 600_000)


class TestGraduates:
    """Teams leave by a rule and are followed."""

    LEFT = date(2019, 10, 1)

    def test_a_graduation_ends_the_tenancy_and_counts_from_its_day(self, scene: Scene) -> None:
        for _time in range(2):
            self._graduate(scene)

        scene.tenancy.refresh_from_db()
        assert (scene.tenancy.left_on, scene.tenancy.end_reason) == (self.LEFT, EndReason.GRADUATED)
        (line,) = models.TeamSpan.objects.filter(what="surviving", unknown_at=None)
        assert (line.starts_on, line.ends_on) == (self.LEFT, date(2020, 10, 2))

    def test_what_is_heard_of_a_graduate_counts_it_on_and_its_end_stops_it(self, scene: Scene) -> None:
        self._graduate(scene)
        for fate, day in ((Fate.TRADING, date(2021, 1, 1)), (Fate.CEASED, date(2021, 6, 1))):
            operations.record_fate(team=scene.team, fate=fate, heard_on=day, **who(scene, day))

        lines = models.TeamSpan.objects.filter(what="surviving", unknown_at=None).order_by("starts_on")
        assert [(one.starts_on, one.ends_on) for one in lines] == [
            (self.LEFT, date(2020, 10, 2)),
            (date(2021, 1, 1), date(2021, 6, 1)),
        ]

    def test_a_struck_graduation_no_longer_counts_and_can_be_recorded_anew(self, scene: Scene) -> None:
        made = self._graduate(scene)

        operations.strike_graduation(graduation=made, **who(scene, self.LEFT))

        assert not models.TeamSpan.objects.filter(what="surviving", unknown_at=None).exists()
        assert self._graduate(scene).pk != made.pk

    @pytest.mark.parametrize(
        ("team", "given", "refusal"),
        [
            ("team", {"evidence": " "}, operations.EvidenceMissing),
            ("other_team", {}, operations.CannotGraduate),
            ("team", {"graduated_on": date(2030, 1, 1)}, operations.CannotGraduate),
            ("team", {"graduated_on": MOVED_IN}, operations.CannotGraduate),
        ],
    )
    def test_who_cannot_graduate_hears_why(
        self, scene: Scene, team: str, given: dict[str, Any], refusal: type[Refused]
    ) -> None:
        with pytest.raises(refusal):
            self._graduate(scene, getattr(scene, team), **given)

    def test_only_graduates_are_followed_up(self, scene: Scene) -> None:
        with pytest.raises(operations.FateOdd):
            operations.record_fate(team=scene.team, fate=Fate.TRADING, heard_on=MOVED_IN, **who(scene, self.LEFT))

    def test_records_bear_rules_out_by_sums_above_the_bound(self, scene: Scene) -> None:
        for number, amount in enumerate([3_000_000_00, 2_000_000_00]):
            self._fund(scene, amount, number)
        exactly = queries.checks_of(scene.team, self.LEFT)[0]
        self._fund(scene, 1, 3)
        above = queries.checks_of(scene.team, self.LEFT)[0]

        assert [one.borne for one in (exactly, above)] == [queries.Borne.NOT_MET, queries.Borne.MET]

    def test_revenue_is_added_over_the_best_two_years_in_a_row(self, scene: Scene) -> None:
        for quarter in range(9):
            self._report(scene, queries.months_after(date(2017, 1, 1), 3 * quarter), 1_300_000_00)

        check = queries.checks_of(scene.team, self.LEFT)[1]

        assert (check.borne, check.amount_minor, check.quarters) == (queries.Borne.MET, 10_400_000_00, 8)

    def _graduate(self, scene: Scene, team: models.Team | None = None, **given: Any) -> models.Graduation:
        terms: dict[str, Any] = {
            "rule": GraduationRule.HIGH_TECH,
            "graduated_on": self.LEFT,
            "evidence": "GR201951000001",
        } | given
        return operations.graduate(team=team or scene.team, **terms, **who(scene, self.LEFT))

    def _fund(self, scene: Scene, amount: int, number: int) -> None:
        models.Funding.objects.create(
            team=scene.team,
            kind="equity",
            amount_minor=amount,
            currency="CNY",
            received_on=date(2019, 3, 1 + number),
            recorded_at=moment(APPLIED),
            recorded_by=scene.operator.person,
        )

    def _report(self, scene: Scene, quarter: date, revenue: int) -> None:
        models.TeamReport.objects.create(
            team=scene.team,
            quarter_on=quarter,
            stands_on=quarter,
            jobs=1,
            research_jobs=0,
            revenue_minor=revenue,
            currency="CNY",
            reported_at=moment(APPLIED),
            reported_by=scene.operator.person,
        )


def test_free_spaces_are_ranked_by_what_they_lack_and_how_much_is_spare(scene: Scene) -> None:
    models.Space.objects.filter(pk=scene.next_office.pk).update(features=["window"])
    wish = apply(scene, scene.other_team, area_m2=Decimal(70), people=12, wished=["window"], from_on=date(2020, 3, 1))

    fits = queries.spaces_that_fit(wish, Spell(date(2020, 3, 1), date(2021, 3, 1)))

    assert [(fit.space.code, fit.fits, fit.meets) for fit in fits] == [
        ("A-002", True, ("window",)),
        ("A-001", False, ()),
    ]
    assert fits[1].lacks == ("10 m² too small", "seats 10")


def test_a_space_that_is_held_is_not_among_the_free_ones(scene: Scene) -> None:
    wish = apply(scene, scene.other_team)

    fits = queries.spaces_that_fit(wish, Spell(START, END))

    assert [fit.space.code for fit in fits] == ["A-002"]


def _booked(scene: Scene, space: models.Space, day: date) -> models.Occurrence:
    booking = models.Booking.objects.create(
        key="5b0c0000-0000-4000-8000-000000000001",
        space=space,
        title="Samples",
        owner=scene.lead.person,
        starts_at=moment(day, 2),
        minutes=60,
        code="000000",
        made_at=moment(APPLIED),
        made_by=scene.lead.person,
    )
    during = (moment(day, 2), moment(day, 3))
    return models.Occurrence.objects.create(
        space=space,
        kind=OccurrenceKind.BOOKING,
        state="confirmed",
        during=during,
        blocked=during,
        minutes=60,
        booking=booking,
        made_at=moment(APPLIED),
        made_by=scene.lead.person,
    )
