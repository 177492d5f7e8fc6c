from django.conf import settings
from django.db import migrations, models


def keep_the_latest_name(apps, schema_editor):
    """Two tabs could make two public portfolios of one person: the later one keeps its name."""
    named = apps.get_model("portfolio", "ShareLink").objects.filter(address_name__isnull=False)
    kept = named.order_by().values("owner").annotate(latest=models.Max("pk")).values_list("latest", flat=True)
    for link in named.exclude(pk__in=list(kept)):
        link.former_name, link.address_name = link.address_name, None
        link.save(update_fields=["former_name", "address_name"])


class Migration(migrations.Migration):
    dependencies = [
        ("portfolio", "0008_sample_consent"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(keep_the_latest_name, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="sharelink",
            constraint=models.UniqueConstraint(
                condition=models.Q(("address_name__isnull", False)),
                fields=("owner",),
                name="sharelink_one_public_portfolio",
            ),
        ),
    ]
