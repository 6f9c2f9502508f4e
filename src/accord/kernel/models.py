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
