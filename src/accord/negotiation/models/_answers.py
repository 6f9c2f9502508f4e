"""What the parties say of a text: a requested change, an approval, a signature."""

import pgtrigger
from django.db import models
from django.db.models import Q

from accord.kernel.audit import audited
from accord.kernel.marks import pair
from accord.kernel.text import BilingualField
from accord.negotiation.enums import RequestState
from accord.negotiation.models._negotiations import NegotiationParty
from accord.negotiation.models._texts import TextVersion

_HOLD = """
    PERFORM 1 FROM negotiation_negotiation n JOIN negotiation_textversion v ON v.negotiation_id = n.id
        WHERE v.id = NEW.text_id FOR UPDATE OF n;
"""
_IN_FORCE = """
    SELECT 1 FROM negotiation_textversion v JOIN negotiation_negotiation n ON n.id = v.negotiation_id
    WHERE v.id = NEW.text_id AND NEW.party_id = ANY (v.signing) AND n.state IN ('in-review', 'approved')
      AND v.number = (SELECT max(number) FROM negotiation_textversion w WHERE w.negotiation_id = v.negotiation_id)
"""
APPROVES_THE_LATEST = f"""{_HOLD}
    IF NOT EXISTS ({_IN_FORCE} AND v.digest = NEW.digest) THEN
        RAISE EXCEPTION 'party % approves another text than the one in review', NEW.party_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'approval_of_the_text_in_review';
    END IF;
    RETURN NEW;
"""
SIGNS_WHAT_ALL_APPROVED = f"""{_HOLD}
    IF NOT EXISTS ({_IN_FORCE}) OR EXISTS (
        SELECT 1 FROM negotiation_textversion v, unnest(v.signing) AS must(id)
        WHERE v.id = NEW.text_id AND NOT EXISTS (
            SELECT 1 FROM negotiation_approval a
            WHERE a.text_id = v.id AND a.party_id = must.id AND a.digest = v.digest
        )
    ) THEN
        RAISE EXCEPTION 'party % signs a text that not all have approved', NEW.party_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'signature_of_what_all_approved';
    END IF;
    RETURN NEW;
"""  # noqa: S608 (two constants of this file)


@audited()
class ChangeRequest(models.Model):
    """That a party asks for a change at one place of a text, and what became of it.

    `place` is `head`, `clause:<key>` or `promise:<key>` of the text. Written by `operations.ask_for_change`,
    `accept_request`, `decline_request` and `take_back_request`.
    """

    text = models.ForeignKey(TextVersion, on_delete=models.PROTECT, related_name="requests")
    place = models.CharField(max_length=80)
    party = models.ForeignKey(NegotiationParty, on_delete=models.PROTECT, related_name="requests")
    asked = models.TextField(max_length=4000)
    proposed = BilingualField(blank=True, help_text="The wording that the party would accept.")
    state = models.CharField(max_length=10, choices=RequestState, default=RequestState.OPEN)
    why = models.TextField(max_length=2000, blank=True, help_text="What the decision rests on.")
    version = models.PositiveIntegerField(default=1)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["text", "asked_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=pair("decided"), name="request_decided_by_somebody"),
            models.CheckConstraint(
                condition=Q(state=RequestState.OPEN, decided_at=None)
                | (~Q(state=RequestState.OPEN) & Q(decided_at__isnull=False)),
                name="request_decided_or_open",
            ),
            models.CheckConstraint(
                condition=~Q(state=RequestState.DECLINED) | ~Q(why=""), name="request_declined_for_a_reason"
            ),
        ]
        indexes = [models.Index(fields=["text"], condition=Q(state=RequestState.OPEN), name="request_open")]

    def __str__(self) -> str:
        return f"request {self.pk} at {self.place}"


@audited()
class Reply(models.Model):
    """What one party answered to a requested change. Written by `operations.reply`; never edited."""

    request = models.ForeignKey(ChangeRequest, on_delete=models.PROTECT, related_name="replies")
    party = models.ForeignKey(NegotiationParty, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(max_length=4000)
    said_at = models.DateTimeField()
    said_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["request", "said_at", "pk"]

    def __str__(self) -> str:
        return f"reply {self.pk} to request {self.request_id}"


class Approval(models.Model):
    """That a party approved one text, by its digest, and the impact it was shown. Append-only.

    The database refuses one of any other text than the latest. Written by `operations.approve`.
    """

    text = models.ForeignKey(TextVersion, on_delete=models.PROTECT, related_name="approvals")
    party = models.ForeignKey(NegotiationParty, on_delete=models.PROTECT, related_name="approvals")
    digest = models.CharField(max_length=64)
    impact = models.JSONField(default=list, help_text="What the party was told that an amendment does.")
    impact_digest = models.CharField(max_length=64, blank=True)
    approved_at = models.DateTimeField()
    approved_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["text", "approved_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["text", "party"], name="approval_once_a_party")]
        triggers = [
            pgtrigger.Protect(name="approval_append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="approves_the_latest",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=APPROVES_THE_LATEST,
            ),
        ]

    def __str__(self) -> str:
        return f"approval of text {self.text_id} by party {self.party_id}"


class Signature(models.Model):
    """That a party signed one text: whose name stands there, in which office, on which day and where. Append-only.

    A record of what was signed on paper or elsewhere, no electronic signature. The database refuses one of a text
    that not all signing parties approved. Written by `operations.sign`.
    """

    text = models.ForeignKey(TextVersion, on_delete=models.PROTECT, related_name="signatures")
    party = models.ForeignKey(NegotiationParty, on_delete=models.PROTECT, related_name="signatures")
    signatory = models.CharField(max_length=200)
    office = models.CharField(max_length=200)
    signed_on = models.DateField()
    place = BilingualField(blank=True)
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["text", "entered_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["text", "party"], name="signature_once_a_party")]
        triggers = [
            pgtrigger.Protect(name="signature_append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="signs_what_all_approved",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=SIGNS_WHAT_ALL_APPROVED,
            ),
        ]

    def __str__(self) -> str:
        return f"signature of text {self.text_id} by party {self.party_id}"
