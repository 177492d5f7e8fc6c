import json
import uuid

import pytest
from django.urls import reverse

from cmetrack.forms import CHANGED_ELSEWHERE
from portfolio.forms import NewSampleForm
from portfolio.models import Sample
from portfolio.tests.factories import (
    make_format,
    make_review,
    make_sample_file,
    make_share_link,
    pdf_upload,
)

URL = reverse("portfolio:draft-create")
CREATE = reverse("portfolio:create")


@pytest.fixture
def needs_assessment(db):
    return make_format()


@pytest.fixture
def sent(as_alice, needs_assessment):
    """What the open form sends by itself."""
    drawn = as_alice.get(CREATE).context["form"]["submission_id"].value()
    return {"title": "Sepsis in dogs", "format": needs_assessment.pk, "submission_id": drawn, "revision": 0}


def save(client, sent, htmx, **typed):
    return client.post(URL, sent | typed, headers=htmx)


def test_begins_a_draft_with_an_address_of_its_own(as_alice, alice, sent, htmx):
    response = save(as_alice, sent, htmx, origin="client")

    sample = Sample.objects.get()
    assert (sample.owner, sample.title, sample.status, sample.permission) == (
        alice,
        "Sepsis in dogs",
        "draft",
        "not_asked",
    )
    assert response["HX-Replace-Url"] == sample.edit_url
    assert json.loads(response["HX-Trigger"]) == {"saved": {"revision": 0}}
    assert response.content.decode().strip().startswith("Saved at ")


def test_goes_on_saving_the_same_draft(as_alice, sent, htmx):
    save(as_alice, sent, htmx)

    response = save(as_alice, sent, htmx, title="Sepsis in cats", notes="More", origin="client")

    sample = Sample.objects.get()
    assert (sample.title, sample.notes, sample.permission, sample.revision) == (
        "Sepsis in cats",
        "More",
        "not_asked",
        1,
    )
    assert json.loads(response["HX-Trigger"]) == {"saved": {"revision": 1}}
    # It has only just been written: there is nothing to look at once more.
    assert sample.look_due_since is None


def test_the_button_then_logs_that_draft_with_its_file(as_alice, sent, htmx):
    save(as_alice, sent, htmx)

    response = as_alice.post(CREATE, sent | {"status": "ready", "attachment": pdf_upload("sepsis.pdf")})

    sample = Sample.objects.get()
    assert response.url == sample.get_absolute_url()
    assert (sample.status, sample.files.get().name, sample.last_version) == ("ready", "sepsis.pdf", 1)


def test_the_button_leaves_alone_what_other_pages_wrote(as_alice, sent, htmx):
    save(as_alice, sent, htmx)
    as_alice.post(
        reverse("portfolio:file-create", args=[Sample.objects.get().pk]),
        {"file": pdf_upload(), "kind": "full"},
    )

    as_alice.post(CREATE, sent | {"attachment": pdf_upload("second.pdf")})

    assert [file.version for file in Sample.objects.get().files.all()] == [2, 1]


def test_a_file_added_at_the_same_moment_keeps_its_number(as_alice, alice, sent, htmx):
    save(as_alice, sent, htmx)
    form = NewSampleForm(sent | {"status": "ready"}, instance=Sample(owner=alice))
    assert form.is_valid()
    make_sample_file(Sample.objects.get())

    form.save()

    sample = Sample.objects.get()
    assert (sample.status, sample.last_version) == ("ready", 1)


def test_a_draft_moved_on_in_another_tab_asks_for_a_look_at_another_permission(as_alice, sent, htmx):
    save(as_alice, sent, htmx)
    Sample.objects.update(status="ready", permission="granted_full")

    as_alice.post(CREATE, sent | {"permission": "own_work"})

    assert Sample.objects.get().look_due_since is not None


def test_a_draft_that_stood_on_a_page_asks_for_a_look_and_leaves_it(as_alice, client, alice, sent, htmx):
    save(as_alice, sent | {"permission": "refused"}, htmx)
    sample = Sample.objects.get()
    move = reverse("portfolio:move", args=[sample.pk])
    as_alice.post(move, {"status": "ready"})
    link = make_share_link(alice, sample)
    as_alice.post(move, {"status": "draft"})

    sample.refresh_from_db()
    as_alice.post(CREATE, sent | {"permission": "own_work", "status": "ready", "revision": sample.revision})

    sample.refresh_from_db()
    assert (sample.permission, sample.look_due_since is None) == ("own_work", False)
    assert sent["title"] not in client.get(link.public_url).text
    assert not link.items.exists()


def test_a_draft_that_a_reader_was_asked_about_asks_for_a_look(as_alice, sent, htmx):
    save(as_alice, sent | {"permission": "granted_redacted"}, htmx)
    make_review(Sample.objects.get())

    as_alice.post(CREATE, sent | {"permission": "own_work"})

    assert Sample.objects.get().look_due_since is not None


