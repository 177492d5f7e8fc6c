from datetime import date

import pytest

from milestones.evidence import evaluate
from milestones.models import CheckMark, Focus, Requirement, ResourceRead
from milestones.readers import READERS
from milestones.tests.factories import (
    make_attempt,
    make_check_item,
    make_competency,
    make_milestone,
    make_progress,
    make_rating,
    make_requirement,
    make_resource,
    make_step,
)
from networking.models import Interaction
from networking.tests.factories import (
    make_contact,
    make_interaction,
    make_opportunity,
    make_organisation,
)
from portfolio.tests.factories import make_format, make_sample

TODAY = date(2026, 11, 23)


def note(owner, requirement):
    make_progress(owner, requirement.step, note="one two three")


def tick(owner, requirement):
    CheckMark.objects.create(owner=owner, item=make_check_item(requirement.step))


def read(owner, requirement):
    ResourceRead.objects.create(owner=owner, resource=make_resource(requirement.step.milestone))


# For each kind: the requirement, a record that is not enough, and one that is.
KINDS = {
    "check": ({"kind": "check"}, None, tick),
    "note": (
        {"kind": "note", "count": 3},
        lambda owner, r: make_progress(owner, r.step, note="two words"),
        lambda owner, r: owner.stepprogress_set.update(note="one two three"),
    ),
    "resource": (
        {"kind": "resource"},
        lambda owner, r: ResourceRead.objects.create(owner=owner, resource=make_resource(make_milestone())),
        read,
    ),
    "sample": (
        {"kind": "sample", "status": "ready", "format": "needs_assessment"},
        lambda owner, r: [
            make_sample(owner, status="in_review"),
            make_sample(owner, status="retired"),
            make_sample(owner, status="ready", format="script"),
        ],
        lambda owner, r: make_sample(owner, status="ready"),
    ),
    "sample of any format": (
        {"kind": "sample", "status": "draft"},
        lambda owner, r: [make_sample(owner, status="idea"), make_sample(owner, status="retired")],
        lambda owner, r: make_sample(owner, status="in_review", format="script"),
    ),
    "org": ({"kind": "org"}, None, lambda owner, r: make_organisation(owner)),
    "org of several kinds": (
        {"kind": "org", "count": 2, "distinct_kinds": 2},
        lambda owner, r: [make_organisation(owner, kind="mec"), make_organisation(owner, kind="")],
        lambda owner, r: make_organisation(owner, kind="society"),
    ),
    "contact": ({"kind": "contact"}, None, lambda owner, r: make_contact(owner)),
    "contact of a kind": (
        {"kind": "contact", "contact_kind": "mentor"},
        lambda owner, r: make_contact(owner, kind="recruiter"),
        lambda owner, r: make_contact(owner, kind="mentor"),
    ),
    "interaction": (
        {"kind": "interaction", "interaction_kind": "feedback"},
        lambda owner, r: make_interaction(owner, kind="message"),
        lambda owner, r: make_interaction(owner, kind="feedback"),
    ),
    "pitch": (
        {"kind": "pitch"},
        lambda owner, r: make_opportunity(owner, stage="qualified"),
        lambda owner, r: make_opportunity(owner, stage="pitched"),
    ),
    "opportunity": (
        {"kind": "opportunity", "stage": "quoted"},
        lambda owner, r: make_opportunity(owner, stage="test_brief"),
        lambda owner, r: make_opportunity(owner, stage="landed"),
    ),
    "cadence": (
        {"kind": "cadence_clear"},
        lambda owner, r: make_opportunity(owner, stage="conversation"),
        lambda owner, r: owner.opportunity_set.update(next_on=TODAY),
    ),
}


@pytest.fixture
def requirement_of(db):
    def make(fields):
        format_ = fields.get("format")
        return make_requirement(**{**fields, "format": make_format(format_) if format_ else None})

    return make


def step_of(user):
    return next(step for step in evaluate(user).steps if step.requirements)


@pytest.mark.parametrize("kind", KINDS)
def test_step_is_open_without_its_evidence(alice, bob, requirement_of, kind):
    fields, too_little, enough = KINDS[kind]
    requirement = requirement_of(fields)
    if too_little:
        too_little(bob, requirement)
    enough(bob, requirement)
    if too_little:
        too_little(alice, requirement)

    step = step_of(alice)

    assert step.is_closed is False
    assert step.requirements[0].is_met is False
    assert step.requirements[0].missing_url.startswith("/")
    assert step.requirements[0].missing_label
    assert step_of(bob).is_closed is True


