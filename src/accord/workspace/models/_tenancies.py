"""Who waits for space, what was offered and signed, and which spaces a tenancy holds."""

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from accord.kernel.audit import audited
from accord.kernel.marks import ends_after, pair
from accord.kernel.ranges import DayRange
from accord.workspace.enums import ApplicationState, EndReason, SpaceKind, TenancyState
from accord.workspace.models._sites import Building, Space
from accord.workspace.models._teams import Team

HOLD_SPACE = """
    IF TG_OP = 'DELETE' OR NOT NEW.is_held OR NEW.starts_on = NEW.ends_on THEN
        DELETE FROM workspace_occurrence WHERE tenancy_space_id = OLD.id;
        RETURN NULL;
    END IF;
    INSERT INTO workspace_occurrence (space_id, kind, state, during, blocked, tenancy_space_id, made_at, made_by_id,
                                      note, sequence, is_simulated, minutes)
    SELECT NEW.space_id, 'tenancy', 'confirmed', days.span, days.span, NEW.id, NEW.recorded_at, NEW.recorded_by_id,
           '', 0, site.is_simulated, 0
    FROM workspace_space space JOIN workspace_floor floor ON floor.id = space.floor_id
    JOIN workspace_building building ON building.id = floor.building_id
    JOIN workspace_site site ON site.id = building.site_id,
    LATERAL (SELECT tstzrange(NEW.starts_on::timestamp AT TIME ZONE site.time_zone,
                              NEW.ends_on::timestamp AT TIME ZONE site.time_zone) AS span) AS days
    WHERE space.id = NEW.space_id
    ON CONFLICT (tenancy_space_id) DO UPDATE
        SET during = EXCLUDED.during, blocked = EXCLUDED.blocked, space_id = EXCLUDED.space_id;
    RETURN NULL;
"""
"""A let space is taken in the same table as a booked one, so that one constraint keeps all of them apart."""


