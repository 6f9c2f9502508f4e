"""Plans of who moves where: a dry run until it is published."""

from django.db import models
from django.db.models import Q

from accord.kernel.audit import audited
from accord.kernel.marks import pair
from accord.workspace.enums import PlanState
from accord.workspace.models._sites import Site
from accord.workspace.models._teams import Team
from accord.workspace.models._tenancies import Application


@audited()
class Plan(models.Model):
    """One run of the allocation: its policy, what it was given (by hash), how it was solved, how good it is.

    A draft binds nobody. Publishing makes an offer of every line that places a team, once, and never again. Written by
    `operations.make_plan`, `publish_plan`, `drop_plan`.
    """

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="plans")
    name = models.CharField(max_length=100)
    from_on = models.DateField(help_text="From which day teams would move.")
    policy = models.JSONField(help_text="Order, weights and limits, as the engine takes them.")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the inputs; the same inputs give the same plan.")
    method = models.CharField(max_length=20, help_text="Which solver.")
    status = models.CharField(max_length=20, help_text="What the solver can say of it, such as optimal.")
    cost = models.BigIntegerField()
    bound = models.BigIntegerField(null=True, help_text="No plan over the same candidates costs less.")
    inputs = models.JSONField(help_text="What the run was given, so that it can be repeated.")
    state = models.CharField(max_length=10, choices=PlanState, default=PlanState.DRAFT)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["site", "-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=pair("published"), name="plan_published_by_somebody"),
            models.CheckConstraint(
                condition=Q(state=PlanState.PUBLISHED, published_at__isnull=False)
                | (~Q(state=PlanState.PUBLISHED) & Q(published_at=None)),
                name="plan_state_is_told",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} of site {self.site_id} ({self.pk})"


@audited()
class PlanLine(models.Model):
    """What a plan means for one team: its spaces, or none, and why. Written with the plan."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="lines")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, null=True, related_name="+")
    spaces = models.JSONField(default=list, help_text="Keys of spaces.")
    reason = models.CharField(max_length=40, help_text="The engine's code.")
    facts = models.JSONField(default=dict, help_text="What the reason's words need.")
    cost = models.IntegerField(default=0)

    class Meta:
        ordering = ["plan", "pk"]
        constraints = [models.UniqueConstraint(fields=["plan", "team"], name="plan_line_once_a_team")]

    def __str__(self) -> str:
        return f"team {self.team_id} in plan {self.plan_id}"
