"""The person who signs in, by e-mail and without a user name."""

from datetime import datetime
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.functions import Lower

from accounts.timezones import known_names
from cmetrack.validators import validate_web_address

# What stands before a name and is no name; the second set goes with it: “Dr. med.”, “Prof. Dr. h. c.”.
TITLES = {"dr", "doctor", "prof", "professor", "mr", "mrs", "ms", "miss", "mx", "sir", "dame", "herr", "frau"}
DEGREES = {"med.", "vet.", "dent.", "pharm.", "rer.", "nat.", "phil.", "habil.", "h.", "c.", "mult."}


def validate_time_zone(name: str) -> None:
    """Accept only names the time zone database knows."""
    if name not in known_names():
        raise ValidationError("Choose a time zone from the list.", code="unknown_time_zone")


def _is_title(word: str) -> bool:
    return word.casefold().rstrip(".") in TITLES or word.casefold() in DEGREES


class UserManager(BaseUserManager["User"]):
    def wanting_digests(self) -> models.QuerySet["User"]:
        """Everybody who asked for summaries by mail."""
        return self.filter(is_active=True).exclude(digest=User.Digest.OFF)

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Make a person who signs in with `email`; without a password they have to reset it."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Make an administrator."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractUser):
    """A person with an account. Personas are those of the field: who becomes a CME writer."""

    class Persona(models.TextChoices):
        HEALTH_PROFESSIONAL = "health_professional", "Health professional"
        ACADEMIC = "academic", "Academic or educator"
        SCIENCE_RESEARCHER = "science_researcher", "Science researcher"
        VETERINARIAN = "veterinarian", "Veterinary professional"

    class Digest(models.TextChoices):
        OFF = "off", "No mail"
        DAILY = "daily", "Every day"
        WEEKLY = "weekly", "Once a week"

    username = None  # type: ignore[assignment]
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    email = models.EmailField("e-mail", unique=True, error_messages={"unique": "This address is taken."})
    name = models.CharField("your name", max_length=150, blank=True)
    persona = models.CharField("your background", max_length=30, choices=Persona, blank=True)
    credentials = models.CharField(
        max_length=100, blank=True, help_text="As after your name: RN, PhD, MRCVS."
    )
    headline = models.CharField(max_length=200, blank=True, help_text="One line that says what you do.")
    bio = models.TextField("about you", max_length=2000, blank=True)
    niche = models.CharField(
        max_length=100, blank=True, help_text="The field you mean to write in, such as cardiology."
    )
    audience = models.CharField(
        max_length=100, blank=True, help_text="Who learns from what you write, such as hospital nurses."
    )
    # Django's own check lets ftp through.
    linkedin_url = models.URLField("LinkedIn", blank=True, validators=[validate_web_address])
    website = models.URLField(blank=True, validators=[validate_web_address])
    time_zone = models.CharField(max_length=64, default="UTC", validators=[validate_time_zone])
    weekly_hours = models.PositiveSmallIntegerField(
        "hours a week",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(80)],
        help_text="What you can really spare. Four to six is common.",
    )
    goal = models.CharField(
        max_length=300, blank=True, help_text="What your first paid project would look like."
    )
    # Whether to send who is due by mail, and at which hour of the person's own day.
    digest = models.CharField("summary by mail", max_length=10, choices=Digest, default=Digest.OFF)
    digest_hour = models.PositiveSmallIntegerField(default=7, validators=[MaxValueValidator(23)])
    welcomed_at = models.DateTimeField(null=True, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]

    class Meta:
        constraints = (models.UniqueConstraint(Lower("email"), name="user_email_any_case_once"),)

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return self.name or self.email

    def get_short_name(self) -> str:
        """What to call the person: the first of their names after any titles, else nothing."""
        return next((word for word in self.name.split() if not _is_title(word)), "")

    def stop_digests(self) -> None:
        """Send no more summaries by mail. Stopping twice is no error."""
        self.digest = self.Digest.OFF
        self.save(update_fields=["digest"])

    def finish_welcome(self, now: datetime) -> None:
        """Note that the welcome was answered or skipped. Doing so twice keeps the first date."""
        if self.welcomed_at is None:
            self.welcomed_at = now
            self.save(update_fields=["welcomed_at"])