@pytest.mark.parametrize("kind", KINDS)
def test_step_closes_through_its_evidence(alice, requirement_of, kind):
    fields, too_little, enough = KINDS[kind]
    requirement = requirement_of(fields)
    if too_little:
        too_little(alice, requirement)
    enough(alice, requirement)

    step = step_of(alice)

    assert step.is_closed is True
    assert step.closed_on is None
    assert step.tick == "done"
    assert step.requirements[0].look == "proven"
    assert step.requirements[0].missing_url == ""
    assert step.requirements[0].missing_label == ""


def test_every_kind_can_be_read():
    assert set(READERS) == set(Requirement.Kind)


def test_step_without_requirements_is_open(alice):
    make_step()

    state = evaluate(alice).steps[0]

    assert (state.is_closed, state.tick, state.status) == (False, "open", "Open")


def test_names_the_newest_three_and_counts_the_rest(alice):
    make_requirement(kind="org", count=2)
    made = [make_organisation(alice, name=f"House {n}", kind="mec" if n % 2 else "") for n in range(5)]

    state = step_of(alice).requirements[0]

    assert [proof.name for proof in state.newest] == ["House 4", "House 3", "House 2"]
    assert [proof.name for proof in state.proof] == [f"House {n}" for n in (4, 3, 2, 1, 0)]
    assert state.proof[0].url == f"/network/organisations/{made[4].pk}/"
    assert (state.have, state.wanted, state.unlisted, state.unnamed) == (5, 2, 2, 0)


def test_names_as_many_as_the_largest_requirement_asks_for(alice):
    make_requirement(kind="org", count=20)
    for n in range(23):
        make_organisation(alice, name=f"House {n}")

    state = step_of(alice).requirements[0]

    assert (len(state.proof), state.unnamed) == (20, 3)


def test_touches_are_named_by_their_contact(alice):
    make_requirement(kind="interaction", interaction_kind="event")
    ida, jo = make_contact(alice, name="Ida"), make_contact(alice, name="Jo")
    make_interaction(alice, contact=ida, kind="event", happened_on=date(2026, 5, 1))
    make_interaction(alice, contact=jo, kind="event", happened_on=date(2026, 6, 1))
    make_interaction(alice, contact=jo, kind="message", happened_on=date(2026, 7, 1))

    state = step_of(alice).requirements[0]

    assert [(proof.name, proof.url) for proof in state.proof] == [
        ("Jo", jo.get_absolute_url()),
        ("Ida", ida.get_absolute_url()),
    ]


def test_what_lies_in_the_trash_does_not_count(alice):
    make_requirement(kind="contact")
    make_contact(alice).trash()

    assert step_of(alice).is_closed is False


def test_an_unfinished_sample_is_shown_as_near(alice):
    make_requirement(kind="sample", status="ready", format=make_format())
    sample = make_sample(alice, title="Chronic cough", status="draft")

    step = step_of(alice)
    state = step.requirements[0]

    assert state.near.name == "Chronic cough"
    assert state.near.url == sample.get_absolute_url()
    assert state.missing_url == f"/portfolio/{sample.pk}/edit/?step={step.step.pk}"
    assert state.missing_label == "Finish the draft"
    assert (state.have, state.look, state.detail) == (0, "draft", "")
    assert step.tick == "part"


def test_missing_sample_starts_already_filled_in(alice):
    make_requirement(
        kind="sample", status="ready", format=make_format("patient_case", name="Interactive case")
    )

    step = step_of(alice)
    state = step.requirements[0]

    assert state.missing_url == f"/portfolio/add/?format=patient_case&status=ready&step={step.step.pk}"
    assert state.missing_label == "Log an interactive case"
    assert state.detail == "none yet"


@pytest.mark.parametrize(
    ("fields", "url"),
    [
        ({"kind": "org"}, "/network/organisations/add/?"),
        ({"kind": "contact", "contact_kind": "commissioner"}, "/network/contacts/add/?kind=commissioner&"),
        ({"kind": "contact"}, "/network/contacts/add/?"),
        ({"kind": "interaction", "interaction_kind": "event"}, "/path/touch/?kind=event&"),
        ({"kind": "interaction", "interaction_kind": "feedback"}, "/portfolio/add/?"),
        ({"kind": "pitch"}, "/network/opportunities/add/?stage=pitched&"),
        ({"kind": "opportunity", "stage": "landed"}, "/network/opportunities/add/?stage=landed&"),
        ({"kind": "cadence_clear"}, "/network/opportunities/add/?stage=pitched&"),
        ({"kind": "quality"}, "/portfolio/add/?"),
        ({"kind": "shareable"}, "/portfolio/add/?"),
    ],
)
def test_missing_links(alice, fields, url):
    step = make_requirement(**fields).step

    assert step_of(alice).requirements[0].missing_url == f"{url}step={step.pk}"


def test_says_how_many_of_them_are_ready(alice):
    make_requirement(kind="sample", status="ready", count=2, format=make_format())
    make_sample(alice, status="ready")

    state = step_of(alice).requirements[0]

    assert (state.detail, state.missing_label) == ("1 of 2 ready", "Log a needs assessment")


