"""The content we ship is complete: everything the field's brief asks for, and nothing twice."""

import re

import pytest

from cmetrack.markdown import headings
from milestones.models import (
    Background,
    Competency,
    CompetencyGroup,
    GlossaryTerm,
    Milestone,
    Objective,
    Question,
    Requirement,
    Resource,
    Step,
)
from milestones.wording import label
from networking.models import CadenceRule, Contact, MessageTemplate, PitchStep
from portfolio.models import Format, QualityItem

pytestmark = pytest.mark.usefixtures("content")

# Each step with the minutes it takes, at least and at most, and the evidence that closes it.
STEPS = {
    "understanding_cme": {
        "set_a_goal": (20, 20, "note(60)"),
        "map_ecosystem": (45, 45, "note(120), org(3)"),
        "read_standards": (90, 90, "resource(2), note(100)"),
        "compare_with_promotion": (45, 45, "note(120)"),
        "take_an_activity": (90, 90, "check(11)"),
        "learn_credit_language": (40, 40, "note(80)"),
        "draft_disclosure_list": (30, 30, "check(1)"),
        "trace_a_grant": (60, 60, "note(120)"),
    },
    "adult_learning": {
        "critique_an_activity": (45, 45, "note(120)"),
        "write_gap_statements": (120, 120, "sample(gap_objectives draft 1)"),
        "turn_gaps_into_objectives": (60, 60, "sample(gap_objectives ready 1)"),
        "align_the_chain": (45, 45, "check(1)"),
        "plan_backward": (120, 120, "sample(activity_plan draft 1)"),
        "write_test_items": (120, 120, "sample(test_items draft 1)"),
        "add_spaced_practice": (30, 30, "note(80)"),
        "rate_learning_design": (
            15,
            15,
            "rate(adult_learning 1), rate(needs_analysis 1), rate(assessment_outcomes 1)",
        ),
    },
    "formats": {
        "shortlist_formats": (30, 30, "check(3)"),
        "dissect_activities": (120, 120, "note(200)"),
        "choose_topic": (45, 45, "note(60)"),
        "write_needs_assessment": (480, 720, "sample(needs_assessment ready 1)"),
        "write_patient_case": (300, 480, "sample(patient_case ready 1)"),
        "add_a_format": (
            240,
            480,
            "sample(slide_deck draft 1), or sample(script draft 1), or sample(infographic draft 1)",
        ),
        "attach_questions": (180, 180, "sample(test_items ready 1)"),
        "check_quality": (120, 120, "quality(2), interaction(feedback 1)"),
    },
    "core_competencies": {
        "rate_competencies": (60, 60, "rate(1), note(80)"),
        "documented_search": (120, 120, "note(120)"),
        "appraise_papers": (120, 120, "note(200)"),
        "set_up_references": (90, 90, "check(4)"),
        "annotate_sample": (120, 120, "check(3), sample(ready 1)"),
        "edit_one_page": (120, 120, "note(60), or sample(edited_page ready 1)"),
        "clear_rights": (60, 60, "check(3)"),
        "business_basics": (180, 180, "check(6)"),
        "rerate_three": (20, 20, "rerate(3)"),
    },
    "networking": {
        "state_position": (60, 60, "note(40), check(2)"),
        "target_list": (180, 180, "org(20 of 3 kinds)"),
        "find_people": (
            120,
            120,
            "contact(15), contact(commissioner 8), contact(fellow_writer 4), contact(mentor 1)",
        ),
        "join_and_attend": (120, 480, "interaction(event 1)"),
        "be_useful": (240, 240, "interaction(engagement 8)"),
        "three_conversations": (180, 180, "interaction(conversation 3)"),
        "publish_portfolio": (180, 180, "shareable(2)"),
        "pitch_and_follow_up": (480, 600, "pitch(10), cadence_clear(1)"),
        "close_first_project": (180, 300, "opportunity(landed 1)"),
    },
}
# How many objectives and resources each milestone has.
COUNTS = {
    "understanding_cme": (6, 10),
    "adult_learning": (6, 8),
    "formats": (5, 7),
    "core_competencies": (6, 9),
    "networking": (6, 11),
}
# The best answers of each quiz, and the objectives its questions test.
QUIZZES = {
    "understanding_cme": ("CBABD", [4, 2, 1, 6, 3]),
    "adult_learning": ("BCDAC", [3, 4, 5, 6, 1]),
    "formats": ("CADBC", [1, 1, 2, 3, 5]),
    "core_competencies": ("BAADD", [4, 2, 5, 4, 3]),
    "networking": ("BCABD", [2, 5, 6, 6, 3]),
}
OBSERVABLE = """
Adapt Apply Appraise Assess Build Classify Compose Conduct Construct Convert Describe Design
Differentiate Distinguish Document Edit Identify Label Match Negotiate Prepare Produce Select Summarise
Trace Write
"""
# The level that makes a person ready for a first project.
COMPETENCIES = {
    "cme_landscape": 2,
    "ethics_balance": 3,
    "medical_terminology": 3,
    "literature_research": 3,
    "appraisal": 2,
    "accuracy": 3,
    "adult_learning": 3,
    "needs_analysis": 2,
    "assessment_outcomes": 2,
    "writing_clarity": 3,
    "format_fluency": 2,
    "collaboration": 2,
    "networking_business": 2,
}
CORE = {"medical_terminology", "literature_research", "adult_learning", "writing_clarity"}
TERMS = """
Accreditation, Accreditor, Accredited provider, ACCME, ACPE, ANCC, AAPA, Activity, Adult learning,
andragogy, Agenda, AMA PRA Category 1 Credit, AMA style, Annotation, Backward design,
Bloom’s taxonomy, Branching case, CHCP, CME, CE, CPD, Commercial bias, Commercial support, Competence,
Performance, Content validation, Contact hour, Disclosure, Distractor, EACCME, ECMEC,
Enduring material, Faculty, Fair balance, Front matter, Gap analysis, IME, IME grant,
Ineligible company, Joint Accreditation, IPCE, joint providership, Kill fee, Kirkpatrick, Lead-in, Stem,
Learning objective, LOA, MEC, MeSH, Mitigation, MOC, Monograph, Moore levels, NDA, Needs assessment,
Outcomes, PARS, PI-CME, PICO, Practice gap, RACE, RFP, CGA, RSS, SME, SOW, Spaced learning, Spec sample,
Supporter
"""
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
FIRST_SAMPLES = {
    "needs_assessment",
    "gap_objectives",
    "activity_plan",
    "patient_case",
    "test_items",
    "infographic",
}
LOGGED_AS = {
    "linkedin_short": ("message", "linkedin"),
    "linkedin_long": ("message", "linkedin"),
    "warm_intro": ("introduction", "email"),
    "pitch_email": ("pitch", "email"),
    "follow_up": ("follow_up", "email"),
    "thank_you": ("thanks", "email"),
}
MESSAGES = {
    "linkedin_short",
    "linkedin_long",
    "warm_intro",
    "pitch_email",
    "follow_up",
    "thank_you",
    "testimonial_request",
    "permission_request",
}
# A best answer may be this much longer than the others before its length gives it away.
GIVEAWAY = 1.1


