"""What the content files last put into the database, so that editors' work is recognised."""

from django.db import models


class SeedRecord(models.Model):
    """One row made from a content file. A row that no longer has this digest was edited."""

    key = models.CharField(max_length=200, unique=True, help_text="Where in the files it stands.")
    model = models.CharField(max_length=60)
    object_id = models.BigIntegerField()
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return self.key
