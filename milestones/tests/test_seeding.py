"""Loading the content files: once, again, after editors, after changed files, after mistakes."""

import shutil
from datetime import date

import pytest
from django.conf import settings
from django.contrib.auth.models import Group

from milestones.content_entries import ContentError
from milestones.content_files import CADENCE, FORMATS, LISTS, MESSAGES, MILESTONES
from milestones.editors import EDITORS
from milestones.models import (
    CheckItem,
    Milestone,
    Objective,
    Requirement,
    Resource,
    SeedRecord,
    Step,
)
from milestones.seeding import MODELS, load_content
from milestones.tests.factories import make_milestone, make_progress, make_step
from networking.models import MessageTemplate
from networking.planning import log_touch
from networking.tests.factories import make_contact
from portfolio.models import Format

FORMATS_FILE = """\
- key: script
  name: Script
  definition: Words for video.
  parts: [Scenes, Speakers]
  in_demand: true
- {key: slide_deck, name: Slide deck, definition: Slides, typical_length: 12}
"""
MESSAGES_FILE = """\
- key: thanks
  title: Thanks
  body: Dear {first_name}
  warn_at: 200
"""
MILESTONE_FILE = """\
slug: formats
position: 3
title: Formats
podcast_at: "05:27"
promise: You can name them.
why: Clients buy deliverables.
lesson: |
  ## Parts

  Many.
objectives:
  - Name eight formats
  - Choose three
mistakes:
  - Too long
  - Too branded
resources:
  - key: worst
    title: Worst practices
    kind: article
    url: https://example.org/worst
    checked_on: 2026-11-01
steps:
  - key: shortlist
    title: Shortlist
    guidance: Browse the catalogue.
    minutes: [30, 45]
    optional: true
    check_items:
      - One planning format
    requirements:
      - {kind: check, count: 1}
      - {kind: sample, format: script, status: ready, alternative: 1}
"""


@pytest.fixture
def files(tmp_path, db):
    """A small set of content files, changed by `edit(file, old, new)`."""
    texts = dict.fromkeys((file for file, _ in LISTS), "[]\n")
    texts |= {FORMATS: FORMATS_FILE, MESSAGES: MESSAGES_FILE, f"{MILESTONES}/3_formats.yaml": MILESTONE_FILE}
    for file, text in texts.items():
        tmp_path.joinpath(file).parent.mkdir(parents=True, exist_ok=True)
        tmp_path.joinpath(file).write_text(text)
    return tmp_path


def edit(root, old, new, file=f"{MILESTONES}/3_formats.yaml"):
    path = root / file
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new, 1))


def everything():
    models = (
        Format,
        MessageTemplate,
        Milestone,
        Objective,
        Resource,
        Step,
        CheckItem,
        Requirement,
        SeedRecord,
    )
    return [list(model.objects.order_by("pk").values()) for model in models]


def test_first_load_makes_every_row(files):
    report = load_content(files)

    milestone = Milestone.objects.get()
    step = milestone.steps.get()
    check, sample = step.requirements.all()
    resource = milestone.resources.get()
    script = Format.objects.get(key="script")
    assert (milestone.slug, milestone.position, milestone.podcast_at) == ("formats", 3, "05:27")
    assert milestone.lesson == "## Parts\n\nMany."
    assert milestone.mistakes == "- Too long\n- Too branded"
    assert [o.text for o in milestone.objectives.all()] == ["Name eight formats", "Choose three"]
    assert (resource.title, resource.kind, resource.checked_on) == (
        "Worst practices",
        "article",
        date(2026, 11, 1),
    )
    assert (step.key, step.minutes_least, step.minutes_most, step.is_optional) == ("shortlist", 30, 45, True)
    assert step.check_items.get().text == "One planning format"
    assert (check.kind, check.count, check.format) == ("check", 1, None)
    assert (sample.kind, sample.format, sample.status, sample.alternative) == ("sample", script, "ready", 1)
    assert (script.parts, script.is_in_demand, script.position) == ("Scenes\nSpeakers", True, 1)
    assert Format.objects.get(key="slide_deck").typical_length == "12"
    assert MessageTemplate.objects.get().warn_at == 200
    assert sum(report.created.values()) == SeedRecord.objects.count() == 11
    assert report.created["formats"] == 2