def asked(step: Step) -> str:
    """The evidence of a step in the vocabulary of the brief: “note(120), org(3)”."""
    told: list[str] = []
    alternatives = set()
    for r in step.requirements.select_related("format", "competency"):
        named = [r.format and r.format.key, r.status, r.contact_kind, r.interaction_kind, r.stage]
        named += [r.competency and r.competency.key, str(r.count)]
        named += [f"of {r.distinct_kinds} kinds" if r.distinct_kinds else ""]
        before = "or " if r.alternative in alternatives else ""
        alternatives |= {r.alternative} - {None}
        told.append(f"{before}{r.kind}({' '.join(filter(None, named))})")
    return ", ".join(told)


def in_order(options: list[str]) -> bool:
    # As in a list of references: a leading article and punctuation do not count.
    keys = [re.findall(r"\w+", re.sub(r"^(a|an|the) ", "", option.lower())) for option in options]
    return keys == sorted(keys)


def test_every_step_asks_for_its_evidence_and_names_its_time():
    found = {
        milestone.slug: {
            step.key: (step.minutes_least, step.minutes_most, asked(step)) for step in milestone.steps.all()
        }
        for milestone in Milestone.objects.all()
    }

    assert found == STEPS
    assert {slug: list(steps) for slug, steps in found.items()} == {
        slug: list(steps) for slug, steps in STEPS.items()
    }


def test_milestones_stand_in_the_order_of_the_episode():
    milestones = list(Milestone.objects.values_list("slug", "podcast_at"))

    assert milestones == list(zip(STEPS, ("01:57", "04:20", "05:27", "06:41", "09:57"), strict=True))


