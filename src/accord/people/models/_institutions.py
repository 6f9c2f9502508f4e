"""Organisations and their units, with the identifiers that the world knows them by."""

from django.db import models
from django.db.models import F, Q

from accord.kernel.audit import audited
from accord.kernel.text import BilingualField
from accord.kernel.words import characters_index, words_index
from accord.people.enums import InstitutionKind


@audited()
class Institution(models.Model):
    """An organisation that can be party to an agreement.

    Written by `operations.ensure_institution`, `change_institution` and `merge_institutions`. A merged one stays as a
    signpost (`merged_into`), so that what once named it still leads somewhere.
    """

    key = models.SlugField(max_length=60, unique=True)
    name = BilingualField()
    kind = models.CharField(max_length=20, choices=InstitutionKind)
    country = models.CharField(max_length=2, blank=True, help_text="ISO 3166-1 alpha-2.")
    city = BilingualField(blank=True)
    website = models.URLField(max_length=300, blank=True)
    ror = models.CharField(max_length=9, blank=True, help_text="Research Organization Registry, without the address.")
    lei = models.CharField(max_length=20, blank=True, help_text="Legal Entity Identifier, ISO 17442.")
    uscc = models.CharField(max_length=18, blank=True, help_text="Unified Social Credit Code, GB 32100.")
    time_zone = models.CharField(max_length=60, blank=True)
    is_simulated = models.BooleanField(default=False)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="merged_from")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["key"]
        constraints = [
            models.UniqueConstraint(
                fields=[name], condition=~Q(**{name: ""}) & Q(merged_into=None), name=f"institution_{name}_is_one"
            )
            for name in ("ror", "lei", "uscc")
        ] + [models.CheckConstraint(condition=~Q(merged_into=F("id")), name="institution_not_into_itself")]
        indexes = [
            words_index("institution_names", ("name",)),
            characters_index("institution_characters", ("name",)),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.key})"


@audited()
class Unit(models.Model):
    """A school, department, office or laboratory of an institution; units may stand under units.

    Written by `operations.ensure_unit`, `change_unit` and `close_unit`; closed, never deleted.
    """

    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="units")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    key = models.SlugField(max_length=60)
    name = BilingualField()
    closed_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["institution", "key"]
        constraints = [
            models.UniqueConstraint(fields=["institution", "key"], name="unit_key"),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="unit_not_under_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.institution_id}/{self.key})"