def test_second_load_changes_nothing(files):
    load_content(files)
    before = everything()

    report = load_content(files)

    assert report.is_nothing_to_do is True
    assert everything() == before


def test_changed_file_updates_untouched_rows(files):
    load_content(files)
    edit(files, "Browse the catalogue.", "Browse all of it.")
    edit(files, "minutes: [30, 45]", "minutes: [20, 25]")
    edit(files, "    optional: true\n", "")
    edit(files, "  - Choose three", "  - Choose four")
    edit(files, "format: script", "format: slide_deck")

    report = load_content(files)

    step = Step.objects.get()
    assert (step.guidance, step.minutes_most, step.is_optional) == ("Browse all of it.", 25, False)
    assert Objective.objects.filter(text="Choose four").count() == 1
    assert Requirement.objects.get(kind="sample").format.key == "slide_deck"
    assert dict(report.updated) == {"step": 1, "objective": 1, "requirement": 1}
    assert load_content(files).is_nothing_to_do is True


@pytest.mark.parametrize(
    ("in_file", "here"), [("2026-11-20", date(2026, 11, 20)), ("2026-10-20", date(2026, 11, 1))]
)
def test_later_check_of_a_link_counts(files, in_file, here):
    load_content(files)
    edit(files, "checked_on: 2026-11-01", f"checked_on: {in_file}")

    load_content(files)

    assert Resource.objects.get().checked_on == here


def test_a_look_at_the_form_does_not_unsay_that_a_link_was_opened(files):
    load_content(files)
    Resource.objects.update(was_opened=True)
    edit(files, "checked_on: 2026-11-01", "checked_on: 2026-11-20")

    load_content(files)

    assert Resource.objects.values_list("checked_on", "was_opened").get() == (date(2026, 11, 1), True)


def test_new_rows_in_a_file_are_added(files):
    load_content(files)
    edit(files, "  - Choose three", "  - Choose three\n  - Adapt one")

    report = load_content(files)

    assert [o.text for o in Objective.objects.all()] == ["Name eight formats", "Choose three", "Adapt one"]
    assert dict(report.created) == {"objective": 1}


def test_editors_change_survives_and_is_listed(files):
    load_content(files)
    Step.objects.update(title="An editor’s title")
    edit(files, "Browse the catalogue.", "Browse all of it.")

    report = load_content(files)

    step = Step.objects.get()
    assert (step.title, step.guidance) == ("An editor’s title", "Browse the catalogue.")
    assert report.edited == ["Shortlist (step/shortlist)"]
    assert report.is_nothing_to_do is True


def test_editors_format_of_a_requirement_survives(files):
    load_content(files)
    Requirement.objects.filter(kind="sample").update(format=Format.objects.get(key="slide_deck"))
    edit(files, "status: ready", "status: draft")

    report = load_content(files)

    requirement = Requirement.objects.get(kind="sample")
    assert (requirement.format.key, requirement.status) == ("slide_deck", "ready")
    assert report.edited == ["Writing samples: 1 (step/shortlist/requirement/2)"]


def test_change_made_by_both_is_nobodys_quarrel(files):
    load_content(files)
    Step.objects.update(title="Same")
    edit(files, "title: Shortlist", "title: Same")
    load_content(files)
    edit(files, "title: Same", "title: Newer")

    report = load_content(files)

    assert Step.objects.get().title == "Newer"
    assert report.edited == []


def test_editors_deletion_survives_and_is_listed(files):
    load_content(files)
    Objective.objects.get(text="Choose three").delete()
    Resource.objects.all().delete()

    report = load_content(files)

    assert [o.text for o in Objective.objects.all()] == ["Name eight formats"]
    assert Resource.objects.exists() is False
    assert report.deleted == [
        "Choose three (milestone/formats/objective/2)",
        "Worst practices (milestone/formats/resource/worst)",
    ]


def test_what_hangs_on_a_deleted_row_stays_away_without_a_word(files):
    load_content(files)
    Step.objects.all().delete()
    edit(files, "      - One planning format", "      - One planning format\n      - Another")

    report = load_content(files)

    assert (Step.objects.count(), CheckItem.objects.count(), Requirement.objects.count()) == (0, 0, 0)
    assert report.deleted == ["Shortlist (step/shortlist)"]


