"""Lets an address have one open invitation to a role."""

from django.db import migrations, models

from accord.kernel.migrating import SwiftMigration


class Migration(SwiftMigration):
    dependencies = [("people", "0004_sign_in")]

    operations = [
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("accepted_at", None), ("revoked_at", None)),
                fields=("email", "role", "institution"),
                name="invitation_open_is_one",
                nulls_distinct=False,
            ),
        ),
    ]
