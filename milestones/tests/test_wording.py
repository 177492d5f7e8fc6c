import pytest

from milestones.models import Competency, Requirement
from milestones.wording import add_a_person, in_a_sentence, label, log_a_sample
from portfolio.models import Format

NEEDS = Format(pk=1, key="needs_assessment", name="Needs assessment")
CASE = Format(pk=2, key="patient_case", name="Interactive case")
ITEMS = Format(pk=3, key="test_items", name="Assessment and outcomes questions")
FRONT = Format(pk=4, key="front_matter", name="CME front matter")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"kind": "note", "count": 120}, "120 words noted"),
        ({"kind": "check", "count": 1}, "1 item ticked"),
        ({"kind": "resource", "count": 2}, "2 resources read"),
        ({"kind": "sample", "status": "ready", "count": 2, "format": NEEDS}, "2 ready needs assessments"),
        ({"kind": "sample", "status": "draft", "format": CASE}, "1 draft interactive case"),
        (
            {"kind": "sample", "status": "ready", "format": ITEMS},
            "1 ready sample: assessment and outcomes questions",
        ),
        ({"kind": "sample", "status": "draft"}, "1 draft sample"),
        ({"kind": "org", "count": 3}, "3 organisations logged"),
        ({"kind": "org", "count": 20, "distinct_kinds": 3}, "20 organisations logged, of 3 kinds"),
        ({"kind": "contact", "count": 15}, "15 contacts logged"),
        ({"kind": "contact", "contact_kind": "commissioner", "count": 8}, "8 people who commission work"),
        ({"kind": "contact", "contact_kind": "mentor"}, "1 mentor"),
        ({"kind": "interaction", "interaction_kind": "event"}, "1 event logged"),
        ({"kind": "pitch", "count": 10}, "10 pitches sent"),
        ({"kind": "opportunity", "stage": "landed"}, "1 project landed"),
        ({"kind": "opportunity", "stage": "quoted"}, "1 opportunity at “quoted” or later"),
        ({"kind": "cadence_clear"}, "Every open pitch has a next date"),
        ({"kind": "rate"}, "All competencies rated"),
        ({"kind": "rate", "competency": Competency(title="Adult learning")}, "Adult learning rated"),
        (
            {"kind": "rate", "competency": Competency(title="Adult learning"), "level": 3},
            "Adult learning at level 3 or higher",
        ),
        ({"kind": "quiz"}, "The quiz passed"),
        ({"kind": "rerate", "count": 3}, "3 competencies rated again"),
        ({"kind": "quality", "count": 2}, "2 samples with the quality checklist complete"),
        ({"kind": "shareable", "count": 2}, "2 samples you may share"),
    ],
)
def test_says_what_is_asked_for(fields, words):
    assert label(Requirement(**fields)) == words


def test_has_words_for_every_kind_of_person_and_touch():
    for kind in Requirement._meta.get_field("contact_kind").choices:
        assert label(Requirement(kind="contact", contact_kind=kind[0]))
    for kind in Requirement._meta.get_field("interaction_kind").choices:
        assert label(Requirement(kind="interaction", interaction_kind=kind[0]))


@pytest.mark.parametrize(
    ("format_", "words"),
    [
        (None, "Log a sample"),
        (NEEDS, "Log a needs assessment"),
        (CASE, "Log an interactive case"),
        (ITEMS, "Log assessment and outcomes questions"),
        (FRONT, "Log CME front matter"),
    ],
)
def test_link_to_log_a_sample(format_, words):
    assert log_a_sample(format_) == words


@pytest.mark.parametrize(
    ("kind", "words"),
    [("", "Add a contact"), ("mentor", "Add a mentor"), ("editor_reviewer", "Add an editor or reviewer")],
)
def test_link_to_add_a_person(kind, words):
    assert add_a_person(kind) == words


def test_abbreviations_keep_their_capitals():
    assert in_a_sentence("CME front matter") == "CME front matter"
    assert in_a_sentence("Slide deck") == "slide deck"
