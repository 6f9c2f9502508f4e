"""Resident teams: who they are, what they report, and what measures count of them."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Q

from accord.kernel.audit import audited
from accord.kernel.marks import ends_after, pair
from accord.kernel.ranges import DayRange
from accord.kernel.text import BilingualField
from accord.kernel.words import characters_index, words_index
from accord.workspace.enums import Fate, FundingKind, GraduationRule, MemberRole, Origin, Stage, TeamKind
from accord.workspace.models._sites import Site


@audited()
class Team(models.Model):
    """An enterprise or team that asks for space at a site, has it, or had it.

    Not the institution it may be registered as, and not its people. Whether it is resident is worked out from its
    tenancies. Written by `operations.register_team` and `change_team`.
    """

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="teams")
    key = models.SlugField(max_length=60)
    name = BilingualField()
    summary = BilingualField(blank=True)
    kind = models.CharField(max_length=10, choices=TeamKind, default=TeamKind.INCUBATED)
    institution = models.ForeignKey("people.Institution", on_delete=models.PROTECT, null=True, related_name="+")
    origin = models.CharField(max_length=13, choices=Origin)
    country = models.CharField(max_length=2, blank=True, help_text="ISO 3166-1, of an international team.")
    stage = models.CharField(max_length=10, choices=Stage)
    field = BilingualField(blank=True, help_text="What it works on, such as payments.")
    founders_from = models.ManyToManyField("people.Institution", related_name="+", blank=True)
    contact = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, related_name="+", help_text="Who is asked to report."
    )
    website = models.URLField(max_length=200, blank=True)
    is_simulated = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    registered_at = models.DateTimeField()
    registered_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["site", "key"]
        indexes = [
            words_index("team_words", ("name", "summary"), "key"),
            characters_index("team_characters", ("name", "summary"), "key"),
        ]
        constraints = [models.UniqueConstraint(fields=["site", "key"], name="team_key")]

    def __str__(self) -> str:
        return f"{self.name} at site {self.site_id} ({self.key})"


@audited()
class TeamMember(models.Model):
    """That a person works in a team, from a day until a day; a lead may speak for it.

    Distinct people of a site are counted from here. Written by `operations.add_member` and `end_membership`.
    """

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="members")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=10, choices=MemberRole, default=MemberRole.MEMBER)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["team", "starts_on", "pk"]
        indexes = [models.Index(fields=["person"], name="team_member_person")]
        constraints = [
            models.CheckConstraint(condition=ends_after("starts_on", "ends_on"), name="member_ends_after_start"),
            ExclusionConstraint(
                name="member_once_at_a_time",
                expressions=[
                    ("team", RangeOperators.EQUAL),
                    ("person", RangeOperators.EQUAL),
                    (DayRange("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in team {self.team_id} from {self.starts_on}"


@audited()
class ReportRound(models.Model):
    """That a site asks its teams how a quarter went: from when, until when. Written by `operations.open_round`."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="rounds")
    quarter_on = models.DateField(help_text="The first day of the quarter that is reported.")
    due_on = models.DateField()
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    reminded_at = models.DateTimeField(null=True, help_text="When those who had not reported were last reminded.")

    class Meta:
        ordering = ["site", "-quarter_on"]
        constraints = [models.UniqueConstraint(fields=["site", "quarter_on"], name="round_once_a_quarter")]

    def __str__(self) -> str:
        return f"quarter from {self.quarter_on} at site {self.site_id}"


@audited()
class TeamReport(models.Model):
    """What a team said of itself as of a day: people, intellectual property, revenue. The baseline has no quarter.

    Written by `operations.report_quarter` and `record_baseline`; a correction strikes the old one and stands beside
    it. `flags` say what an operator should look at (`ReportFlag`); what was looked at bears who did.
    """

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="reports")
    quarter_on = models.DateField(null=True, help_text="First day of the quarter; none for the baseline at entry.")
    stands_on = models.DateField(help_text="The day for which the heads were counted.")
    jobs = models.PositiveIntegerField(help_text="People employed for at least 32 hours a week.")
    research_jobs = models.PositiveIntegerField(help_text="Of them, mainly in research and development.")
    part_time = models.PositiveIntegerField(default=0)
    interns = models.PositiveIntegerField(default=0)
    patents_applied = models.PositiveIntegerField(default=0, help_text="Applications alive on the day.")
    patents_held = models.PositiveIntegerField(default=0, help_text="Valid rights held on the day.")
    revenue_minor = models.PositiveBigIntegerField(null=True, help_text="Of the quarter, in minor units.")
    currency = models.CharField(max_length=3, blank=True)
    note = models.TextField(max_length=2000, blank=True)
    flags = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    reported_at = models.DateTimeField()
    reported_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    looked_at = models.DateTimeField(null=True)
    looked_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    struck_at = models.DateTimeField(null=True)
    struck_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["team", "-stands_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["team", "quarter_on"],
                condition=Q(struck_at=None),
                nulls_distinct=False,
                name="report_once_a_quarter",
            ),
            models.CheckConstraint(condition=pair("struck"), name="report_struck_by_somebody"),
            models.CheckConstraint(
                condition=Q(looked_at=None, looked_by=None) | Q(looked_at__isnull=False, looked_by__isnull=False),
                name="report_looked_at_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(revenue_minor=None) | ~Q(currency=""), name="report_revenue_has_currency"
            ),
        ]

    def __str__(self) -> str:
        return f"report of team {self.team_id} for {self.stands_on} ({self.pk})"