def test_missing_work_on_a_sample_begins_with_the_one_furthest_on(alice):
    """An idea is newer than the ready one; each link opens the form or page of a sample."""
    step = make_step()
    for fields in (
        {"kind": "quality"},
        {"kind": "shareable"},
        {"kind": "interaction", "interaction_kind": "feedback"},
    ):
        make_requirement(step, **fields)
    ready = make_sample(alice, status="ready", title="Heart failure after discharge: needs assessment")
    make_sample(alice, status="idea")

    links = [(r.missing_url.partition("?")[0], r.missing_label) for r in step_of(alice).requirements]

    short = "“Heart failure after discharge: needs as…”"
    assert links == [
        (f"/portfolio/{ready.pk}/quality/", f"Check {short}"),
        (f"/portfolio/{ready.pk}/", f"See what {short} lacks"),
        (f"/portfolio/{ready.pk}/reviews/add/", f"Ask a reader about {short}"),
    ]


def test_missing_rating_opens_the_form_of_the_first_that_is_missing(alice):
    first, second = make_competency(), make_competency()
    make_rating(alice, first, level=3)
    make_requirement(kind="rate", level=2)

    state = step_of(alice).requirements[0]

    assert state.missing_url.partition("?")[0] == second.get_absolute_url()
    assert state.detail == "1 of 2"
    assert [(proof.name, proof.url) for proof in state.proof] == [(first.title, first.get_absolute_url())]


def test_rating_again_begins_with_what_was_chosen(alice):
    ratings = [make_rating(alice, make_competency()) for _ in range(3)]
    chosen = ratings[2].competency
    Focus.objects.create(owner=alice, competency=chosen, chosen_on=TODAY)
    make_rating(alice, ratings[0].competency, rated_on=TODAY)
    make_requirement(kind="rerate", count=3)

    state = step_of(alice).requirements[0]

    assert state.missing_url.partition("?")[0] == chosen.get_absolute_url()
    assert [proof.name for proof in state.proof] == [ratings[0].competency.title]


def test_with_nothing_rated_yet_rating_again_leads_to_all_of_them(alice):
    make_competency()
    make_requirement(kind="rerate")

    assert step_of(alice).requirements[0].missing_url == "/path/competencies/#one-by-one"


def test_the_passed_quiz_leads_to_what_was_answered(alice):
    step = make_requirement(kind="quiz").step
    passed = make_attempt(alice, step.milestone)
    make_attempt(alice, step.milestone, correct=1, is_passed=False)

    state = step_of(alice).requirements[0]

    assert [proof.url for proof in state.proof] == [passed.get_absolute_url()]


def test_a_retired_competency_is_proof_without_a_page(alice):
    retired = make_competency(retired_on=TODAY)
    make_rating(alice, retired)
    make_requirement(kind="rate", competency=retired)

    state = step_of(alice).requirements[0]

    assert (state.is_met, state.proof) == (True, ())


def test_organisations_of_one_kind_too_few_ask_for_another_kind(alice):
    make_requirement(kind="org", count=2, distinct_kinds=2)
    for name in ("One", "Two"):
        make_organisation(alice, name=name, kind="mec")

    state = step_of(alice).requirements[0]

    assert (state.missing_label, state.detail) == ("Add one of another kind", "2 so far, of 1 kind")


def test_missing_note_and_checklist_are_on_the_step_itself(alice):
    step = make_step()
    make_requirement(step, kind="note")
    make_requirement(step, kind="check")
    make_requirement(step, kind="resource")

    state = step_of(alice)

    assert [r.missing_url for r in state.requirements] == [
        f"{step.get_absolute_url()}#note",
        f"{step.get_absolute_url()}#checklist",
        f"{step.milestone.get_absolute_url()}#resources",
    ]
    assert state.to_log.missing_label == "Open the resources"


def test_cadence_names_the_pitch_without_a_date(alice):
    make_requirement(kind="cadence_clear")
    make_opportunity(alice, stage="pitched", next_on=TODAY)
    adrift = make_opportunity(alice, stage="pitched", title="Cough module")

    state = step_of(alice).requirements[0]

    assert [proof.name for proof in state.proof] == ["Cough module"]
    assert state.detail == "1 has no date"
    assert state.missing_url.startswith(f"/network/opportunities/{adrift.pk}/edit/")


def test_cadence_is_clear_once_every_pitch_has_an_end(alice):
    make_requirement(kind="cadence_clear")
    make_opportunity(alice, stage="pitched")
    alice.opportunity_set.update(stage="lost")

    assert step_of(alice).is_closed is True


