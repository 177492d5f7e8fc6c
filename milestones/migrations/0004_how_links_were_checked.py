from django.db import migrations, models


def note_that_they_were_opened(apps, schema_editor):
    """Until now only an address that answered got a date."""
    apps.get_model("milestones", "Resource").objects.exclude(checked_on=None).update(was_opened=True)


class Migration(migrations.Migration):
    dependencies = [
        ("milestones", "0003_dates_of_links_are_not_published"),
    ]

    operations = [
        migrations.AddField(
            model_name="resource",
            name="was_opened",
            field=models.BooleanField(
                default=False,
                help_text="Off where only the form of the address was looked at.",
                verbose_name="opened then",
            ),
        ),
        migrations.AlterField(
            model_name="resource",
            name="checked_on",
            field=models.DateField(blank=True, null=True, verbose_name="link last checked"),
        ),
        migrations.RunPython(note_that_they_were_opened, migrations.RunPython.noop, elidable=True),
    ]
