"""Lets a page be honest about mail that nobody will receive."""

from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def mail_goes_out() -> bool:
    """Whether a mail server is set; without one, mail lands in a folder (settings.MAIL_DIR)."""
    return bool(settings.EMAIL_URL)