def test_row_made_by_hand_under_the_same_key_is_left_alone(files):
    hand_made = make_milestone(slug="formats", title="By hand")
    Format.objects.create(key="script", name="Our script", definition="Ours")

    report = load_content(files)

    hand_made.refresh_from_db()
    assert hand_made.title == "By hand"
    assert Format.objects.get(key="script").name == "Our script"
    assert hand_made.steps.count() == 0
    assert sorted(report.foreign) == ["Formats (milestone/formats)", "Script (format/script)"]


def test_requirement_may_point_to_a_format_made_by_hand(files):
    ours = Format.objects.create(key="script", name="Our script", definition="Ours")

    load_content(files)

    assert Requirement.objects.get(kind="sample").format == ours


def test_row_that_left_the_files_is_kept_and_listed(files):
    load_content(files)
    edit(files, "  - Choose three\n", "")
    edit(files, "      - One planning format\n", "      []\n")

    report = load_content(files)

    assert Objective.objects.count() == 2
    assert report.dropped == [
        "Choose three (milestone/formats/objective/2)",
        "One planning format (step/shortlist/check/1)",
    ]


def test_finished_work_survives_a_changed_file(files, alice):
    load_content(files)
    progress = make_progress(alice, Step.objects.get(), note="Mine", completed_on=date(2026, 11, 1))
    edit(files, "Browse the catalogue.", "Browse all of it.")

    load_content(files)

    progress.refresh_from_db()
    assert (progress.note, progress.completed_on) == ("Mine", date(2026, 11, 1))


def line_of(root, text, file=f"{MILESTONES}/3_formats.yaml"):
    """On which line of the file `text` begins."""
    before, found, _ = (root / file).read_text().partition(text)
    assert found
    return before.count("\n") + 1


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("guidance: Browse", "guidence: Browse", "guidence"),
        ("format: script", "format: opera", "format"),
        ("kind: check,", "kind: cheque,", "kind"),
        ("status: ready", "contact_kind: mentor", "contact_kind"),
        ("format: script, status: ready,", "format: script,", "status"),
        ("count: 1", "count: zero", "count"),
        ("count: 1", "count: 0", "count"),
        ("minutes: [30, 45]", "minutes: [45, 30]", "minutes"),
        ("minutes: [30, 45]", "minutes: 30", "minutes"),
        ("url: https://example.org/worst", "url: example", "url"),
        ("url: https://example.org/worst", "url: javascript:alert(1)", "url"),
        ("slug: formats", "slug: for mats", "slug"),
        ('podcast_at: "05:27"', "podcast_at: later", "podcast_at"),
        ("checked_on: 2026-11-01", "checked_on: soon", "checked_on"),
        ("- Name eight formats", "- [Name]", "objectives"),
        ("objectives:", "objectives: none\nmistaken:", "mistaken"),
        ("optional: true", "optional: perhaps", "optional"),
        ("title: Formats", "title: [Formats]", "title"),
    ],
)
def test_broken_file_names_the_place_and_changes_nothing(files, old, new, key):
    load_content(files)
    before = everything()
    edit(files, "Clients buy deliverables.", "This would have changed.")
    edit(files, old, new)
    line = line_of(files, new.rpartition("\n")[2])

    with pytest.raises(ContentError) as caught:
        load_content(files)

    assert str(caught.value).startswith(f"milestones/content/3_formats.yaml, line {line}, “{key}”: ")
    assert everything() == before


@pytest.mark.parametrize(
    ("old", "new", "at", "said"),
    [
        ("title: Formats\n", "", "slug", ": “title” is missing"),
        ("    minutes: [30, 45]\n", "", "key: shortlist", ", “steps”: “minutes” is missing"),
        ("promise: You", "promise: You: ", "promise", ": mapping values are not allowed here"),
        ("position: 3", "position: 3\nslug: twice", "slug: twice", ": found duplicate key"),
        (
            "objectives:\n  - Name eight formats\n  - Choose three\n",
            "objectives: none\n",
            "objectives",
            ", “objectives”: this should be a list",
        ),
        ("  - key: shortlist", "  - short\n  - key: shortlist", "short\n", ", “steps”: this should be keys"),
    ],
)
def test_misshapen_file_names_the_line(files, old, new, at, said):
    edit(files, old, new)
    line = line_of(files, at)

    with pytest.raises(ContentError) as caught:
        load_content(files)

    assert str(caught.value).startswith(f"milestones/content/3_formats.yaml, line {line}{said}")
    assert SeedRecord.objects.exists() is False


