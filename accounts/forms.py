"""Forms of the account: allauth's in our words, the welcome and the profile."""

from collections.abc import MutableMapping
from copy import copy
from hashlib import sha256
from typing import Any, cast

from allauth.account import forms as allauth_forms
from allauth.account.adapter import get_adapter

# Not public, but it alone sends a link outside a transaction and with allauth's limit and message:
# the managers send while the database is locked, and send_confirmation() knows no limit.
from allauth.account.internal.flows.email_verification import send_verification_email_to_address
from allauth.account.models import EmailAddress
from allauth.account.utils import filter_users_by_email
from django import forms
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts import timezones
from accounts.models import User
from cmetrack.forms import CHANGED_ELSEWHERE
from cmetrack.validators import without_hidden_characters

ADVICE_ON_PASSWORDS = "At least 8 characters, not a common password and not your e-mail address."
ONCE_MORE = "The new password once more"
HOURS_OUT_OF_RANGE = "Enter a number from 1 to 80."
HOURS_MESSAGES = dict.fromkeys(("invalid", "min_value", "max_value"), HOURS_OUT_OF_RANGE)
# What each background brings to CME writing.
BRINGS = {
    User.Persona.HEALTH_PROFESSIONAL: "You know the learners, how care really runs, and true cases.",
    User.Persona.ACADEMIC: "You bring teaching, slides, exam questions and an eye for review.",
    User.Persona.SCIENCE_RESEARCHER: "You bring searching, appraisal, statistics and careful references.",
    User.Persona.VETERINARIAN: "You bring clinical reasoning, plain talk with owners and CPD of your own.",
}


class InOurWords:
    """Gives allauth's fields our labels: above the box, never inside it."""

    labels: dict[str, str] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in cast(forms.Form, self).fields.items():
            field.label = self.labels.get(name, field.label)
            field.widget.attrs.pop("placeholder", None)
            if field.widget.attrs.get("autocomplete") == "new-password" and field.help_text:
                field.help_text = ADVICE_ON_PASSWORDS


class GuessedTimeZoneField(forms.CharField):
    """Filled by the browser. Nonsense in it is no reason to stop anyone: it counts as nothing."""

    widget = forms.HiddenInput

    def clean(self, value: Any) -> str:
        return value if value in timezones.known_names() else ""


class SignupForm(InOurWords, allauth_forms.SignupForm):
    labels = {"email": "E-mail address", "password1": "Password"}

    time_zone = GuessedTimeZoneField(required=False)

    def signup(self, request: HttpRequest, user: User) -> None:
        if zone := self.cleaned_data["time_zone"]:
            user.time_zone = zone
            user.save(update_fields=["time_zone"])

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        try:
            return super().try_save(request)  # type: ignore[no-any-return]
        except IntegrityError:
            # Two clicks at the same moment: the other one opened this very account.
            messages.info(request, "Your account is open. Sign in with the password you have just chosen.")
            return None, redirect("account_login")


class LoginForm(InOurWords, allauth_forms.LoginForm):
    labels = {"login": "E-mail address", "password": "Password"}


class AddEmailForm(InOurWords, allauth_forms.AddEmailForm):
    """Asks for a new address. It counts once confirmed; until then a confirmed old one stays.

    Where the old one was never confirmed either, the new one takes its place at once: allauth would
    leave such an account without any address.
    """

    labels = {"email": "New e-mail address"}

    def clean_email(self) -> str:
        email: str = super().clean_email()
        if not EmailAddress.objects.get_verified(self.user) and filter_users_by_email(email):
            raise get_adapter().validation_error("email_taken")
        return email

    def save(self, request: HttpRequest) -> EmailAddress:
        with transaction.atomic():
            # The lock makes a second click wait; it then finds what the first one wrote.
            user = User.objects.select_for_update().get(pk=self.user.pk)
            address = self._note(request, user, self.cleaned_data["email"])
        send_verification_email_to_address(request, address)
        return address

    def _note(self, request: HttpRequest, user: User, email: str) -> EmailAddress:
        addresses = EmailAddress.objects
        if addresses.get_verified(user):
            return addresses.add_new_email(request, user, email, send_verification=False)
        messages.success(request, f"From now on you sign in with {email}.")
        addresses.filter(user=user).delete()
        user.email = email
        user.save(update_fields=["email"])
        return addresses.create(user=user, email=email, primary=True)


class ChangePasswordForm(InOurWords, allauth_forms.ChangePasswordForm):
    labels = {"oldpassword": "Current password", "password1": "New password", "password2": ONCE_MORE}


class SetPasswordForm(InOurWords, allauth_forms.SetPasswordForm):
    labels = {"password1": "New password", "password2": ONCE_MORE}


