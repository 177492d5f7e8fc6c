"""What can be chosen about a sample, and what each choice means, said where it is chosen (domain.md G)."""

from django.db import models


class Origin(models.TextChoices):
    SPEC = "spec", "Spec: I set the brief"
    COURSE_WORK = "course_work", "Course work"
    OWN_PUBLISHED = "own_published", "Published under my name"
    CLIENT = "client", "Client work"
    VOLUNTEER = "volunteer", "Volunteer work"
    REPURPOSED_ACADEMIC = "repurposed_academic", "Reworked academic writing"
    EDITED = "edited", "Edited for somebody else"


class Status(models.TextChoices):
    IDEA = "idea", "Idea"
    DRAFT = "draft", "Draft"
    IN_REVIEW = "in_review", "In review"
    READY = "ready", "Ready"
    RETIRED = "retired", "Retired"


class Permission(models.TextChoices):
    OWN_WORK = "own_work", "My own work, nothing confidential in it"
    PUBLIC_LINK = "public_link", "Public on the client’s own page"
    NOT_ASKED = "not_asked", "Not asked yet"
    REQUESTED = "requested", "Asked, waiting for an answer"
    GRANTED_FULL = "granted_full", "Granted in writing, in full"
    GRANTED_REDACTED = "granted_redacted", "Granted for a redacted extract"
    GRANTED_PRIVATE = "granted_private", "Granted to show one to one"
    REFUSED = "refused", "Refused"


ORIGIN_MEANING = {
    "spec": "To show what you can do, on a brief that you set yourself.",
    "course_work": "Written for a course or a workshop.",
    "own_published": "Out in public, with your name on it.",
    "client": "Paid for by a client, who decides what may be shown: ask first.",
    "volunteer": "Unpaid, for others who decide what may be shown: ask first.",
    "repurposed_academic": "Your teaching or research, rewritten for CME, rights checked.",
    "edited": "A text of somebody else’s, who decides what may be shown: ask first.",
}
STATUS_MEANING = {
    "idea": "Worth writing one day.",
    "draft": "Begun, not finished yet.",
    "in_review": "Somebody else is reading it.",
    "ready": "You would send it to an editor today.",
    "retired": "Out of date: kept for you, no longer shown.",
}
PERMISSION_MEANING = {
    "own_work": "You own it, so it may go on a page you share.",
    "public_link": "You may share the link to that page, not a copy.",
    "not_asked": "Where work for others begins. Nobody else sees it.",
    "requested": "Nobody else sees it until they answer.",
    "granted_full": "You have their written consent: note it here. It may go on a page you share.",
    "granted_redacted": "Only a redacted file may go on a page you share.",
    "granted_private": "You may show it to one person at a time, never on a page.",
    "refused": "Describe it in general words only, such as “needs assessment, oncology, 2025”.",
}
