"""One agent may hold two posts à temps non complet, each with a share of 100 %: they weigh by their hours, which the
database cannot sum. The actions hold the rule on both databases; one post still has one full holder here too.
"""

from django.db import migrations


def drop_exclusion(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE missions_assignment DROP CONSTRAINT assignment_one_full_post")


def add_exclusion(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "ALTER TABLE missions_assignment ADD CONSTRAINT assignment_one_full_post EXCLUDE USING gist "
            "(agent_id WITH =, daterange(begins_on, ends_on, '[]') WITH &&) WHERE (share = 100 AND kind <> 'interim')"
        )


class Migration(migrations.Migration):
    dependencies = [("missions", "0007_variants_choices_and_deadlines")]

    operations = [migrations.RunPython(drop_exclusion, add_exclusion)]
