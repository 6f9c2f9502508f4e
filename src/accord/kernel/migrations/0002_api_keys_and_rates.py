from django.db import migrations, models

from accord.kernel.migrating import SwiftMigration


class Migration(SwiftMigration):
    dependencies = [
        ("kernel", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="IdempotencyRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("owner", models.CharField(help_text="Who sent it: `token:7` or `person:3`.", max_length=40)),
                ("key", models.CharField(max_length=255)),
                ("digest", models.CharField(help_text="SHA-256 of method, address and body.", max_length=64)),
                ("status", models.PositiveSmallIntegerField()),
                ("headers", models.JSONField(default=dict)),
                ("body", models.TextField(blank=True)),
                ("made_at", models.DateTimeField(db_index=True)),
            ],
            options={
                "ordering": ["owner", "key"],
                "constraints": [models.UniqueConstraint(fields=("owner", "key"), name="idempotency_key_is_one")],
            },
        ),
        migrations.CreateModel(
            name="RateBucket",
            fields=[
                ("caller", models.CharField(max_length=80, primary_key=True, serialize=False)),
                ("spent_at", models.DateTimeField(help_text="When everything asked so far will have been earned.")),
            ],
            options={"ordering": ["caller"]},
        ),
        migrations.RunSQL(
            "ALTER TABLE kernel_ratebucket SET UNLOGGED", "ALTER TABLE kernel_ratebucket SET LOGGED"
        ),
    ]
