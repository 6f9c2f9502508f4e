"""Choices and permissions of the agreements context."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class AgreementState(models.TextChoices):
    """Whether an agreement was signed; how it stands on a day is its `Life`."""

    DRAFT = "draft", _("Draft")
    SIGNED = "signed", pgettext_lazy("agreement", "Signed")


class Life(models.TextChoices):
    """How an agreement stands on a day; worked out from its dates, never typed."""

    DRAFT = "draft", pgettext_lazy("agreement", "Draft")
    SIGNED = "signed", pgettext_lazy("agreement", "Signed, not begun")
    IN_FORCE = "in-force", pgettext_lazy("agreement", "In force")
    AMENDED = "amended", pgettext_lazy("agreement", "In force, amended")
    RENEWED = "renewed", pgettext_lazy("agreement", "Renewed")
    EXPIRED = "expired", pgettext_lazy("agreement", "Expired")
    TERMINATED = "terminated", pgettext_lazy("agreement", "Terminated")


class Milestone(models.TextChoices):
    """A date in the life of an agreement."""

    SIGNED = "signed", pgettext_lazy("agreement", "Signed")
    STARTS = "starts", pgettext_lazy("agreement", "Begins to hold")
    REVIEW = "review", pgettext_lazy("agreement", "Review is due")
    NOTICE = "notice", pgettext_lazy("agreement", "Last day to give notice")
    ENDS = "ends", pgettext_lazy("agreement", "Last day of the term")
    TERMINATED = "terminated", pgettext_lazy("agreement", "No longer holds")


class ClauseType(models.TextChoices):
    """What a clause settles: the checklist of the UIDP Contract Accords, with data, term and law beside it."""

    GOOD_FAITH = "good-faith", _("Good faith")
    STATEMENT_OF_WORK = "statement-of-work", _("Statement of work")
    LIABILITY = "liability", _("Liability")
    PUBLICATION = "publication", _("Publication")
    OTHER_RESULTS = "other-results", _("Other results")
    BACKGROUND_IP = "background-ip", _("Background IP")
    FOREGROUND_IP = "foreground-ip", _("Foreground IP")
    EXPORT_CONTROL = "export-control", _("Export control")
    COPYRIGHT = "copyright", _("Copyright")
    CONFIDENTIALITY = "confidentiality", _("Confidentiality")
    MATERIAL_TRANSFER = "material-transfer", _("Material transfer")
    GIFTS = "gifts", _("Gifts")
    BUDGET = "budget", _("Budget")
    SPECIALISED_SERVICES = "specialised-services", _("Specialised services and testing")
    DATA = "data", _("Data")
    CONFLICT_OF_INTEREST = "conflict-of-interest", _("Conflict of interest")
    SOFTWARE = "software", _("Software")
    TERM_AND_TERMINATION = "term-and-termination", _("Term and termination")
    GOVERNING_LAW = "governing-law", _("Governing law")
    OTHER = "other", _("Other")


class IpMode(models.TextChoices):
    """Who owns what comes out of the work, after the Lambert toolkit; `IP_MEANINGS` says what each means."""

    UNIVERSITY_OWNS_NONEXCLUSIVE = "university-owns-nonexclusive", _("University owns, company may use")
    UNIVERSITY_OWNS_OPTION_EXCLUSIVE = (
        "university-owns-option-exclusive",
        _("University owns, exclusive licence on call"),
    )
    UNIVERSITY_OWNS_OPTION_ASSIGNMENT = "university-owns-option-assignment", _("University owns, transfer on call")
    COMPANY_OWNS = "company-owns", _("Company owns, university may publish")
    COMPANY_OWNS_NO_PUBLICATION = "company-owns-no-publication", _("Company owns, publication may be barred")
    EACH_OWNS_OWN = "each-owns-own", _("Each owns what it makes")
    JOINT = "joint", _("Owned together")


IP_MEANINGS = {
    IpMode.UNIVERSITY_OWNS_NONEXCLUSIVE: _(
        "The university owns the results. The company may use them in the agreed field and place, and so may others."
    ),
    IpMode.UNIVERSITY_OWNS_OPTION_EXCLUSIVE: _(
        "The university owns the results. For an agreed time the company may ask to be the only one to use them."
    ),
    IpMode.UNIVERSITY_OWNS_OPTION_ASSIGNMENT: _(
        "The university owns the results. For an agreed time the company may ask to become the owner of named ones."
    ),
    IpMode.COMPANY_OWNS: _(
        "The company owns the results. The university may use them for teaching and research, and publish them."
    ),
    IpMode.COMPANY_OWNS_NO_PUBLICATION: _(
        "The company owns the results and may bar their publication. The university works under contract."
    ),
    IpMode.EACH_OWNS_OWN: _("Each party owns the results that its own people make."),
    IpMode.JOINT: _("All parties own the results together and decide together about licences."),
}
"""What each mode means, in one sentence."""


class PromiseKind(models.TextChoices):
    """How a promise is kept."""

    TARGET = "target", _("Target")
    MILESTONE = "milestone", _("Milestone")
    STANDING = "standing", _("Standing promise")


class PartyRole(models.TextChoices):
    """Which side of a promise a party stands on."""

    PROMISOR = "promisor", _("Promised by")
    BENEFICIARY = "beneficiary", _("Promised to")


class Precision(models.TextChoices):
    """How exactly a source states a date."""

    DAY = "day", _("Day")
    MONTH = "month", _("Month")
    YEAR = "year", _("Year")


class EngagementKind(models.TextChoices):
    """What sort of meeting between the parties took place."""

    STEERING = "steering", _("Steering meeting")
    VISIT = "visit", _("Visit")
    SUMMIT = "summit", _("Summit")
    OPENING = "opening", _("Opening")
    SIGNING = "signing", _("Signing")


class Permission(StrEnum):
    """What the agreements context guards; `rules.py` decides each."""

    VIEW = "agreements.view"
    APPLY = "agreements.apply"
    BRING_IN = "agreements.bring-in"
    PUBLISH = "agreements.publish"
    RECORD_ENGAGEMENT = "agreements.record-engagement"
    TERMINATE = "agreements.terminate"
    SET_REVIEW = "agreements.set-review"