@audited()
class Funding(models.Model):
    """Money that a team received, on the day it came in.

    Written by `operations.record_funding`; struck, not deleted.
    """

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="funding")
    kind = models.CharField(max_length=10, choices=FundingKind)
    amount_minor = models.PositiveBigIntegerField()
    currency = models.CharField(max_length=3)
    received_on = models.DateField()
    source = models.CharField(max_length=200, blank=True, help_text="From whom, as the team says.")
    is_from_site = models.BooleanField(default=False, help_text="From the seed fund of the site's operator.")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    struck_at = models.DateTimeField(null=True)
    struck_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["team", "-received_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="funding_is_some"),
            models.CheckConstraint(condition=pair("struck"), name="funding_struck_by_somebody"),
        ]

    def __str__(self) -> str:
        return f"{self.amount_minor} {self.currency} for team {self.team_id} on {self.received_on} ({self.pk})"


@audited()
class Graduation(models.Model):
    """That a team left by a rule, with what proves it. Written by `operations.graduate`; struck, not deleted."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="graduations")
    rule = models.CharField(max_length=10, choices=GraduationRule)
    graduated_on = models.DateField()
    evidence = models.TextField(max_length=2000, help_text="What proves it; papers hang on the team as files.")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    struck_at = models.DateTimeField(null=True)
    struck_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["team", "-graduated_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["team"], condition=Q(struck_at=None), name="graduation_once"),
            models.CheckConstraint(condition=pair("struck"), name="graduation_struck_by_somebody"),
            models.CheckConstraint(condition=~Q(evidence=""), name="graduation_is_proven"),
        ]

    def __str__(self) -> str:
        return f"team {self.team_id} on {self.graduated_on} ({self.pk})"


@audited()
class FollowUp(models.Model):
    """How a graduate fared on a day. Written by `operations.record_fate`, for five years after the graduation."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="follow_ups")
    fate = models.CharField(max_length=10, choices=Fate)
    heard_on = models.DateField()
    note = models.TextField(max_length=2000, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["team", "-heard_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.fate} of team {self.team_id} on {self.heard_on} ({self.pk})"


@audited()
class TeamSpan(models.Model):
    """What measures count of a team over some days: that it is resident, its jobs, its area, and graduates' survival.

    Worked out from tenancies, reports, graduations and follow-ups by `operations.count_team` after every write of
    these; never typed. Where something changes, the line is closed (`unknown_at`) and others are opened, so that what
    was known on a day stays as it was. Of the lines that hold, no two of one `what` overlap.
    """

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="spans")
    what = models.CharField(max_length=20, help_text="resident, jobs, research_jobs, area, surviving, ip")
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    record = models.CharField(max_length=60, help_text="What it opens down to, as `kind:id`.")
    known_at = models.DateTimeField()
    unknown_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["team", "what", "starts_on", "pk"]
        indexes = [models.Index(fields=["what", "team"], name="team_span_what")]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on")), name="span_has_days"),
            models.CheckConstraint(
                condition=Q(unknown_at=None) | Q(unknown_at__gte=F("known_at")), name="span_known_in_order"
            ),
            ExclusionConstraint(
                name="span_once_at_a_time",
                expressions=[
                    ("team", RangeOperators.EQUAL),
                    ("what", RangeOperators.EQUAL),
                    ("record", RangeOperators.EQUAL),
                    (DayRange("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
                condition=Q(unknown_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.amount} of team {self.team_id} from {self.starts_on} ({self.pk})"
