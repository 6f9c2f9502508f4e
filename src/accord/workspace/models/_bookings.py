"""Bookings and their dates, closures, quotas, guests and calendar feeds."""

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q

from accord.kernel.audit import audited, audited_changes
from accord.kernel.marks import pair
from accord.kernel.text import BilingualField
from accord.workspace.enums import HOLDING, PENDING, OccurrenceKind, OccurrenceState
from accord.workspace.models._sites import BookingPolicy, Building, Floor, Site, Space
from accord.workspace.models._teams import Team
from accord.workspace.models._tenancies import TenancySpace

IN_OPERATION = """
    DECLARE
        place record;
        rules record;
        zone text;
    BEGIN
    IF NEW.kind = 'closure' OR (NEW.kind = 'booking' AND NEW.state NOT IN ('confirmed', 'attended')
                                AND NEW.quota_id IS NOT NULL) THEN
        RETURN NEW;
    END IF;
    SELECT starts_on, ends_on, policy_id, floor_id INTO place
      FROM workspace_space WHERE id = NEW.space_id FOR SHARE;
    IF NEW.state IN ('confirmed', 'attended') AND NOT coalesce(
        lower(NEW.during) >= (place.starts_on + 1)::timestamp AT TIME ZONE 'UTC'
        AND (place.ends_on IS NULL OR upper(NEW.during) <= (place.ends_on - 1)::timestamp AT TIME ZONE 'UTC'), false)
    THEN
        SELECT site.time_zone INTO zone FROM workspace_floor floor
          JOIN workspace_building building ON building.id = floor.building_id
          JOIN workspace_site site ON site.id = building.site_id WHERE floor.id = place.floor_id;
        IF NOT tstzrange(place.starts_on::timestamp AT TIME ZONE zone,
                         place.ends_on::timestamp AT TIME ZONE zone) @> NEW.during THEN
            RAISE EXCEPTION 'space % is not in operation', NEW.space_id
                USING ERRCODE = 'check_violation', CONSTRAINT = 'occurrence_in_operation';
        END IF;
    END IF;
    IF NEW.kind <> 'booking' OR NEW.team_id IS NULL OR NEW.quota_id IS NOT NULL OR place.policy_id IS NULL THEN
        RETURN NEW;
    END IF;
    SELECT policy.quota_minutes, site.time_zone INTO rules FROM workspace_bookingpolicy policy
      JOIN workspace_site site ON site.id = policy.site_id WHERE policy.id = place.policy_id;
    IF rules.quota_minutes IS NOT NULL THEN
        INSERT INTO workspace_quotause AS held (team_id, policy_id, month_on, minutes, allowed)
        VALUES (NEW.team_id, place.policy_id,
                date_trunc('month', lower(NEW.during) AT TIME ZONE rules.time_zone)::date, 0, rules.quota_minutes)
        ON CONFLICT (team_id, policy_id, month_on) DO UPDATE SET allowed = greatest(held.minutes, EXCLUDED.allowed)
        RETURNING id INTO NEW.quota_id;
    END IF;
    RETURN NEW;
    END;
"""
"""Is the space in operation, and which quota does the booking draw on? A no-show still draws.

The zone matters only within a day of the first or last; the space's row is locked, so that its days stay meanwhile.
"""

DRAW_ON_QUOTA = """
    IF TG_OP <> 'INSERT' AND OLD.quota_id IS NOT NULL AND OLD.state IN ('confirmed', 'attended', 'no_show') THEN
        UPDATE workspace_quotause SET minutes = minutes - OLD.minutes WHERE id = OLD.quota_id;
    END IF;
    IF TG_OP <> 'DELETE' AND NEW.quota_id IS NOT NULL AND NEW.state IN ('confirmed', 'attended', 'no_show') THEN
        UPDATE workspace_quotause SET minutes = minutes + NEW.minutes WHERE id = NEW.quota_id;
    END IF;
    RETURN NULL;
"""
"""The quota's row lock lets racing requests in one after the other; its check refuses what goes over."""


