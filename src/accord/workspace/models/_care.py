"""What a site offers its teams beside space: mentors, services, events, announcements; and who works there."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from accord.kernel.audit import audited
from accord.kernel.marks import ends_after, pair
from accord.kernel.ranges import DayRange
from accord.kernel.text import BilingualField
from accord.workspace.enums import SessionState
from accord.workspace.models._bookings import Booking
from accord.workspace.models._sites import Site, Space
from accord.workspace.models._teams import Team


@audited()
class Mentor(models.Model):
    """That a person is appointed mentor at a site, from a day until a day. Written by `operations.appoint_mentor`."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="mentors")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    topics = BilingualField(blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    appointed_at = models.DateTimeField()
    appointed_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["site", "starts_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=ends_after("starts_on", "ends_on"), name="mentor_ends_after_start"),
            ExclusionConstraint(
                name="mentor_once_at_a_time",
                expressions=[
                    ("site", RangeOperators.EQUAL),
                    ("person", RangeOperators.EQUAL),
                    (DayRange("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} at site {self.site_id} from {self.starts_on}"


@audited()
class MentorSession(models.Model):
    """An hour that a mentor offers; a team takes it, and it is held or missed.

    Written by `operations.offer_session`, `take_session`, `give_back_session`, `settle_session`.
    """

    mentor = models.ForeignKey(Mentor, on_delete=models.PROTECT, related_name="sessions")
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    space = models.ForeignKey(Space, on_delete=models.PROTECT, null=True, related_name="+")
    place = models.CharField(max_length=200, blank=True, help_text="Where it is not in a space of the site.")
    state = models.CharField(max_length=10, choices=SessionState, default=SessionState.OFFERED)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, related_name="sessions")
    subject = models.CharField(max_length=300, blank=True)
    offered_at = models.DateTimeField()
    offered_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(null=True)
    taken_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True, help_text="When it was said to be held, missed or cancelled.")
    settled_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    is_simulated = models.BooleanField(default=False)

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(minutes__gt=0), name="session_takes_time"),
            models.CheckConstraint(condition=pair("taken"), name="session_taken_by_somebody"),
            models.CheckConstraint(condition=pair("settled"), name="session_settled_by_somebody"),
            models.CheckConstraint(
                condition=Q(state__in=[SessionState.OFFERED, SessionState.CANCELLED])
                | Q(team__isnull=False, taken_at__isnull=False),
                name="session_taken_by_a_team",
            ),
            models.UniqueConstraint(
                fields=["mentor", "starts_at"], condition=~Q(state=SessionState.CANCELLED), name="session_once"
            ),
        ]

    def __str__(self) -> str:
        return f"session of mentor {self.mentor_id} at {self.starts_at} ({self.pk})"


@audited()
class Service(models.Model):
    """Something that a site does for teams, with what it is worth; it can be free.

    Written by `operations.add_service` and `change_service`.
    """

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="services")
    name = BilingualField()
    unit = BilingualField(help_text="What one of it is, such as an hour or a case.")
    value_minor = models.PositiveBigIntegerField(help_text="What one is worth, in the site's money.")
    price_minor = models.PositiveBigIntegerField(default=0, help_text="What a team pays for one.")
    ended_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["site", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(price_minor__lte=F("value_minor")), name="service_price_within_value")
        ]

    def __str__(self) -> str:
        return f"{self.name} at site {self.site_id} ({self.pk})"


@audited()
class ServiceUse(models.Model):
    """That a team used a service on a day. Written by `operations.record_service`; struck, not deleted."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="uses")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="service_uses")
    used_on = models.DateField()
    quantity = models.DecimalField(max_digits=8, decimal_places=2)
    value_minor = models.PositiveBigIntegerField(help_text="What the team was given: worth less price, on that day.")
    note = models.CharField(max_length=300, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    struck_at = models.DateTimeField(null=True)
    struck_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-used_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gt=0), name="service_use_is_some"),
            models.CheckConstraint(condition=pair("struck"), name="service_use_struck_by_somebody"),
        ]

    def __str__(self) -> str:
        return f"service {self.service_id} for team {self.team_id} on {self.used_on} ({self.pk})"


@audited()
class Event(models.Model):
    """A talk, a demo day or a workshop of a site that teams sign up for. Not a meeting of an agreement's parties.

    Written by `operations.announce_event`, `change_event`, `call_off_event`; its space is held by a booking.
    """

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="occasions")
    title = BilingualField()
    about = BilingualField(blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    booking = models.ForeignKey(Booking, on_delete=models.PROTECT, null=True, related_name="+")
    place = BilingualField(blank=True)
    places = models.PositiveSmallIntegerField(null=True, help_text="How many may come; none: no limit.")
    is_simulated = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    called_off_at = models.DateTimeField(null=True)
    called_off_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-starts_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="event_ends_after_start"),
            models.CheckConstraint(condition=pair("called_off"), name="event_called_off_by_somebody"),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.pk})"


@audited()
class EventPlace(models.Model):
    """That a person signed up for an event, and whether they came. Written by `operations.sign_up`, `mark_came`."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="signed_up")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, related_name="+")
    came = models.BooleanField(null=True)
    signed_up_at = models.DateTimeField()

    class Meta:
        ordering = ["event", "signed_up_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["event", "person"], name="event_place_once")]

    def __str__(self) -> str:
        return f"{self.person_id} at event {self.event_id}"


@audited()
class Announcement(models.Model):
    """What the operator tells everybody at a site, over some days. Written by `operations.announce`, `take_down`."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="announcements")
    title = BilingualField()
    body = BilingualField(blank=True)
    shown_from_on = models.DateField()
    shown_until_on = models.DateField(null=True, help_text="First day on which it is no longer shown.")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-shown_from_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=ends_after("shown_from_on", "shown_until_on"), name="announcement_ends_after_start"
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.pk})"


@audited()
class StaffMember(models.Model):
    """That a person works for a site's operator, trained for it or not; the zone's criteria ask for the share.

    Gives no rights: these are roles. Written by `operations.add_staff` and `end_staff`.
    """

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="staff")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    is_professional = models.BooleanField(help_text="Trained in incubation, or with experience in business.")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["site", "starts_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=ends_after("starts_on", "ends_on"), name="staff_ends_after_start"),
            ExclusionConstraint(
                name="staff_once_at_a_time",
                expressions=[
                    ("site", RangeOperators.EQUAL),
                    ("person", RangeOperators.EQUAL),
                    (DayRange("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"staff {self.person_id} at site {self.site_id} from {self.starts_on}"


@audited()
class SeedFund(models.Model):
    """Money that a site's operator sets aside to invest in teams. Written by `operations.record_fund`."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="funds")
    amount_minor = models.PositiveBigIntegerField()
    currency = models.CharField(max_length=3)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["site", "starts_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="fund_is_some"),
            models.CheckConstraint(condition=ends_after("starts_on", "ends_on"), name="fund_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.amount_minor} {self.currency} at site {self.site_id} ({self.pk})"
