"""Gives sign-in what it stands on: attempts that all processes count together, and addresses known to be confirmed."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# Unlogged: counts of attempts need not survive a crash, and writing them costs no log.
MAKE_CACHE = """
    CREATE UNLOGGED TABLE people_cache (
        cache_key varchar(255) PRIMARY KEY,
        value text NOT NULL,
        expires timestamp with time zone NOT NULL
    );
    CREATE INDEX people_cache_expires ON people_cache (expires);
"""


def confirm_addresses(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take the addresses of existing accounts as confirmed, as they were until now."""
    address_model = apps.get_model("account", "EmailAddress")
    accounts = apps.get_model("people", "Account").objects.using(schema_editor.connection.alias)
    address_model.objects.using(schema_editor.connection.alias).bulk_create(
        [
            address_model(user_id=pk, email=email.lower(), verified=True, primary=True)
            for pk, email in accounts.values_list("pk", "email")
        ],
        ignore_conflicts=True,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0003_spans_may_be_empty"),
        ("account", "0009_emailaddress_unique_primary_email"),
    ]

    operations = [
        migrations.RunSQL(MAKE_CACHE, "DROP TABLE people_cache;"),
        migrations.RunPython(confirm_addresses, migrations.RunPython.noop, elidable=True),
    ]