class ResetPasswordForm(InOurWords, allauth_forms.ResetPasswordForm):
    labels = {"email": "E-mail address"}


class ResetPasswordKeyForm(InOurWords, allauth_forms.ResetPasswordKeyForm):
    labels = {"password1": "New password", "password2": ONCE_MORE}


class ReauthenticateForm(InOurWords, allauth_forms.ReauthenticateForm):
    labels = {"password": "Password"}


class PersonForm(forms.ModelForm):
    """Part of a person's own record."""

    def clean_name(self) -> str:
        return without_hidden_characters(self.cleaned_data["name"]).strip()

    def save(self, commit: bool = True) -> User:
        # Only its own columns: a password changed meanwhile in another tab has to stay changed.
        user: User = self.instance
        user.save(update_fields=list(self._meta.fields or ()))
        return user


class WelcomeForm(PersonForm):
    time_zone = GuessedTimeZoneField(required=False)

    class Meta:
        model = User
        fields = ("name", "persona", "niche", "weekly_hours", "goal", "time_zone")
        labels = {"name": "What should we call you?", "niche": "Your niche", "goal": "Your goal"}
        widgets = {
            "name": forms.TextInput({"autocomplete": "name"}),
            "persona": forms.RadioSelect,
            "weekly_hours": forms.NumberInput({"inputmode": "numeric"}),
        }
        error_messages = {"weekly_hours": HOURS_MESSAGES}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        persona = cast(forms.ChoiceField, self.fields["persona"])
        persona.choices = [(key, _with_line(key.label, line)) for key, line in BRINGS.items()]

    def clean_time_zone(self) -> str:
        return str(self.cleaned_data["time_zone"] or self.instance.time_zone)


class ProfileForm(PersonForm):
    """The whole profile. A hidden fingerprint of what was shown keeps one tab from undoing another."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    time_zone = forms.ChoiceField(label="Your time zone", help_text="Dates and times are shown in this zone.")

    digest = forms.ChoiceField(label="Summary by mail", choices=User.Digest.choices, required=False)
    digest_hour = forms.TypedChoiceField(
        required=False,
        label="At what time",
        coerce=int,
        choices=[(hour, f"{hour:02}:00") for hour in range(24)],
        help_text="In your time zone.",
    )

    class Meta:
        model = User
        fields = (
            *("name", "credentials", "headline", "bio", "persona", "niche", "audience"),
            *("weekly_hours", "goal", "linkedin_url", "website", "time_zone", "digest", "digest_hour"),
        )
        labels = {"niche": "Your niche", "audience": "Your audience", "goal": "Your goal"}
        widgets = {
            "name": forms.TextInput({"autocomplete": "name"}),
            "bio": forms.Textarea({"rows": 5}),
            "weekly_hours": forms.NumberInput({"inputmode": "numeric"}),
        }
        error_messages = {"weekly_hours": HOURS_MESSAGES}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["seen"] = sha256(repr(sorted(self.initial.items())).encode()).hexdigest()
        cast(forms.ChoiceField, self.fields["time_zone"]).choices = timezones.choices(self.instance.time_zone)
        cast(forms.ChoiceField, self.fields["persona"]).choices = [("", "Not said"), *User.Persona.choices]
        for name in ("linkedin_url", "website"):
            self.fields[name].widget.attrs.update(autocomplete="url", placeholder="https://")

    def clean_credentials(self) -> str:
        return without_hidden_characters(self.cleaned_data["credentials"]).strip()

    def clean_digest(self) -> str:
        # A page from before there was a choice says nothing of it.
        return str(self.cleaned_data["digest"] or self.instance.digest)

    def clean_digest_hour(self) -> int:
        hour = self.cleaned_data["digest_hour"]
        return int(self.instance.digest_hour if hour == "" else hour)

    def clean_headline(self) -> str:
        return without_hidden_characters(self.cleaned_data["headline"]).strip()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        is_current = data.get("seen") in ("", self.initial["seen"])
        # The second of two clicks finds what the first one wrote: nothing differs, nobody is told.
        if not is_current and set(self.changed_data) - {"seen"}:
            # The next try carries today's: whoever saves again has been told.
            retry = cast(MutableMapping[str, Any], copy(self.data))
            retry[self.add_prefix("seen")] = self.initial["seen"]
            self.data = retry
            raise forms.ValidationError(CHANGED_ELSEWHERE, code="changed_elsewhere")
        return data


def _with_line(title: Any, line: str) -> SafeString:
    return format_html('<span class="row-title">{}</span> <span class="meta">{}</span>', title, line)