@pytest.mark.parametrize("stage", ["delivered", "paid"])
def test_what_came_after_landing_counts_as_landed(alice, stage):
    make_requirement(kind="opportunity", stage="landed")
    make_opportunity(alice, stage=stage)

    assert step_of(alice).is_closed is True


def test_a_project_that_fell_through_was_landed_all_the_same(alice):
    make_requirement(kind="opportunity", stage="landed")
    make_opportunity(alice, stage="landed")
    alice.opportunity_set.update(stage="withdrawn")

    assert step_of(alice).is_closed is True


def test_one_of_two_alternatives_is_enough(alice):
    step = make_step()
    make_requirement(step, kind="note", count=1, alternative=1)
    make_requirement(step, kind="sample", status="ready", alternative=1)
    assert step_of(alice).is_closed is False

    make_progress(alice, step, note="done")
    state = step_of(alice)

    assert state.is_closed is True
    assert [r.is_spare for r in state.requirements] == [False, True]
    assert [r.is_other_choice for r in state.requirements] == [False, True]
    assert state.requirements[1].missing_url == ""


def test_alternatives_do_not_replace_what_stands_beside_them(alice):
    step = make_step()
    make_requirement(step, kind="org")
    make_requirement(step, kind="note", count=1, alternative=1)
    make_requirement(step, kind="sample", status="ready", alternative=1)
    make_progress(alice, step, note="done")

    assert step_of(alice).is_closed is False


def test_self_declared_until_the_evidence_comes(alice):
    step = make_requirement(kind="note").step
    progress = make_progress(alice, step)
    progress.close(TODAY, 1, is_self_declared=True)

    declared = step_of(alice)
    progress.note = "here it is"
    progress.save()
    proven = step_of(alice)

    assert (declared.is_closed, declared.is_self_declared, declared.may_reopen) == (True, True, True)
    assert (proven.is_closed, proven.is_self_declared, proven.may_reopen) == (True, False, False)


def test_evidence_gone_is_told_and_keeps_the_step_closed(alice):
    step = make_requirement(kind="org").step
    make_progress(alice, step, completed_on=TODAY)

    state = step_of(alice)

    assert (state.is_closed, state.evidence_gone, state.may_reopen) == (True, True, True)
    assert (state.is_self_declared, state.is_met_now) == (False, False)


def test_milestone_counts_only_what_is_required(alice):
    milestone = make_milestone()
    closed, _open, optional = (
        make_step(milestone),
        make_step(milestone),
        make_step(milestone, is_optional=True),
    )
    for step in (closed, optional):
        make_progress(alice, step, completed_on=TODAY)

    state = evaluate(alice).milestones[0]

    assert (state.required_done, state.required_total, state.done, state.total) == (1, 2, 2, 3)
    assert (state.percent, state.is_complete, state.optional, state.is_begun) == (50, False, 1, True)
    assert state.next_step.step == _open


def test_milestone_is_complete_when_all_required_steps_are_closed(alice):
    milestone = make_milestone()
    make_step(milestone, is_optional=True)
    make_progress(alice, make_step(milestone), completed_on=TODAY)

    path = evaluate(alice)

    assert path.milestones[0].is_complete is True
    assert path.milestones[0].percent == 100
    assert path.next_step is None
    assert (path.done, path.total) == (1, 1)


def test_milestone_without_steps_is_never_complete(alice):
    make_milestone()

    state = evaluate(alice).milestones[0]

    assert (state.is_complete, state.percent, state.is_begun) == (False, 0, False)


def test_neighbours(alice):
    first, second = make_milestone(), make_milestone()
    steps = [make_step(first), make_step(first)]
    path = evaluate(alice)

    assert path.around(path.milestones[0]) == (None, path.milestones[1])
    assert path.around(path.milestones[1]) == (path.milestones[0], None)
    assert path.milestones[0].around(steps[0]) == (None, path.milestones[0].steps[1])
    assert path.step(steps[1].pk).step == steps[1]
    assert path.step(0) is None
    assert path.milestones[1].milestone == second


@pytest.mark.parametrize("count", [1, 30])
def test_query_count_does_not_grow(alice, bob, content, count, django_assert_num_queries):
    make_sample(alice, status="ready")
    for owner in (alice, bob):
        contacts = [make_contact(owner, kind="mentor") for _ in range(count)]
        Interaction.objects.bulk_create(
            Interaction(owner=owner, contact=contact, kind=kind, happened_on=TODAY)
            for contact in contacts
            for kind in ("event", "engagement", "feedback", "conversation")
        )
        for _ in range(count):
            make_opportunity(owner, stage="pitched")

    with django_assert_num_queries(12):
        path = evaluate(alice)
        labels = [(r.label, r.detail, r.missing_url, *r.proof) for s in path.steps for r in s.requirements]

    assert len(labels) == Requirement.objects.count() > 50
