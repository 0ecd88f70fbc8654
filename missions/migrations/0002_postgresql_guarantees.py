"""What only PostgreSQL can promise: two full-time holders never overlap on one post, nor one agent on two.

Not in `Meta`: an ExclusionConstraint there makes SQLite's migrate fail. The action checks shares on both.
"""

from django.db import migrations

EXCLUSIONS = {
    "assignment_one_full_holder": "post_id",
    "assignment_one_full_post": "agent_id",
}


def add_exclusions(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    schema_editor.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
    for name, column in EXCLUSIONS.items():
        schema_editor.execute(
            f"ALTER TABLE missions_assignment ADD CONSTRAINT {name} EXCLUDE USING gist "
            f"({column} WITH =, daterange(begins_on, ends_on, '[]') WITH &&) "
            "WHERE (share = 100 AND kind <> 'interim')"
        )


def remove_exclusions(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    for name in EXCLUSIONS:
        schema_editor.execute(f"ALTER TABLE missions_assignment DROP CONSTRAINT IF EXISTS {name}")


class Migration(migrations.Migration):
    dependencies = [("missions", "0001_initial")]

    operations = [migrations.RunPython(add_exclusions, remove_exclusions)]
