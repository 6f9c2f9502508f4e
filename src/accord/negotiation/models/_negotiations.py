"""The negotiation itself and who takes part."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from accord.kernel.audit import audited
from accord.kernel.marks import pair
from accord.kernel.text import BilingualField
from accord.kernel.words import characters_index, words_index
from accord.negotiation.enums import OPEN_STATES, NegotiationKind, NegotiationState

SIGNED_BY_ALL = """
    IF OLD.state IN ('signed', 'withdrawn') AND NEW.state <> OLD.state THEN
        RAISE EXCEPTION 'negotiation % has ended', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'negotiation_end_stays';
    END IF;
    IF NEW.state = 'signed' AND OLD.state <> 'signed' AND (
        NOT EXISTS (SELECT 1 FROM negotiation_textversion WHERE negotiation_id = NEW.id)
        OR EXISTS (
            SELECT 1 FROM negotiation_textversion v, unnest(v.signing) AS must(id)
            WHERE v.negotiation_id = NEW.id
              AND v.number = (SELECT max(number) FROM negotiation_textversion WHERE negotiation_id = NEW.id)
              AND NOT EXISTS (
                  SELECT 1 FROM negotiation_signature s WHERE s.text_id = v.id AND s.party_id = must.id
              )
        )
    ) THEN
        RAISE EXCEPTION 'negotiation % is not signed by all', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'negotiation_signed_by_all';
    END IF;
    RETURN NEW;
"""


@audited()
class Negotiation(models.Model):
    """How one agreement, one amendment or one renewal comes about, from the first draft to the last signature.

    Not the agreement: that exists once all have signed. Written by `operations.start_negotiation`,
    `start_amendment` and `start_renewal`, then moved on by what the parties do; never deleted, an end stays.
    """

    key = models.SlugField(max_length=60, unique=True, help_text="In its address; of a new agreement, also its key.")
    kind = models.CharField(max_length=10, choices=NegotiationKind)
    base = models.ForeignKey(
        "agreements.Agreement",
        on_delete=models.PROTECT,
        null=True,
        related_name="negotiations",
        help_text="What is amended or renewed.",
    )
    title = BilingualField()
    state = models.CharField(max_length=10, choices=NegotiationState, default=NegotiationState.DRAFT)
    result = models.ForeignKey("agreements.Agreement", on_delete=models.PROTECT, null=True, related_name="+")
    why_ended = models.TextField(max_length=2000, blank=True, help_text="The reason of a withdrawal.")
    version = models.PositiveIntegerField(default=1)
    started_at = models.DateTimeField()
    started_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    moved_at = models.DateTimeField(help_text="When somebody last did something in it.")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-moved_at", "-pk"]
        indexes = [
            words_index("negotiation_words", ("title",), "key"),
            characters_index("negotiation_characters", ("title",), "key"),
        ]
        constraints = [
            models.CheckConstraint(condition=pair("ended"), name="negotiation_ended_by_somebody"),
            models.CheckConstraint(
                condition=Q(kind=NegotiationKind.NEW, base=None)
                | (~Q(kind=NegotiationKind.NEW) & Q(base__isnull=False)),
                name="negotiation_base_by_kind",
            ),
            models.CheckConstraint(
                condition=Q(state__in=OPEN_STATES, ended_at=None, why_ended="", result=None)
                | Q(state=NegotiationState.SIGNED, ended_at__isnull=False, why_ended="", result__isnull=False)
                | (Q(state=NegotiationState.WITHDRAWN, ended_at__isnull=False, result=None) & ~Q(why_ended="")),
                name="negotiation_ends_for_a_reason",
            ),
            models.UniqueConstraint(
                fields=["base"],
                condition=Q(state__in=OPEN_STATES, kind=NegotiationKind.AMENDMENT),
                name="negotiation_one_amendment_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["base"],
                condition=Q(state__in=OPEN_STATES, kind=NegotiationKind.RENEWAL),
                name="negotiation_one_renewal_at_a_time",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="signed_by_all", when=pgtrigger.Before, operation=pgtrigger.Update, func=SIGNED_BY_ALL
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.key})"


@audited()
class NegotiationParty(models.Model):
    """An institution's part in a negotiation, with the people to turn to; not yet a party of an agreement.

    Written by `operations.start_negotiation` and its siblings, `add_party`, `change_party` and `remove_party`. One
    that was removed stays, since what it asked and approved stays.
    """

    negotiation = models.ForeignKey(Negotiation, on_delete=models.PROTECT, related_name="parties")
    institution = models.ForeignKey("people.Institution", on_delete=models.PROTECT, related_name="+")
    name = BilingualField()
    short = models.CharField(max_length=30, blank=True)
    signs = models.BooleanField(default=True, help_text="False for one that is named and does not sign.")
    is_coordinator = models.BooleanField(default=False)
    contact = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    backup = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    position = models.PositiveSmallIntegerField()
    version = models.PositiveIntegerField(default=1)
    removed_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["negotiation", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["negotiation", "institution"], name="negotiation_party_once"),
            models.UniqueConstraint(
                fields=["negotiation"], condition=Q(is_coordinator=True), name="negotiation_one_coordinator"
            ),
            models.CheckConstraint(
                condition=Q(is_coordinator=False) | Q(removed_at=None), name="negotiation_coordinator_stays"
            ),
            models.CheckConstraint(
                condition=Q(backup=None) | ~Q(backup=F("contact")), name="negotiation_backup_is_another"
            ),
            models.CheckConstraint(condition=pair("removed"), name="negotiation_party_removed_by_somebody"),
        ]

    def __str__(self) -> str:
        return f"{self.name} in negotiation {self.negotiation_id}"
