"""Sites, buildings, floors, and the spaces on them."""

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Q

from accord.kernel.audit import audited
from accord.kernel.marks import ends_after, pair
from accord.kernel.ranges import DayRange
from accord.kernel.text import BilingualField
from accord.kernel.words import characters_index, words_index
from accord.workspace.enums import BookingMode, SpaceKind

WITHIN_FLOOR = """
    IF NEW.area_m2 IS NULL THEN RETURN NULL; END IF;
    PERFORM 1 FROM workspace_floor WHERE id = NEW.floor_id FOR NO KEY UPDATE;
    IF (
        SELECT max(total) FROM (
            SELECT sum(other.area_m2) AS total
            FROM workspace_space edge JOIN workspace_space other ON other.floor_id = edge.floor_id
             AND other.starts_on <= edge.starts_on AND (other.ends_on IS NULL OR other.ends_on > edge.starts_on)
            WHERE edge.floor_id = NEW.floor_id
            GROUP BY edge.id
        ) AS days
    ) > (SELECT area_m2 FROM workspace_floor WHERE id = NEW.floor_id) THEN
        RAISE EXCEPTION 'spaces of floor % add to more than the floor', NEW.floor_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'space_within_floor';
    END IF;
    RETURN NULL;
"""
"""The most that spaces take on any one day: a sum can only rise on a day on which a space begins."""

NOT_TAKEN_OUTSIDE = """
    IF EXISTS (
        SELECT 1 FROM workspace_occurrence taken
        JOIN workspace_floor floor ON floor.id = NEW.floor_id
        JOIN workspace_building building ON building.id = floor.building_id
        JOIN workspace_site site ON site.id = building.site_id
        WHERE taken.space_id = NEW.id AND taken.state IN ('confirmed', 'attended') AND taken.kind <> 'closure'
          AND NOT tstzrange(NEW.starts_on::timestamp AT TIME ZONE site.time_zone,
                            NEW.ends_on::timestamp AT TIME ZONE site.time_zone) @> taken.during
    ) THEN
        RAISE EXCEPTION 'space % is taken outside these days', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'space_taken_outside_operation';
    END IF;
    RETURN NULL;
"""


@audited()
class Site(models.Model):
    """A work space that one institution runs: its zone of time, its money, and the agreement it delivers to, if any.

    Written by `operations.open_site` and `change_site`.
    """

    key = models.SlugField(max_length=60, unique=True)
    name = BilingualField()
    operator = models.ForeignKey("people.Institution", on_delete=models.PROTECT, related_name="+")
    agreement = models.ForeignKey(
        "agreements.Agreement",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="Whose promises its area, teams and people count for.",
    )
    time_zone = models.CharField(max_length=60, help_text="Name in the IANA database, such as Asia/Shanghai.")
    currency = models.CharField(max_length=3, help_text="ISO 4217.")
    address = BilingualField(blank=True)
    is_simulated = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["key"]

    def __str__(self) -> str:
        return f"{self.name} ({self.key})"


