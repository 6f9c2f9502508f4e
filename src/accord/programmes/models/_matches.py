"""Runs of the matching, what they gave to whom, and offers."""

import pgtrigger
from django.db import models
from django.db.models import Q

from accord.kernel.audit import audited, audited_changes
from accord.kernel.marks import pair
from accord.programmes.enums import OfferState, RunKind
from accord.programmes.models._applications import Application
from accord.programmes.models._calls import Call
from accord.programmes.models._places import Place

WITHIN_PLACE = """
    IF NEW.given_up_at IS NULL AND NEW.number > (SELECT count FROM programmes_place WHERE id = NEW.place_id) THEN
        RAISE EXCEPTION 'place % has no seat %', NEW.place_id, NEW.number
            USING ERRCODE = 'check_violation', CONSTRAINT = 'seat_of_place';
    END IF;
    RETURN NEW;
"""


@audited_changes()
class MatchRun(models.Model):
    """One run: what went in, what came out, and what proves it. A dry run binds nobody; a published one stays.

    `market`, `outcome` and `certificate` are what `engines.matching` reads back. Of a call at most one run is the
    published one that holds; a re-match replaces it. Written by `operations.run_match` and `publish_match`.
    """

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="runs")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=RunKind, default=RunKind.DRY)
    mechanism = models.CharField(max_length=20)
    settings = models.JSONField(default=dict, blank=True, help_text="Spread, draws, policy, what was changed to ask.")
    seed = models.CharField(max_length=64)
    previous = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="followed_by")
    market = models.JSONField()
    outcome = models.JSONField()
    certificate = models.JSONField()
    digest = models.CharField(max_length=64)
    engine = models.CharField(max_length=40)
    placed = models.PositiveIntegerField(default=0)
    unplaced = models.PositiveIntegerField(default=0)
    note = models.CharField(max_length=500, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["call", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["call", "number"], name="run_number"),
            models.UniqueConstraint(
                fields=["call"],
                condition=Q(published_at__isnull=False, replaced_at=None),
                name="run_published_is_one",
            ),
            models.CheckConstraint(condition=pair("published"), name="run_published_by_somebody"),
            models.CheckConstraint(
                condition=Q(published_at__isnull=False) | Q(replaced_at=None), name="run_replaced_was_published"
            ),
        ]

    def __str__(self) -> str:
        return f"run {self.number} of call {self.call_id}"


@audited_changes()
class MatchLine(models.Model):
    """What a run gave to one application, and why each other choice was not granted."""

    run = models.ForeignKey(MatchRun, on_delete=models.CASCADE, related_name="lines")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="match_lines")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, related_name="match_lines")
    rank = models.PositiveSmallIntegerField(null=True, help_text="Which choice it is.")
    change = models.CharField(max_length=16, blank=True, help_text="Against the run before.")
    reasons = models.JSONField(default=list, blank=True, help_text="One verdict a choice, best first.")

    class Meta:
        ordering = ["run", "application"]
        indexes = [models.Index(fields=["application"], name="match_line_application")]
        constraints = [models.UniqueConstraint(fields=["run", "application"], name="match_line_once")]

    def __str__(self) -> str:
        return f"application {self.application_id} in run {self.run_id}"


@audited()
class Offer(models.Model):
    """That an application is offered a place, until when, and what came of it.

    Written by `operations.offer_place` and `publish_match`; answered by `accept_offer`, `decline_offer`,
    `lapse_offers`, `give_back`. An accepted offer holds its seats in `Seat`.
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="offers")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="offers")
    run = models.ForeignKey(MatchRun, on_delete=models.PROTECT, null=True, related_name="offers")
    state = models.CharField(max_length=10, choices=OfferState, default=OfferState.OPEN)
    answer_by_at = models.DateTimeField()
    words = models.TextField(max_length=2000, blank=True, help_text="Beside the letter.")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    told_at = models.DateTimeField(null=True, help_text="When the applicant may read it.")
    answered_at = models.DateTimeField(null=True)
    answerer = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    answer_reason = models.CharField(max_length=500, blank=True)
    reminded_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["place", "-made_at", "pk"]
        indexes = [models.Index(fields=["place", "state"], name="offer_place_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=Q(state__in=("open", "accepted")), name="offer_one_that_holds"
            ),
            models.CheckConstraint(
                condition=Q(state=OfferState.OPEN, answered_at=None)
                | (~Q(state=OfferState.OPEN) & Q(answered_at__isnull=False)),
                name="offer_answered_at_some_time",
            ),
        ]

    def __str__(self) -> str:
        return f"offer {self.pk} of place {self.place_id} to application {self.application_id}"


@audited()
class Seat(models.Model):
    """One seat of a place that an accepted offer holds; numbers run from 1 to the place's count.

    The database lets nobody have a seat that is taken: of two who accept the last one at once, one gets it.
    """

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="seats")
    number = models.PositiveSmallIntegerField()
    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="seats")
    taken_at = models.DateTimeField()
    given_up_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["place", "number", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["place", "number"], condition=Q(given_up_at=None), name="seat_taken_once"),
            models.CheckConstraint(condition=Q(number__gt=0), name="seat_from_one"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="seat_of_place",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=WITHIN_PLACE,
            )
        ]

    def __str__(self) -> str:
        return f"seat {self.number} of place {self.place_id} for offer {self.offer_id}"
