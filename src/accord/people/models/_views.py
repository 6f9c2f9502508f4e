"""What people keep for themselves: a list as they filtered and sorted it."""

from django.db import models

from accord.kernel.audit import audited
from accord.people.models._persons import Person


@audited()
class SavedView(models.Model):
    """A list's address under a name of its owner; the rows are whatever the list shows when it is opened.

    Written by `operations.save_view`, `rename_view` and `drop_view`.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="views")
    name = models.CharField(max_length=100)
    path = models.CharField(max_length=300, help_text="The list's own address.")
    query = models.CharField(max_length=2000, blank=True, help_text="Filters, search and order, without the page.")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["person", "path", "position", "pk"]
        constraints = [models.UniqueConstraint(fields=["person", "path", "name"], name="view_name_is_one")]

    def __str__(self) -> str:
        return f"{self.name} ({self.person_id} {self.path})"


class FormDraft(models.Model):
    """What a person typed into a long form and has not sent: one draft for each form's address.

    No record and no history: it is overwritten every few seconds, dropped once the form is sent, and forgotten after a
    month. Written by `operations.keep_draft`, `drop_draft` and `forget_drafts`.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="drafts")
    path = models.CharField(max_length=300, help_text="The form's own address.")
    sent = models.JSONField(help_text="Names of inputs with what was typed; never files or passwords.")
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ["person", "path"]
        constraints = [models.UniqueConstraint(fields=["person", "path"], name="draft_one_a_form")]
        indexes = [models.Index(fields=["saved_at"], name="draft_saved_at")]

    def __str__(self) -> str:
        return f"draft of {self.person_id} at {self.path}"
