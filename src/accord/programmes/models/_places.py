"""Places that hosts open, shared limits, wishes of applicants, rankings of hosts."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from accord.kernel.audit import audited
from accord.kernel.marks import ends_after, pair
from accord.kernel.text import BilingualField
from accord.kernel.words import characters_index, words_index
from accord.programmes.enums import BarKind, LimitKind
from accord.programmes.models._applications import Application
from accord.programmes.models._calls import Call

HOLDS_SEATS = """
    IF EXISTS (
        SELECT 1 FROM programmes_seat WHERE place_id = NEW.id AND given_up_at IS NULL AND number > NEW.count
    ) THEN
        RAISE EXCEPTION 'seats of place % are taken', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'place_seats_taken';
    END IF;
    RETURN NEW;
"""


@audited()
class Limit(models.Model):
    """The most (and fewest) people over several places: of a supervisor, an institution, a side, or all."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="limits")
    key = models.SlugField(max_length=60)
    name = BilingualField()
    kind = models.CharField(max_length=11, choices=LimitKind)
    at_most = models.PositiveIntegerField(null=True)
    minimum = models.PositiveIntegerField(default=0)
    under = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="parts")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["call", "kind", "key"]
        constraints = [
            models.UniqueConstraint(fields=["call", "key"], name="limit_key"),
            models.CheckConstraint(condition=~Q(under=F("id")), name="limit_not_under_itself"),
            models.CheckConstraint(condition=Q(at_most=None) | Q(minimum__lte=F("at_most")), name="limit_minimum_fits"),
        ]

    def __str__(self) -> str:
        return f"{self.name} of call {self.call_id} ({self.key})"


@audited()
class Host(models.Model):
    """An institution that may open places for a call, and whom to write to there; by account or by link alone."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="hosts")
    institution = models.ForeignKey("people.Institution", on_delete=models.PROTECT, related_name="+")
    contact = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    email = models.EmailField(max_length=254)
    language = models.CharField(max_length=10, default="en")
    invited_at = models.DateTimeField()
    invited_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    ranked_at = models.DateTimeField(null=True, help_text="When it said that its rankings are done.")
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["call", "institution", "pk"]
        constraints = [models.UniqueConstraint(fields=["call", "institution", "contact"], name="host_once_a_call")]

    def __str__(self) -> str:
        return f"host {self.institution_id} of call {self.call_id} ({self.pk})"


@audited()
class Place(models.Model):
    """Places of one sort that a host opens for a call: how many, where, what for, and with whom.

    Written by `operations.open_place`, `change_place`, `close_place`. What was counted of it stands in `CountedLine`.
    """

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="places")
    host = models.ForeignKey(Host, on_delete=models.PROTECT, related_name="places")
    code = models.CharField(max_length=20)
    name = BilingualField()
    text = BilingualField(blank=True, help_text="What for.")
    needs = BilingualField(blank=True, help_text="What the host asks of applicants.")
    city = BilingualField(blank=True)
    count = models.PositiveSmallIntegerField(default=1)
    minimum = models.PositiveSmallIntegerField(default=0, help_text="Does not run with fewer.")
    supervisor = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    supervisor_name = models.CharField(max_length=200, blank=True)
    supervisor_email = models.EmailField(max_length=254, blank=True)
    limit = models.ForeignKey(Limit, on_delete=models.PROTECT, null=True, related_name="places")
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    is_simulated = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    ranked_at = models.DateTimeField(null=True, help_text="When the host last ranked who wants it.")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["call", "code"]
        indexes = [
            words_index("place_words", ("name", "text"), "code"),
            characters_index("place_characters", ("name", "text"), "code"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["call", "code"], name="place_code"),
            models.CheckConstraint(condition=Q(minimum__lte=F("count")), name="place_minimum_fits"),
            models.CheckConstraint(condition=Q(count__gt=0), name="place_is_some"),
            models.CheckConstraint(condition=ends_after("starts_on", "ends_on"), name="place_ends_after_start"),
            models.CheckConstraint(condition=pair("closed"), name="place_closed_by_somebody"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="place_holds_seats",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("count"),  # type: ignore[no-untyped-call]  # pgtrigger leaves it untyped
                func=HOLDS_SEATS,
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} of call {self.call_id} ({self.code})"


@audited()
class ReservedSeats(models.Model):
    """Seats of a place that are kept for one group of applicants; others may have what it leaves."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="reserves")
    group = models.CharField(max_length=40)
    seats = models.PositiveSmallIntegerField()
    opens_up = models.BooleanField(default=True)

    class Meta:
        ordering = ["place", "group"]
        constraints = [models.UniqueConstraint(fields=["place", "group"], name="reserve_once_a_group")]

    def __str__(self) -> str:
        return f"{self.seats} of place {self.place_id} for {self.group}"


@audited()
class Wish(models.Model):
    """That an applicant wants a place, and how much: 1 is the first choice. Written by `operations.rank_places`."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="wishes")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="wishes")
    rank = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["application", "rank", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["application", "place"], name="wish_once_a_place"),
            models.UniqueConstraint(fields=["application", "rank"], name="wish_once_a_rank"),
            models.CheckConstraint(condition=Q(rank__gt=0), name="wish_rank_from_one"),
        ]

    def __str__(self) -> str:
        return f"application {self.application_id} wants place {self.place_id} ({self.rank})"


@audited()
class HostRank(models.Model):
    """How a host ranks who wants its place: 1 is best, equal ranks are equally liked; none is not yet.

    Written by `operations.rank_applicants`.
    """

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="ranks")
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="host_ranks")
    rank = models.PositiveSmallIntegerField(null=True)
    is_unwanted = models.BooleanField(default=False)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["place", "rank", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["place", "application"], name="host_rank_once"),
            models.CheckConstraint(condition=Q(is_unwanted=False) | ~Q(reason=""), name="host_rank_refusal_has_reason"),
            models.CheckConstraint(condition=Q(is_unwanted=False) | Q(rank=None), name="host_rank_or_refusal"),
        ]

    def __str__(self) -> str:
        return f"place {self.place_id} ranks application {self.application_id} ({self.rank})"


@audited()
class Bar(models.Model):
    """That somebody may not have a place, whatever the scores, and why. Written by `operations.bar` and `lift_bar`."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="bars")
    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="bars")
    kind = models.CharField(max_length=12, choices=BarKind)
    reason = models.CharField(max_length=500)
    barred_at = models.DateTimeField()
    barred_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["place", "application"]
        constraints = [models.UniqueConstraint(fields=["application", "place"], name="bar_once")]

    def __str__(self) -> str:
        return f"application {self.application_id} not at place {self.place_id} ({self.kind})"


@audited()
class FixedPlace(models.Model):
    """That somebody has a place by decision, before any run. Written by `operations.fix_place` and `unfix_place`."""

    application = models.OneToOneField(Application, on_delete=models.CASCADE, related_name="fixed")
    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="fixed")
    reason = models.CharField(max_length=500)
    fixed_at = models.DateTimeField()
    fixed_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["place", "application"]

    def __str__(self) -> str:
        return f"application {self.application_id} at place {self.place_id} by decision"
