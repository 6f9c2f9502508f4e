"""What else was agreed, word for word."""

from django.db import models
from django.db.models import Q

from accord.agreements.enums import ClauseType, IpMode
from accord.agreements.models._agreement import Agreement
from accord.kernel.audit import audited
from accord.kernel.text import BilingualField
from accord.kernel.words import characters_index, words_index


@audited()
class Clause(models.Model):
    """One clause of the contract as it was signed; not a promise, since nothing in it is counted.

    Written by `operations.apply_file`. Frozen once the agreement is signed; see `ClauseAmendment`.
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="clauses")
    key = models.SlugField(max_length=60)
    type = models.CharField(max_length=24, choices=ClauseType)
    ip_mode = models.CharField(max_length=40, choices=IpMode, blank=True)
    title = BilingualField()
    text = BilingualField()
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["agreement", "position"]
        indexes = [
            words_index("clause_words", ("title", "text"), "key"),
            characters_index("clause_characters", ("title", "text"), "key"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "key"], name="clause_key"),
            models.CheckConstraint(
                condition=Q(ip_mode="") | Q(type=ClauseType.FOREGROUND_IP), name="clause_ip_mode_is_of_foreground"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.agreement_id}/{self.key})"


@audited()
class ClauseAmendment(models.Model):
    """A later text of one clause. The original stays beside it for ever. Written by `operations.apply_file`."""

    clause = models.ForeignKey(Clause, on_delete=models.CASCADE, related_name="amendments")
    number = models.PositiveSmallIntegerField()
    agreed_on = models.DateField()
    text = BilingualField()
    why = BilingualField()

    class Meta:
        ordering = ["clause", "number"]
        constraints = [models.UniqueConstraint(fields=["clause", "number"], name="clause_amendment_number")]

    def __str__(self) -> str:
        return f"Amendment {self.number} of clause {self.clause_id}"