def test_a_draft_that_nobody_saw_asks_for_none(as_alice, sent, htmx):
    save(as_alice, sent, htmx)

    as_alice.post(CREATE, sent | {"status": "ready", "permission": "granted_full"})

    sample = Sample.objects.get()
    assert (sample.permission, sample.look_due_since) == ("granted_full", None)


def test_a_draft_trashed_at_the_same_moment_stays_there(as_alice, alice, sent, htmx):
    save(as_alice, sent, htmx)
    form = NewSampleForm(sent | {"title": "Too late"}, instance=Sample(owner=alice))
    assert form.is_valid()
    Sample.objects.get().trash()

    form.save()

    assert Sample.objects.get().trashed_at is not None


def test_log_it_and_add_another_leads_to_a_fresh_form(as_alice, sent, htmx):
    save(as_alice, sent, htmx)

    response = as_alice.post(CREATE, sent | {"then": "add"})

    assert response.url == CREATE
    assert as_alice.get(CREATE).context["form"]["title"].value() == ""


def test_a_second_tab_with_the_same_form_is_told(as_alice, sent, htmx):
    save(as_alice, sent, htmx)
    save(as_alice, sent, htmx, title="From the first tab")

    response = save(as_alice, sent, htmx, title="From the second tab")

    assert response.status_code == 422
    assert CHANGED_ELSEWHERE in response.content.decode()
    assert "HX-Replace-Url" not in response
    assert "HX-Trigger" not in response
    assert Sample.objects.get().title == "From the first tab"


def test_saving_itself_again_never_replaces_the_other_version(as_alice, sent, htmx):
    save(as_alice, sent, htmx, title="First")
    save(as_alice, sent, htmx, title="Second")

    for _ in range(2):
        assert save(as_alice, sent, htmx, title="Third").status_code == 422

    assert Sample.objects.get().title == "Second"


@pytest.mark.parametrize("status", ["ready", "retired"])
def test_what_others_may_see_waits_for_the_button(as_alice, sent, htmx, status):
    response = save(as_alice, sent, htmx, status=status)

    assert response.status_code == 422
    assert f"until you press “Log it”, as it is {status}" in response.content.decode()
    assert Sample.objects.count() == 0


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"title": ""}, "Title: Enter the title."),
        ({"title": "x" * 201}, "Title: Ensure this value has at most 200 characters (it has 201)."),
        ({"title": "a\0b"}, "Title: Null characters are not allowed."),
        ({"format": "9" * 30}, "Format: Select a valid choice."),
        ({"external_url": "https://exa mple"}, "Link: Enter a web address such as https://example.org."),
        ({"word_count": "many"}, "Word count: Enter a whole number."),
        ({"completed_on": "0001-01-01"}, "Finished on: Enter a date between 1950 and 2100."),
    ],
)
def test_bad_input_is_told_and_nothing_written(as_alice, sent, htmx, typed, said):
    response = save(as_alice, sent, htmx, **typed)

    assert response.status_code == 422
    assert f"Not saved yet. {said}" in response.content.decode()
    assert Sample.objects.count() == 0


@pytest.mark.parametrize("drawn", ["", "nonsense", "\0", "9" * 5000])
def test_a_form_without_a_number_is_no_error(as_alice, sent, htmx, drawn):
    response = save(as_alice, sent, htmx, submission_id=drawn)

    assert response.status_code in {200, 422}
    assert Sample.objects.count() == (response.status_code == 200)


def test_markup_is_answered_as_text(as_alice, sent, htmx):
    response = save(as_alice, sent, htmx, status="<script>")

    assert "&lt;script&gt; is not one of the available choices" in response.content.decode()
    assert "<script>" not in response.content.decode()


def test_another_persons_draft_is_not_mine(as_alice, as_bob, bob, sent, htmx):
    save(as_bob, sent, htmx, title="Bob’s")

    save(as_alice, sent, htmx, title="Alice’s")

    assert set(Sample.objects.values_list("title", flat=True)) == {"Bob’s", "Alice’s"}
    assert Sample.objects.for_user(bob).get().title == "Bob’s"


def test_a_draft_in_the_trash_stays_there(as_alice, alice, sent, htmx):
    save(as_alice, sent, htmx)
    Sample.objects.get().trash()

    save(as_alice, sent, htmx, title="Typed on")

    assert Sample.objects.trashed(alice).get().title == "Sepsis in dogs"
    assert Sample.objects.for_user(alice).get().title == "Typed on"


def test_a_file_is_not_taken(as_alice, sent, htmx):
    save(as_alice, sent, htmx, attachment=pdf_upload())

    assert Sample.objects.get().files.count() == 0


def test_works_for_any_number_that_was_drawn(as_alice, sent, htmx):
    for _ in range(2):
        save(as_alice, sent, htmx, submission_id=str(uuid.uuid4()))

    assert Sample.objects.count() == 2


def test_needs_a_post(as_alice):
    assert as_alice.get(URL).status_code == 405
