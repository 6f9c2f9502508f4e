"""Keeps what is counted of the meetings that were recorded before counts had lines of their own."""

from django.db import migrations

from accord.kernel.migrating import SwiftMigration

FILL = """
insert into agreements_engagementcount (engagement_id, held_on, attendees, known_at, unknown_at)
select id, held_on, attendees, recorded_at,
    case when struck_at is null then null else greatest(struck_at, recorded_at) end
from agreements_engagement
"""


class Migration(SwiftMigration):
    """One line for each meeting; those struck stopped counting then."""

    dependencies = [("agreements", "0003_clauses_life_and_attendance")]

    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