@audited()
class Building(models.Model):
    """A building of a site."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="buildings")
    key = models.SlugField(max_length=60)
    name = BilingualField()
    position = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["site", "position", "key"]
        constraints = [models.UniqueConstraint(fields=["site", "key"], name="building_key")]

    def __str__(self) -> str:
        return f"{self.name} at site {self.site_id} ({self.key})"


@audited()
class Floor(models.Model):
    """A floor of a building, with its plan. When it is in operation is said by its `FloorRun`s alone."""

    building = models.ForeignKey(Building, on_delete=models.PROTECT, related_name="floors")
    level = models.SmallIntegerField(help_text="0 is the ground floor.")
    name = BilingualField(blank=True)
    area_m2 = models.DecimalField(max_digits=9, decimal_places=2)
    plan = models.TextField(blank=True, help_text="SVG as imported, cleaned; empty where it is drawn from outlines.")
    width = models.PositiveIntegerField(default=0, help_text="Of the plan's drawing area, in the outlines' units.")
    height = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["building", "level"]
        constraints = [
            models.UniqueConstraint(fields=["building", "level"], name="floor_level"),
            models.CheckConstraint(condition=Q(area_m2__gt=0), name="floor_has_area"),
        ]

    def __str__(self) -> str:
        return f"level {self.level} of building {self.building_id}"


@audited()
class FloorRun(models.Model):
    """That a floor is in operation with so much area, from a day until a day (or without end).

    What `workspace.area_operated` counts. Written by `operations.open_floor`, `close_floor` and `strike_floor_run`;
    a wrong one is struck and written anew, so that what was known on a day stays as it was.
    """

    floor = models.ForeignKey(Floor, on_delete=models.PROTECT, related_name="runs")
    area_m2 = models.DecimalField(max_digits=9, decimal_places=2)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, help_text="First day on which it is no longer in operation.")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, help_text="When its end was recorded.")
    ended_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    struck_at = models.DateTimeField(null=True)
    struck_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["floor", "starts_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(area_m2__gt=0), name="floor_run_has_area"),
            models.CheckConstraint(condition=ends_after("starts_on", "ends_on"), name="floor_run_ends_after_start"),
            models.CheckConstraint(condition=pair("ended"), name="floor_run_ended_by_somebody"),
            models.CheckConstraint(condition=pair("struck"), name="floor_run_struck_by_somebody"),
            models.CheckConstraint(
                condition=Q(ends_on=None, ended_at=None) | Q(ends_on__isnull=False, ended_at__isnull=False),
                name="floor_run_end_was_recorded",
            ),
            ExclusionConstraint(
                name="floor_run_once_at_a_time",
                expressions=[
                    ("floor", RangeOperators.EQUAL),
                    (DayRange("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
                condition=Q(struck_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area_m2} m2 of floor {self.floor_id} from {self.starts_on} ({self.pk})"


@audited()
class BookingPolicy(models.Model):
    """How spaces are booked: portions, hours, buffers, lengths, notice, quota, approval and check-in.

    One policy serves many spaces of a site; a space without one cannot be booked. Written by `operations.add_policy`
    and `change_policy`; bookings that stand are not touched by a change.
    """

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="policies")
    name = BilingualField()
    mode = models.CharField(max_length=10, choices=BookingMode, default=BookingMode.TIME)
    opening = models.JSONField(
        default=dict,
        help_text="By ISO weekday 1 to 7: a list of [from, to] as HH:MM, in the site's zone; none: closed.",
    )
    step_minutes = models.PositiveSmallIntegerField(default=15)
    min_minutes = models.PositiveIntegerField(default=15)
    max_minutes = models.PositiveIntegerField(default=480)
    before_minutes = models.PositiveSmallIntegerField(default=0, help_text="Kept free before, for preparing.")
    after_minutes = models.PositiveSmallIntegerField(default=0, help_text="Kept free after, for clearing.")
    notice_minutes = models.PositiveIntegerField(default=0, help_text="How long before the start it must be booked.")
    advance_days = models.PositiveSmallIntegerField(default=180, help_text="How far ahead it may be booked.")
    quota_minutes = models.PositiveIntegerField(
        null=True, help_text="Most minutes a team a calendar month; none: free."
    )
    needs_approval = models.BooleanField(default=False)
    check_in_minutes = models.PositiveSmallIntegerField(
        null=True, help_text="Released so long after the start unless somebody checks in; none: no check-in."
    )
    half_day_at = models.TimeField(null=True, help_text="When the second half of the day begins, by half day alone.")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["site", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(step_minutes__gt=0), name="policy_step_is_some"),
            models.CheckConstraint(
                condition=Q(min_minutes__gt=0, max_minutes__gte=F("min_minutes")), name="policy_lengths_in_order"
            ),
            models.CheckConstraint(
                condition=Q(mode=BookingMode.HALF_DAY, half_day_at__isnull=False)
                | (~Q(mode=BookingMode.HALF_DAY) & Q(half_day_at=None)),
                name="policy_half_day_has_noon",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} of site {self.site_id} ({self.pk})"


@audited(exclude=["door_token"])
class Space(models.Model):
    """An office, laboratory, meeting room, desk, piece of equipment or common area on one floor.

    Not an organisational unit. Written by `operations.add_space`, `change_space`, `close_space` and the import. The
    same code can stand again on a floor once the earlier space is out of operation.
    """

    floor = models.ForeignKey(Floor, on_delete=models.PROTECT, related_name="spaces")
    code = models.CharField(max_length=40, help_text="On the door, such as A-0312.")
    name = BilingualField(blank=True)
    kind = models.CharField(max_length=10, choices=SpaceKind)
    area_m2 = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    capacity = models.PositiveSmallIntegerField(default=0, help_text="People; 0 where nobody sits.")
    features = ArrayField(models.SlugField(max_length=40), default=list, blank=True)
    monthly_minor = models.PositiveBigIntegerField(null=True, help_text="List price a month in minor units.")
    position = models.PositiveSmallIntegerField(default=0, help_text="Along the floor: neighbours follow each other.")
    outline = models.JSONField(default=list, help_text="Corners as [x, y] on the floor's plan; none: not drawn.")
    policy = models.ForeignKey(
        BookingPolicy, on_delete=models.PROTECT, null=True, related_name="spaces", help_text="None: cannot be booked."
    )
    door_token = models.CharField(max_length=40, unique=True, help_text="In the code on the door.")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, help_text="First day on which it is out of operation.")
    added_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["floor", "position", "code", "pk"]
        indexes = [
            words_index("space_words", ("name",), "code"),
            characters_index("space_characters", ("name",), "code"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(area_m2=None) | Q(area_m2__gt=0), name="space_area_is_some"),
            models.CheckConstraint(
                condition=Q(kind__in=[SpaceKind.DESK, SpaceKind.EQUIPMENT]) | Q(area_m2__isnull=False),
                name="space_has_area",
            ),
            models.CheckConstraint(condition=ends_after("starts_on", "ends_on"), name="space_ends_after_start"),
            ExclusionConstraint(
                name="space_code_once_a_floor",
                expressions=[
                    ("floor", RangeOperators.EQUAL),
                    ("code", RangeOperators.EQUAL),
                    (DayRange("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="space_within_floor",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("area_m2", "floor_id", "starts_on", "ends_on"),  # type: ignore[no-untyped-call]  # pgtrigger leaves it untyped
                timing=pgtrigger.Deferred,
                func=WITHIN_FLOOR,
            ),
            pgtrigger.Trigger(
                name="space_not_taken_outside",
                when=pgtrigger.After,
                operation=pgtrigger.UpdateOf("starts_on", "ends_on"),  # type: ignore[no-untyped-call]  # pgtrigger leaves it untyped
                func=NOT_TAKEN_OUTSIDE,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} on floor {self.floor_id} ({self.pk})"