@audited()
class Application(models.Model):
    """A team's wish for space: how much, of what kind, from when, for how much. Not an offer.

    Its place on the waiting list is worked out by the site's stated order. Written by `operations.apply_for_space`,
    `withdraw_application`, `refuse_application`, and moved on by offers.
    """

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="applications")
    kind = models.CharField(max_length=10, choices=SpaceKind, default=SpaceKind.OFFICE)
    area_m2 = models.DecimalField(max_digits=8, decimal_places=2, help_text="The least that is enough.")
    people = models.PositiveIntegerField(help_text="Who will work there.")
    price_limit_minor = models.PositiveBigIntegerField(null=True, help_text="Most a month in minor units.")
    features = ArrayField(models.SlugField(max_length=40), default=list, blank=True, help_text="Needed, all of them.")
    wished = ArrayField(models.SlugField(max_length=40), default=list, blank=True, help_text="Nice to have.")
    building = models.ForeignKey(Building, on_delete=models.PROTECT, null=True, related_name="+")
    near = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, related_name="+")
    from_on = models.DateField()
    months = models.PositiveSmallIntegerField(null=True)
    has_priority = models.BooleanField(default=False, help_text="Named by the agreement that the site delivers to.")
    note = models.TextField(max_length=2000, blank=True)
    state = models.CharField(max_length=10, choices=ApplicationState, default=ApplicationState.WAITING)
    reason = models.TextField(max_length=2000, blank=True, help_text="Why it was refused or withdrawn.")
    applied_at = models.DateTimeField()
    applied_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["applied_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(area_m2__gt=0), name="application_asks_for_area"),
            models.CheckConstraint(condition=pair("closed"), name="application_closed_by_somebody"),
            models.UniqueConstraint(
                fields=["team"],
                condition=Q(state__in=[ApplicationState.WAITING, ApplicationState.OFFERED]),
                name="application_one_open_a_team",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area_m2} m2 for team {self.team_id} from {self.from_on} ({self.pk})"


@audited()
class Tenancy(models.Model):
    """That a team has space at a site over a term: offered, signed, ended; its spaces are `TenancySpace`s.

    In force from `starts_on` until `left_on`, or `ends_on` where nobody left before; half-open. A team has one tenancy
    at a time; a renewal follows the one it renews. Written by `operations.offer_space`, `sign_tenancy`,
    `decline_offer`, `lapse_offers`, `renew_tenancy`, `end_tenancy`.
    """

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="tenancies")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, null=True, related_name="tenancies")
    number = models.CharField(max_length=30, unique=True, help_text="Of the contract.")
    state = models.CharField(max_length=10, choices=TenancyState, default=TenancyState.OFFERED)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, help_text="First day after the term; none: until notice.")
    notice_days = models.PositiveSmallIntegerField(default=60)
    currency = models.CharField(max_length=3)
    deposit_minor = models.PositiveBigIntegerField(default=0)
    deposit_on = models.DateField(null=True, help_text="When the deposit came in.")
    deposit_back_on = models.DateField(null=True, help_text="When it was returned, or settled.")
    deposit_back_minor = models.PositiveBigIntegerField(null=True, help_text="How much of it went back.")
    renews = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="renewed_by")
    offered_at = models.DateTimeField()
    offered_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    answer_by_on = models.DateField(help_text="Last day to accept the offer.")
    signed_at = models.DateTimeField(null=True)
    signed_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    notice_on = models.DateField(null=True, help_text="When notice was given.")
    left_on = models.DateField(null=True, help_text="First day on which the team no longer had space.")
    end_reason = models.CharField(max_length=10, choices=EndReason, blank=True)
    end_note = models.TextField(max_length=2000, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    is_simulated = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["team", "-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on")), name="tenancy_ends_after_start"
            ),
            models.CheckConstraint(condition=ends_after("starts_on", "left_on"), name="tenancy_left_after_start"),
            models.CheckConstraint(
                condition=Q(deposit_back_on=None, deposit_back_minor=None)
                | Q(deposit_on__isnull=False, deposit_back_on__gte=F("deposit_on"))
                & Q(deposit_back_on__isnull=False, deposit_back_minor__isnull=False)
                & Q(deposit_back_minor__lte=F("deposit_minor")),
                name="tenancy_deposit_came_before_it_went",
            ),
            models.CheckConstraint(condition=pair("signed"), name="tenancy_signed_by_somebody"),
            models.CheckConstraint(condition=pair("ended"), name="tenancy_ended_by_somebody"),
            models.CheckConstraint(
                condition=Q(state=TenancyState.OFFERED, signed_at=None, ended_at=None)
                | Q(state=TenancyState.SIGNED, signed_at__isnull=False, ended_at=None, left_on=None)
                | Q(state=TenancyState.ENDED, signed_at__isnull=False, ended_at__isnull=False, left_on__isnull=False)
                | Q(state__in=[TenancyState.DECLINED, TenancyState.LAPSED], signed_at=None, ended_at__isnull=False),
                name="tenancy_state_is_told",
            ),
            ExclusionConstraint(
                name="tenancy_one_at_a_time",
                expressions=[
                    ("team", RangeOperators.EQUAL),
                    (DayRange("starts_on", Coalesce("left_on", "ends_on")), RangeOperators.OVERLAPS),
                ],
                condition=Q(state__in=[TenancyState.SIGNED, TenancyState.ENDED]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} of team {self.team_id}"


@audited()
class TenancySpace(models.Model):
    """That a tenancy holds a space over some days, and for how much a month.

    A team that moves, grows or shrinks ends one and begins another. `is_held` is false once the offer is off or the
    row was struck; while it is true the space is taken in `Occurrence` as well, by trigger. Written with the tenancy.
    """

    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT, related_name="spaces")
    space = models.ForeignKey(Space, on_delete=models.PROTECT, related_name="lettings")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    monthly_minor = models.PositiveBigIntegerField(help_text="Rent a month before relief, in minor units.")
    relief_percent = models.DecimalField(max_digits=5, decimal_places=2, default=0)
    is_held = models.BooleanField(default=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, help_text="When its end was recorded, if not with the start.")
    ended_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["tenancy", "starts_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=ends_after("starts_on", "ends_on"), name="letting_ends_after_start"),
            models.CheckConstraint(
                condition=Q(relief_percent__gte=0, relief_percent__lte=100), name="letting_relief_within_rent"
            ),
            models.CheckConstraint(condition=pair("ended"), name="letting_ended_by_somebody"),
            ExclusionConstraint(
                name="space_let_once_at_a_time",
                expressions=[
                    ("space", RangeOperators.EQUAL),
                    (DayRange("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
                condition=Q(is_held=True),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="letting_holds_space",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=HOLD_SPACE,
            )
        ]

    def __str__(self) -> str:
        return f"space {self.space_id} in tenancy {self.tenancy_id} from {self.starts_on} ({self.pk})"
