"""The canonical texts that were put forward."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models

from accord.kernel.text import BilingualField
from accord.negotiation.models._negotiations import Negotiation

WHOLE_AND_NEXT = """
    PERFORM 1 FROM negotiation_negotiation WHERE id = NEW.negotiation_id FOR UPDATE;
    IF NEW.digest <> encode(sha256(convert_to(NEW.text, 'UTF8')), 'hex') THEN
        RAISE EXCEPTION 'the digest of version % is not that of its text', NEW.number
            USING ERRCODE = 'check_violation', CONSTRAINT = 'text_version_digest';
    END IF;
    IF NEW.number <> 1 + COALESCE(
        (SELECT max(number) FROM negotiation_textversion WHERE negotiation_id = NEW.negotiation_id), 0
    ) OR EXISTS (
        SELECT 1 FROM negotiation_negotiation
        WHERE id = NEW.negotiation_id AND state IN ('signed', 'withdrawn')
    ) THEN
        RAISE EXCEPTION 'version % is not the next one of an open negotiation', NEW.number
            USING ERRCODE = 'check_violation', CONSTRAINT = 'text_version_is_next';
    END IF;
    RETURN NEW;
"""


class TextVersion(models.Model):
    """A text as it was put forward: the canonical agreement file and its SHA-256. Append-only.

    The parties approve this text and no other; a change is a further version. Written by
    `operations.put_forward`. `signing` names who has to approve and sign it: the parties that sign by this very text.
    """

    negotiation = models.ForeignKey(Negotiation, on_delete=models.PROTECT, related_name="texts")
    number = models.PositiveSmallIntegerField()
    text = models.TextField(help_text="The canonical agreement file.")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the text.")
    base_text = models.TextField(blank=True, help_text="The agreement that it amends, as it was then.")
    base_digest = models.CharField(max_length=64, blank=True, help_text="SHA-256 of that.")
    signing = ArrayField(models.BigIntegerField(), help_text="Ids of the parties that sign by this text.")
    note = BilingualField(blank=True, help_text="What changed since the version before, in the coordinator's words.")
    put_forward_at = models.DateTimeField()
    put_forward_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["negotiation", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["negotiation", "number"], name="text_version_number"),
            models.CheckConstraint(condition=models.Q(signing__len__gte=2), name="text_version_two_sign"),
        ]
        triggers = [
            pgtrigger.Protect(name="text_append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="text_whole_and_next", when=pgtrigger.Before, operation=pgtrigger.Insert, func=WHOLE_AND_NEXT
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.number} of negotiation {self.negotiation_id}"
