"""What we ask of allauth beyond its settings."""

import logging
from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.urls import reverse

from accounts.models import User
from cmetrack.validators import without_hidden_characters

logger = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):
    """Sign-up is open; mail comes from us in our own words (templates/account/email/)."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": "This account is closed.",
        "cannot_remove_primary_email": "An account needs an e-mail address, so this one has to stay.",
        "duplicate_email": "This is the address you use already.",
        "email_password_mismatch": (
            "That e-mail address and password do not go together. "
            "Check both, or ask for a new password below."
        ),
        "email_taken": "There is already an account with this address.",
        "enter_current_password": "That is not your current password.",
        "incorrect_password": "That is not your password. Try again.",
        "invalid_password_reset": "This link has been used already or is too old. Ask for a new one.",
        "rate_limited": "That was a lot of tries in a short time. Wait a few minutes, then try again.",
        "too_many_login_attempts": (
            "That was a lot of tries in a short time. Wait five minutes, or ask for a new password below."
        ),
    }

    def clean_email(self, email: str) -> str:
        """Refuse what would not fit: databases differ in how they take it."""
        longest = User._meta.get_field("email").max_length or 0
        if len(email) > longest:
            raise ValidationError(f"Enter an address of at most {longest} characters.", code="max_length")
        if not _can_be_written_to(email):
            raise ValidationError("Enter an e-mail address such as name@example.org.", code="invalid")
        return email

    def is_safe_url(self, url: str) -> bool:
        """Whether people may be led there. An address that cannot even be taken apart is not safe."""
        try:
            safe: bool = super().is_safe_url(url)
        except ValueError:
            return False
        return safe

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send, or say that it could not be sent: whatever was saved stays, and can be tried again."""
        try:
            super().send_mail(template_prefix, email, context)
        except (OSError, SMTPException):
            logger.exception("Could not send %s", template_prefix)
            messages.error(self.request, "We could not send the mail. Try again in a few minutes.")

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Where to go after signing in: the welcome first, for whoever has not seen it."""
        assert isinstance(request.user, User)  # noqa: S101 - allauth asks only for people signed in
        if request.user.welcomed_at is None:
            return reverse("accounts:welcome")
        url: str = super().get_login_redirect_url(request)
        return url

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("accounts:profile")

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """Mark as confirmed, unless the address has become somebody else's meanwhile."""
        try:
            with transaction.atomic():
                confirmed: bool = super().confirm_email(request, email_address)
        except IntegrityError:
            template = "account/messages/email_confirmation_failed.txt"
            self.add_message(request, messages.ERROR, template, {"email": email_address.email})
            return False
        return confirmed


def _can_be_written_to(email: str) -> bool:
    """Whether a mail header can carry the address, which is less than the standard allows."""
    try:
        email.rpartition("@")[2].encode("idna")
    except UnicodeError:
        return False
    return without_hidden_characters(email) == email
