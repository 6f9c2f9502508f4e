"""Institutions, persons, accounts, and the roles granted to persons."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Coalesce, Lower

from accord.kernel.audit import audited
from accord.kernel.text import BilingualField
from accord.people.enums import InstitutionKind, Role


@audited()
class Institution(models.Model):
    """An organisation that can be party to an agreement. Written by `operations.ensure_institution`."""

    key = models.SlugField(max_length=60, unique=True)
    name = BilingualField()
    kind = models.CharField(max_length=20, choices=InstitutionKind)

    class Meta:
        ordering = ["key"]

    def __str__(self) -> str:
        return f"{self.name} ({self.key})"


@audited()
class Person(models.Model):
    """A human being, known by one display name and a key to sort by; not an account and not a role."""

    key = models.SlugField(max_length=60, unique=True)
    name = BilingualField()
    sort_key = models.CharField(max_length=200)
    is_simulated = models.BooleanField(default=False)

    class Meta:
        ordering = ["sort_key", "pk"]

    def __str__(self) -> str:
        return f"{self.name} ({self.key})"


class AccountManager(BaseUserManager["Account"]):
    """Finds accounts by e-mail whatever its case; each comes with its person."""

    def get_queryset(self) -> models.QuerySet["Account"]:
        """Load the person along, since every page names them."""
        return super().get_queryset().select_related("person")

    def get_by_natural_key(self, username: str | None) -> "Account":
        """Return the account with this e-mail address."""
        return self.get(email__iexact=username)


@audited(exclude=["password", "last_login"])
class Account(AbstractBaseUser):
    """A way to sign in as a person. Written by `operations.open_account`."""

    email = models.EmailField(max_length=254, unique=True)
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="account")
    is_active = models.BooleanField(default=True)
    language = models.CharField(max_length=10, blank=True)
    time_zone = models.CharField(max_length=60, blank=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    objects = AccountManager()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="account_email_is_one_persons")]

    def __str__(self) -> str:
        return self.email


class _DayRange(Func):
    """A half-open range of days, as PostgreSQL's daterange."""

    function = "DATERANGE"
    output_field = DateRangeField()


@audited()
class RoleGrant(models.Model):
    """A role that a person holds from a day on, until a day (or without end), everywhere or for one institution.

    Written by `operations.grant_role`. The same role cannot be granted twice for overlapping days.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=20, choices=Role)
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, null=True, related_name="grants")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    class Meta:
        ordering = ["person", "role", "starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on")), name="grant_ends_after_start"
            ),
            ExclusionConstraint(
                name="grant_once_at_a_time",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    (Coalesce("institution", Value(0)), RangeOperators.EQUAL),
                    (_DayRange("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} of {self.institution_id or 'everything'} for {self.person_id} from {self.starts_on}"
