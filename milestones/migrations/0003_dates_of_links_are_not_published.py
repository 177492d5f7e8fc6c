from django.db import migrations


def leave_dates_out(apps, schema_editor):
    """When a link was last checked is no longer part of what is published."""
    publications = apps.get_model("milestones", "Publication").objects.all()
    for publication in publications.iterator():
        for resource in publication.content["resources"]:
            resource.pop("checked_on", None)
        publication.save(update_fields=["content"])


class Migration(migrations.Migration):
    dependencies = [("milestones", "0002_the_path")]

    operations = [migrations.RunPython(leave_dates_out, migrations.RunPython.noop, elidable=True)]