@audited()
class Closure(models.Model):
    """That a site, a building, a floor or a space is closed for a while, and why.

    It stands in `Occurrence` for every space it touches, so that no second rule keeps bookings out. Written by
    `operations.close_for` and `lift_closure`.
    """

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="closures")
    building = models.ForeignKey(Building, on_delete=models.PROTECT, null=True, related_name="+")
    floor = models.ForeignKey(Floor, on_delete=models.PROTECT, null=True, related_name="+")
    space = models.ForeignKey(Space, on_delete=models.PROTECT, null=True, related_name="closures")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    reason = BilingualField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["site", "starts_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="closure_ends_after_start"),
            models.CheckConstraint(condition=pair("lifted"), name="closure_lifted_by_somebody"),
        ]

    def __str__(self) -> str:
        return f"closure of site {self.site_id} from {self.starts_at} ({self.pk})"


@audited()
class Booking(models.Model):
    """What somebody booked: one space, once or as a series; each of its dates is an `Occurrence`.

    A series is told by the rule of RFC 5545 and its first start; its dates keep their local time in the site's zone.
    "This and the following" ends it (`rule` with UNTIL) and begins another that `continues` it. Written by
    `operations.book`, `change_booking`, `cancel_*`.
    """

    key = models.UUIDField(unique=True, help_text="Made by who asks: the same asked twice is one booking.")
    space = models.ForeignKey(Space, on_delete=models.PROTECT, related_name="bookings")
    title = models.CharField(max_length=200)
    note = models.TextField(max_length=2000, blank=True)
    is_private = models.BooleanField(default=False, help_text="Others see only that the space is taken.")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, related_name="bookings")
    owner = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+", help_text="Who it is for.")
    rule = models.CharField(max_length=300, blank=True, help_text="RRULE of a series; empty for a single date.")
    starts_at = models.DateTimeField(help_text="Of its first date.")
    minutes = models.PositiveIntegerField()
    code = models.CharField(max_length=6, help_text="What checks in at the door.")
    continues = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="continued_by")
    is_simulated = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-starts_at", "-pk"]
        indexes = [models.Index(fields=["owner", "-starts_at"], name="booking_owner")]
        constraints = [models.CheckConstraint(condition=Q(minutes__gt=0), name="booking_takes_time")]

    def __str__(self) -> str:
        return f"{self.title} from {self.starts_at} ({self.pk})"


@audited()
class BookingGuest(models.Model):
    """Somebody from outside who is invited to a booking by mail. Written with the booking."""

    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="guests")
    name = models.CharField(max_length=200, blank=True)
    email = models.EmailField(max_length=254)

    class Meta:
        ordering = ["booking", "pk"]
        constraints = [models.UniqueConstraint(fields=["booking", "email"], name="guest_once_a_booking")]

    def __str__(self) -> str:
        return f"guest {self.pk} of booking {self.booking_id}"


