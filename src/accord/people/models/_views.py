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
