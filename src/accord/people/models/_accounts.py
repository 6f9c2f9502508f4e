"""Ways to sign in, invitations to do so, and tokens for programs."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from accord.kernel.audit import audited
from accord.people.enums import Role, TokenScope
from accord.people.models._institutions import Institution
from accord.people.models._persons import Person


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
    """A way to sign in as a person. Written by `operations.open_account` and `change_settings`."""

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


@audited(exclude=["digest"])
class Invitation(models.Model):
    """That somebody was invited by mail to open an account, with the role they will hold.

    Written by `operations.invite`, `send_invitation_again`, `accept_invitation`, `accept_invitation_as` and
    `revoke_invitation`. Only the token's SHA-256 is kept.
    """

    email = models.EmailField(max_length=254)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="invitations")
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, null=True, related_name="invitations")
    role = models.CharField(max_length=20, choices=Role, blank=True)
    language = models.CharField(max_length=10, blank=True)
    digest = models.CharField(max_length=64, unique=True)
    invited_at = models.DateTimeField()
    invited_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-invited_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["email", "role", "institution"],
                condition=Q(accepted_at=None, revoked_at=None),
                nulls_distinct=False,
                name="invitation_open_is_one",
            ),
            models.CheckConstraint(condition=Q(expires_at__gt=F("invited_at")), name="invitation_ends_after_start"),
            models.CheckConstraint(
                condition=Q(accepted_at=None, accepted_by=None)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="invitation_accepted_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_by=None) | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="invitation_revoked_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"invitation {self.pk} of {self.invited_at}"


@audited(exclude=["digest", "last_used_at"])
class AccessToken(models.Model):
    """A personal access token: what a program shows to act for its person, within its scopes, until it expires.

    Written by `operations.make_token` and `revoke_token`. Only the SHA-256 is kept; `prefix` tells tokens apart.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="tokens")
    name = models.CharField(max_length=100)
    prefix = models.CharField(max_length=12, unique=True)
    digest = models.CharField(max_length=64, unique=True)
    scopes = ArrayField(models.CharField(max_length=20, choices=TokenScope))
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("made_at")), name="token_ends_after_start"),
            models.CheckConstraint(condition=Q(scopes__len__gt=0), name="token_has_a_scope"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix})"