class QuotaUse(models.Model):
    """How many minutes a team drew on a policy's quota in a month. Kept by trigger; never written by hand."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="+")
    policy = models.ForeignKey(BookingPolicy, on_delete=models.CASCADE, related_name="+")
    month_on = models.DateField()
    minutes = models.IntegerField()
    allowed = models.PositiveIntegerField()

    class Meta:
        ordering = ["team", "policy", "month_on"]
        constraints = [
            models.UniqueConstraint(fields=["team", "policy", "month_on"], name="quota_once_a_month"),
            models.CheckConstraint(condition=Q(minutes__lte=F("allowed")), name="quota_not_exceeded"),
        ]

    def __str__(self) -> str:
        return f"{self.minutes} of {self.allowed} for team {self.team_id}, policy {self.policy_id}, {self.month_on}"


@audited_changes()
class Occurrence(models.Model):
    """That one space is taken for a while: a date of a booking, a closure, or a tenancy.

    One constraint keeps what holds apart; requests and the waiting list stand outside its condition. `blocked` is
    `during` with the buffers. Few indexes, since each costs whoever books: what holds a space is found by the
    constraint's own, and nobody looks for dates by who made them. Written by the operations of bookings and closures,
    and for tenancies by trigger.
    """

    space = models.ForeignKey(Space, on_delete=models.PROTECT, db_index=False, related_name="occurrences")
    kind = models.CharField(max_length=10, choices=OccurrenceKind)
    state = models.CharField(max_length=10, choices=OccurrenceState)
    during = DateTimeRangeField()
    blocked = DateTimeRangeField()
    minutes = models.PositiveIntegerField(default=0, help_text="What it draws on a quota.")
    booking = models.ForeignKey(
        Booking, on_delete=models.PROTECT, null=True, db_index=False, related_name="occurrences"
    )
    closure = models.ForeignKey(
        Closure, on_delete=models.PROTECT, null=True, db_index=False, related_name="occurrences"
    )
    tenancy_space = models.OneToOneField(TenancySpace, on_delete=models.PROTECT, null=True, related_name="occurrence")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, db_index=False, related_name="+")
    quota = models.ForeignKey(
        QuotaUse, on_delete=models.PROTECT, null=True, db_index=False, related_name="+", editable=False
    )
    sequence = models.PositiveSmallIntegerField(default=0, help_text="Which date of the series, from 0.")
    note = models.CharField(max_length=300, blank=True, help_text="Why it was declined, cancelled or moved.")
    is_simulated = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, db_index=False, related_name="+")
    checked_in_at = models.DateTimeField(null=True)
    checked_in_by = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    settled_at = models.DateTimeField(null=True, help_text="When it was approved, declined, cancelled or released.")
    settled_by = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )

    class Meta:
        ordering = ["during", "pk"]
        indexes = [
            models.Index(fields=["booking", "sequence"], name="occurrence_booking"),
            models.Index(fields=["closure"], name="occurrence_closure", condition=Q(closure__isnull=False)),
            models.Index(fields=["space"], name="occurrence_pending", condition=Q(state__in=PENDING)),
            models.Index(fields=["team"], name="occurrence_team", condition=Q(team__isnull=False)),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(blocked__contains=F("during")), name="occurrence_buffers_around"),
            models.CheckConstraint(
                condition=Q(during__isempty=False, during__lower_inf=False), name="occurrence_takes_time"
            ),
            models.CheckConstraint(
                condition=Q(kind=OccurrenceKind.BOOKING, booking__isnull=False, closure=None, tenancy_space=None)
                | Q(kind=OccurrenceKind.CLOSURE, booking=None, closure__isnull=False, tenancy_space=None)
                | Q(kind=OccurrenceKind.TENANCY, booking=None, closure=None, tenancy_space__isnull=False),
                name="occurrence_of_one_thing",
            ),
            models.CheckConstraint(condition=pair("checked_in"), name="occurrence_checked_in_by_somebody"),
            models.CheckConstraint(condition=pair("settled"), name="occurrence_settled_by_somebody"),
            models.CheckConstraint(
                condition=~Q(state=OccurrenceState.ATTENDED) | Q(checked_in_at__isnull=False),
                name="occurrence_attended_by_check_in",
            ),
            ExclusionConstraint(
                name="space_taken_once_at_a_time",
                expressions=[("space", RangeOperators.EQUAL), ("blocked", RangeOperators.OVERLAPS)],
                condition=Q(state__in=HOLDING),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="occurrence_in_operation",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("space_id", "during", "state"),  # type: ignore[no-untyped-call]  # pgtrigger leaves it untyped
                func=IN_OPERATION,
            ),
            pgtrigger.Trigger(
                name="occurrence_draws_on_quota",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                condition=pgtrigger.Condition("NEW.quota_id IS NOT NULL"),
                func=DRAW_ON_QUOTA,
            ),
            pgtrigger.Trigger(
                name="occurrence_redraws_on_quota",
                when=pgtrigger.After,
                operation=pgtrigger.UpdateOf("state", "minutes", "quota_id"),  # type: ignore[no-untyped-call]  # pgtrigger leaves it untyped
                condition=pgtrigger.Condition("NEW.quota_id IS NOT NULL OR OLD.quota_id IS NOT NULL"),
                func=DRAW_ON_QUOTA,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of space {self.space_id} ({self.pk})"


@audited(exclude=["digest"])
class CalendarFeed(models.Model):
    """A private address under which a person's bookings are read by a calendar; only its SHA-256 is kept.

    Written by `operations.make_feed` and `revoke_feed`.
    """

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["person", "-made_at", "-pk"]
        constraints = [models.CheckConstraint(condition=pair("revoked"), name="feed_revoked_by_somebody")]

    def __str__(self) -> str:
        return f"feed {self.pk} of {self.person_id}"
