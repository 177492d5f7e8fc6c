"""The content we ship is complete."""

import pytest

from milestones.models import Milestone, Requirement, Step
from milestones.seeding import load_content
from milestones.wording import label
from networking.models import CadenceRule, Contact, MessageTemplate, PitchStep
from portfolio.models import Format

STEPS = {
    "understanding_cme": 8,
    "adult_learning": 8,
    "formats": 8,
    "core_competencies": 9,
    "networking": 9,
}
FORMATS = [
    "needs_assessment",
    "gap_objectives",
    "activity_plan",
    "grant_proposal",
    "slide_deck",
    "script",
    "patient_case",
    "test_items",
    "monograph",
    "journal_cme",
    "clinical_update",
    "microlearning",
    "infographic",
    "patient_companion",
    "faculty_briefing",
    "moderator_guide",
    "front_matter",
    "pi_cme",
    "outcomes_report",
    "scholarly_abstract",
    "edited_page",
]
IN_DEMAND = {"needs_assessment", "activity_plan", "slide_deck", "script", "patient_case", "test_items"}
MESSAGES = {
    "linkedin_short",
    "linkedin_long",
    "warm_intro",
    "pitch_email",
    "follow_up",
    "thank_you",
    "permission_request",
}


@pytest.fixture(autouse=True)
def content(db):
    return load_content()


def test_every_milestone_has_all_its_steps():
    found = {milestone.slug: milestone.steps.count() for milestone in Milestone.objects.all()}

    assert list(found.items()) == list(STEPS.items())


@pytest.mark.parametrize("slug", STEPS)
def test_every_milestone_teaches(slug):
    milestone = Milestone.objects.get(slug=slug)

    assert len(milestone.lesson.split()) >= 300
    assert milestone.lesson.startswith("## ")
    assert milestone.promise
    assert milestone.podcast_at
    assert milestone.objectives.count() >= 5
    assert milestone.resources.count() >= 7
    assert milestone.mistakes.count("\n- ") == 2


def test_every_requirement_is_valid_and_can_be_worded():
    for requirement in Requirement.objects.select_related("step", "format"):
        requirement.full_clean()
        assert label(requirement)


def test_every_step_asks_for_something_that_it_offers():
    for step in Step.objects.prefetch_related("requirements", "check_items"):
        ticks = sum(r.count for r in step.requirements.all() if r.kind == Requirement.Kind.CHECK)
        assert step.requirements.all(), step.key
        assert ticks == len(step.check_items.all()), step.key
        step.full_clean()


def test_resources_asked_for_exist():
    for requirement in Requirement.objects.filter(kind=Requirement.Kind.RESOURCE):
        assert requirement.step.milestone.resources.count() >= requirement.count


def test_only_the_extra_format_is_optional_and_only_disclosures_are_private():
    assert [s.milestone.slug for s in Step.objects.filter(is_optional=True)] == ["formats"]
    assert [s.milestone.slug for s in Step.objects.filter(is_private=True)] == ["understanding_cme"]


def test_catalogue_is_complete():
    assert [f.key for f in Format.objects.all()] == FORMATS
    assert {f.key for f in Format.objects.filter(is_in_demand=True)} == IN_DEMAND
    assert [f.key for f in Format.objects.filter(is_portfolio_only=True)] == ["edited_page"]


def test_messages_are_complete():
    assert {message.key for message in MessageTemplate.objects.all()} == MESSAGES


def test_cadences_are_complete():
    """Days and limits as the brief of the field gives them."""
    told = {rule.key: [step.days for step in rule.steps] for rule in CadenceRule.objects.all()}
    limits = {rule.key: (rule.touches, rule.quiet_days) for rule in CadenceRule.objects.all()}

    assert list(told) == [*Contact.Stage, "met"]
    assert told == {
        "identified": [7], "researched": [7], "warmed": [14], "connected": [2, 14],
        "in_conversation": [1, 7, 21], "warm_lead": [30], "client": [14, 90], "dormant": [182],
        "do_not_contact": [], "met": [2],
    }  # fmt: skip
    assert limits["warmed"] == (1, 90)
    assert limits["connected"] == (2, 90)
    assert limits["client"] == limits["dormant"] == (None, None)


def test_the_cadence_of_pitches_is_complete():
    told = [(s.key, s.first_day, s.last_day, s.is_in_working_days) for s in PitchStep.objects.all()]

    assert told == [
        ("nudge", 5, 7, True), ("closing_note", 14, 21, False), ("no_reply", 30, 35, False),
    ]  # fmt: skip