def test_catalogue_that_is_no_list_is_refused(files):
    files.joinpath(FORMATS).write_text("key: script\n")

    with pytest.raises(ContentError) as caught:
        load_content(files)

    assert str(caught.value) == "portfolio/content/formats.yaml, line 1: this file should be a list"


def test_the_same_slug_twice_names_both_places(files):
    folder = files / MILESTONES
    shutil.copy(folder / "3_formats.yaml", folder / "4_again.yaml")

    with pytest.raises(ContentError) as caught:
        load_content(files)

    assert str(caught.value) == (
        "milestones/content/4_again.yaml, line 1, “slug”:"
        " “formats” stands in milestones/content/3_formats.yaml, line 1, too"
    )
    assert Milestone.objects.exists() is False


def test_the_same_step_twice_names_the_line(files):
    again = "  - {key: shortlist, title: Again, guidance: Again, minutes: [1, 2]}\n"
    path = files / MILESTONES / "3_formats.yaml"
    path.write_text(path.read_text() + again)
    first, second = line_of(files, "key: shortlist"), line_of(files, "{key: shortlist")

    with pytest.raises(
        ContentError, match=rf"line {second}, “key”: “shortlist” stands in .* line {first}, too"
    ):
        load_content(files)


def test_editors_may_do_everything_but_delete_what_people_stand_on(files):
    load_content(files)

    held = set(Group.objects.get(name=EDITORS).permissions.values_list("codename", flat=True))

    models = {model._meta.model_name for model in MODELS}
    assert "messagetemplate" in models
    wanted = {f"{verb}_{model}" for verb in ("view", "add", "change", "delete") for model in models}
    kept = (
        "cadencerule",
        "checkitem",
        "competency",
        "competencygroup",
        "format",
        "milestone",
        "pitchstep",
        "qualityitem",
        "question",
        "resource",
        "step",
    )
    assert held == wanted - {f"delete_{model}" for model in kept}


def test_further_permissions_of_editors_stay(files):
    load_content(files)
    group = Group.objects.get(name=EDITORS)
    group.permissions.filter(codename="add_step").delete()
    extra = group.permissions.model.objects.get(codename="view_group")
    group.permissions.add(extra)

    load_content(files)

    assert extra in group.permissions.all()


@pytest.mark.parametrize("is_loaded", [False, True])
def test_load_is_few_queries(db, django_assert_max_num_queries, is_loaded):
    if is_loaded:
        load_content(settings.BASE_DIR)

    with django_assert_max_num_queries(52 if is_loaded else 165):
        load_content(settings.BASE_DIR)


def test_a_step_somebody_added_is_never_touched(files):
    load_content(files)
    own = make_step(Milestone.objects.get(), title="Ours")

    load_content(files)

    own.refresh_from_db()
    assert own.title == "Ours"


CADENCE_FILE = """\
- {key: connected, meaning: m, advice: a, step: Thank them, days: 2, kind: thanks, touches: 2}
"""


def test_a_new_cadence_moves_the_days_that_follow_it(files, alice):
    (files / CADENCE).write_text(CADENCE_FILE)
    load_content(files)
    contact = make_contact(alice, stage="connected", stage_set_on=date(2025, 1, 6))
    log_touch(contact, date(2026, 11, 23))
    pinned = make_contact(alice, stage="connected", next_on=date(2026, 12, 7), is_next_pinned=True)
    edit(files, "days: 2", "days: 9", CADENCE)

    load_content(files)

    contact.refresh_from_db()
    pinned.refresh_from_db()
    assert (contact.next_on, pinned.next_on) == (date(2026, 12, 2), date(2026, 12, 7))


@pytest.mark.parametrize(
    ("old", "new"),
    [("kind: thanks", "kind: telepathy"), ("days: 2", "days: never"), ("touches: 2", "touches: 9")],
)
def test_a_cadence_that_makes_no_sense_is_refused(files, old, new):
    (files / CADENCE).write_text(CADENCE_FILE.replace(old, new))

    with pytest.raises(ContentError, match=f"cadence.yaml, line 1, “{new.partition(':')[0]}”"):
        load_content(files)
