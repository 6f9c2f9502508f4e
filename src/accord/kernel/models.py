"""What this installation is: a real one, or a demo world with its own day and seed."""

from django.db import models
from django.db.models import Q


class World(models.Model):
    """The one row that says what the whole database is.

    A demo world never becomes a real one and never holds real deliveries. Written only by
    `accord.demo.operations.build_world`.
    """

    only = models.BooleanField(default=True, unique=True, editable=False)
    is_demo = models.BooleanField(default=False)
    demo_day = models.DateField(null=True, help_text="The demo's today.")
    seed = models.PositiveIntegerField(null=True)
    scale = models.FloatField(null=True)
    built_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(only=True), name="world_is_one_row"),
            models.CheckConstraint(
                condition=Q(is_demo=False, demo_day=None, seed=None, scale=None)
                | Q(is_demo=True, demo_day__isnull=False, seed__isnull=False, scale__isnull=False),
                name="world_demo_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"demo world of {self.demo_day}, seed {self.seed}" if self.is_demo else "real installation"

    @classmethod
    def current(cls) -> "World":
        """Return the world's row; an unsaved real one where none was written."""
        return cls.objects.first() or cls()


class IdempotencyRecord(models.Model):
    """The answer to a creating request that bore an Idempotency-Key, so that the same request again creates nothing.

    Written by `accord.kernel.api` in the transaction of what was created, and dropped after a day by
    `accord.kernel.api.jobs`; it is no history.
    """

    owner = models.CharField(max_length=40, help_text="Who sent it: `token:7` or `person:3`.")
    key = models.CharField(max_length=255)
    digest = models.CharField(max_length=64, help_text="SHA-256 of method, address and body.")
    status = models.PositiveSmallIntegerField()
    headers = models.JSONField(default=dict)
    body = models.TextField(blank=True)
    made_at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ["owner", "key"]
        constraints = [models.UniqueConstraint(fields=["owner", "key"], name="idempotency_key_is_one")]

    def __str__(self) -> str:
        return f"{self.key} of {self.owner}"


class RateBucket(models.Model):
    """How far ahead of its allowance a caller of the API is; one row a caller, shared by all processes.

    Kept in an unlogged table: after a crash everybody starts afresh. Written by `accord.kernel.api` with one
    statement a request, dropped by its job once the caller is quiet.
    """

    caller = models.CharField(max_length=80, primary_key=True)
    spent_at = models.DateTimeField(help_text="When everything asked so far will have been earned.")

    class Meta:
        ordering = ["caller"]

    def __str__(self) -> str:
        return self.caller