@pytest.mark.parametrize("slug", STEPS)
def test_every_milestone_teaches(slug):
    milestone = Milestone.objects.get(slug=slug)
    sections = [line for line in milestone.lesson.splitlines() if line.startswith("#")]

    assert 500 <= len(milestone.lesson.split()) <= 900
    assert milestone.lesson.startswith("## ")
    assert len(sections) >= 5
    assert all(line.startswith("## ") for line in sections)
    assert milestone.promise
    assert milestone.why
    assert (milestone.objectives.count(), milestone.resources.count()) == COUNTS[slug]
    assert [line[:2] for line in milestone.mistakes.splitlines()] == ["- "] * 3


def test_every_objective_begins_with_one_verb_that_can_be_observed():
    for objective in Objective.objects.all():
        assert objective.text.split()[0] in OBSERVABLE.split(), objective


def test_every_resource_says_what_it_is_where_and_what_for():
    addresses = [resource.url for resource in Resource.objects.all()]

    assert len(set(addresses)) == len(addresses) == 45
    for resource in Resource.objects.all():
        resource.full_clean()
        assert resource.publisher, resource
        assert resource.note, resource


@pytest.mark.parametrize("slug", QUIZZES)
def test_every_quiz_has_its_keys_and_tests_its_objectives(slug):
    milestone = Milestone.objects.get(slug=slug)
    objectives = list(milestone.objectives.all())
    keys, tested = "", []
    for question in milestone.questions.all():
        options = list(question.choices.all())
        keys += "".join(letter for letter, option in zip("ABCD", options, strict=True) if option.is_best)
        tested.append(objectives.index(question.objective) + 1)

    assert (keys, tested) == QUIZZES[slug]


def test_every_question_explains_itself_and_points_to_a_part_of_its_lesson():
    for question in Question.objects.select_related("milestone"):
        assert question.rationale, question
        assert question.lesson_heading in headings(question.milestone.lesson), question


def test_options_stand_in_alphabetical_order():
    for question in Question.objects.prefetch_related("choices"):
        options = [option.text for option in question.choices.all()]
        assert in_order(options), options


def test_notices_options_out_of_order():
    assert in_order(["A banana", "An apple"]) is False
    assert in_order(["An apple", "A banana", "“Cherry”", "The date"]) is True


def test_no_best_answer_is_given_away_by_its_length():
    for question in Question.objects.prefetch_related("choices"):
        best = next(len(option.text) for option in question.choices.all() if option.is_best)
        others = max(len(option.text) for option in question.choices.all() if not option.is_best)
        assert best <= GIVEAWAY * others, question


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
    assert [s.key for s in Step.objects.filter(is_optional=True)] == ["add_a_format"]
    assert [s.key for s in Step.objects.filter(is_private=True)] == ["draft_disclosure_list"]


def test_competencies_are_complete():
    competencies = Competency.objects.order_by("group__position", "position")

    assert dict(competencies.values_list("key", "ready_level")) == COMPETENCIES
    assert [c.key for c in competencies] == list(COMPETENCIES)
    assert {c.key for c in competencies if c.is_core} == CORE
    assert CompetencyGroup.objects.count() == 5
    for competency in competencies:
        competency.full_clean()
        assert len({text for _, text in competency.anchors}) == 5, competency
        assert competency.raise_it, competency


def test_every_word_of_the_field_is_in_the_glossary():
    forms = {form.lower() for term in GlossaryTerm.objects.all() for form in term.forms}
    wanted = {" ".join(term.split()).lower() for term in TERMS.split(",")}

    assert wanted - forms == set()


def test_every_background_has_earlier_work_to_log():
    backgrounds = Background.objects.prefetch_related("prior")

    assert {background.persona for background in backgrounds} == {
        "health_professional",
        "academic",
        "science_researcher",
        "veterinarian",
    }
    for background in backgrounds:
        background.full_clean()
        assert len(background.prior.all()) >= 4
        assert all(work.caution for work in background.prior.all())


def test_quality_checklist_is_complete():
    assert QualityItem.objects.count() == 15


def test_catalogue_is_complete():
    assert [f.key for f in Format.objects.all()] == FORMATS
    assert {f.key for f in Format.objects.filter(is_in_demand=True)} == IN_DEMAND
    assert {f.key for f in Format.objects.filter(first_sample="yes")} == FIRST_SAMPLES
    assert [f.key for f in Format.objects.filter(is_portfolio_only=True)] == ["edited_page"]
    for format_ in Format.objects.all():
        assert all((format_.definition, format_.parts, format_.commissioned_by, format_.typical_length))
        assert format_.moore_level


def test_messages_are_complete():
    assert {message.key for message in MessageTemplate.objects.all()} == MESSAGES
    told = {message.key: (message.kind, message.channel) for message in MessageTemplate.objects.all()}
    assert told == {**dict.fromkeys(MESSAGES, ("message", "email")), **LOGGED_AS}


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
