import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from portfolio.models import Sample, SampleFile
from portfolio.tests.factories import PDF, make_format, make_sample, pdf_upload, stored_files
from portfolio.tests.files import ELF

URL = reverse("portfolio:create")
NO_ADDRESS = "Enter a web address such as https://example.org."


@pytest.fixture
def needs_assessment(db):
    return make_format()


def typed(format_, **fields):
    return {"title": "Sepsis in dogs", "format": format_.pk} | fields


def test_title_and_format_are_enough(as_alice, alice, needs_assessment):
    response = as_alice.post(URL, typed(needs_assessment), follow=True)

    sample = Sample.objects.get()
    assert (sample.owner, sample.title, sample.format) == (alice, "Sepsis in dogs", needs_assessment)
    assert (sample.status, sample.origin, sample.permission) == ("draft", "spec", "own_work")
    assert response.redirect_chain == [(sample.get_absolute_url(), 302)]
    assert "Saved “Sepsis in dogs”." in response.content.decode()


def test_saves_everything(as_alice, needs_assessment):
    fields = {
        "status": "ready",
        "origin": "client",
        "permission": "granted_full",
        "client_name": "Northfield",
        "therapeutic_area": "Cardiology",
        "role": "Sole writer",
        "tags": "gout, bids",
        "audience": "Nurses",
        "summary": "What it is.",
        "objectives": "Explain.",
        "word_count": "1200",
        "completed_on": "2026-05-04",
        "external_url": "https://example.org/piece",
        "notes": "Took a day.",
    }

    as_alice.post(URL, typed(needs_assessment, **fields))

    sample = Sample.objects.get()
    assert {name: str(getattr(sample, name)) for name in fields} == fields


@pytest.mark.parametrize(
    ("origin", "permission"),
    [
        ("spec", "own_work"),
        ("course_work", "own_work"),
        ("own_published", "own_work"),
        ("repurposed_academic", "own_work"),
        ("client", "not_asked"),
        ("volunteer", "not_asked"),
        ("edited", "not_asked"),
    ],
)
def test_permission_starts_as_its_origin_asks(as_alice, needs_assessment, origin, permission):
    as_alice.post(URL, typed(needs_assessment, origin=origin))

    assert Sample.objects.get().permission == permission


def test_a_chosen_permission_stays(as_alice, needs_assessment):
    as_alice.post(URL, typed(needs_assessment, origin="client", permission="public_link"))

    assert Sample.objects.get().permission == "public_link"


def test_form_says_what_each_choice_means(as_alice):
    page = as_alice.get(URL).content.decode()

    assert "You would send it to an editor today." in page
    assert "Your teaching or research, rewritten for CME, rights checked." in page
    assert "Only a redacted file may go on a page you share." in page
    assert "As usual for how it came about" in page
    assert "up to 25 MB" in page


@pytest.mark.parametrize("by", ["key", "pk"])
def test_a_link_can_fill_in_the_form(as_alice, needs_assessment, by):
    query = {
        "format": getattr(needs_assessment, by),
        "status": "ready",
        "title": "Gout",
        "therapeutic_area": "Rheumatology",
    }

    form = as_alice.get(URL, query).context["form"]

    assert {name: form[name].value() for name in query} == query | {"format": needs_assessment.pk}
    assert Sample.objects.count() == 0


@pytest.mark.parametrize(
    "query",
    [
        {"format": "nonsense"},
        {"format": "99999999999999999999999"},
        {"format": "9" * 5000},
        {"format": "\0"},
        {"format": "²"},
        {"status": "nonsense", "origin": "moon"},
        {"title": "x" * 100_000},
        {"title": "\0", "therapeutic_area": "\0"},
    ],
)
def test_nonsense_in_a_link_is_ignored(as_alice, needs_assessment, query):
    response = as_alice.get(URL, query)

    form = response.context["form"]
    assert response.status_code == 200
    assert {name: form[name].value() or None for name in ("title", "format", "status", "origin")} == {
        "title": None,
        "format": None,
        "status": "draft",
        "origin": "spec",
    }


def test_retired_formats_are_not_offered(as_alice):
    retired = make_format("old", is_retired=True)

    assert as_alice.get(URL, {"format": "old"}).context["form"]["format"].value() is None
    assert list(as_alice.post(URL, typed(retired)).context["form"].errors) == ["format"]
    assert Sample.objects.count() == 0


def test_takes_a_file_right_away(as_alice, alice, needs_assessment):
    as_alice.post(URL, typed(needs_assessment, attachment=pdf_upload("sepsis.pdf")))

    file = SampleFile.objects.get()
    assert (file.sample.title, file.owner, file.version, file.name) == (
        "Sepsis in dogs",
        alice,
        1,
        "sepsis.pdf",
    )
    assert file.file.read() == PDF
    file.file.close()


def test_a_refused_file_keeps_what_was_typed_and_writes_nothing(as_alice, needs_assessment):
    upload = SimpleUploadedFile("report.pdf", ELF, "application/pdf")

    response = as_alice.post(URL, typed(needs_assessment, notes="Typed", attachment=upload))

    assert response.status_code == 422
    form = response.context["form"]
    assert form.errors == {
        "attachment": ["“report.pdf” is not a PDF: it looks like a program. Choose another file."]
    }
    assert (form["title"].value(), form["notes"].value()) == ("Sepsis in dogs", "Typed")
    assert Sample.objects.count() == 0
    assert stored_files() == []


def test_says_when_a_good_file_has_to_be_chosen_again(as_alice, needs_assessment):
    response = as_alice.post(URL, typed(needs_assessment, title="", attachment=pdf_upload()))

    assert response.status_code == 422
    assert "Choose the file again" in response.content.decode()
    assert stored_files() == []


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("title", "", "Enter the title."),
        ("title", "x" * 100_000, "Ensure this value has at most 200 characters (it has 100000)."),
        ("title", "a\0b", "Null characters are not allowed."),
        ("notes", "x" * 100_000, "Ensure this value has at most 20000 characters (it has 100000)."),
        ("format", "", "Choose the format."),
        ("format", "9" * 30, "Select a valid choice. That choice is not one of the available choices."),
        ("completed_on", "0001-01-01", "Enter a date between 1950 and 2100."),
        ("completed_on", "9999-12-31", "Enter a date between 1950 and 2100."),
        ("completed_on", "soon", "Enter a valid date."),
        ("external_url", "javascript:alert(1)", NO_ADDRESS),
        ("external_url", "/etc/passwd", NO_ADDRESS),
        ("external_url", "ftp://example.org/x", NO_ADDRESS),
        ("word_count", "-1", "Ensure this value is greater than or equal to 0."),
        ("status", "finished", "Select a valid choice. finished is not one of the available choices."),
    ],
)
def test_bad_input_is_explained_and_kept(as_alice, needs_assessment, field, value, message):
    response = as_alice.post(URL, typed(needs_assessment, **{"audience": "Nurses", field: value}))

    assert response.status_code == 422
    form = response.context["form"]
    assert form.errors == {field: [message]}
    assert (form[field].value(), form["audience"].value()) == (value, "Nurses")
    assert Sample.objects.count() == 0


def test_an_endless_number_is_refused(as_alice, needs_assessment):
    response = as_alice.post(URL, typed(needs_assessment, word_count="9" * 30))

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["word_count"]


def test_markup_and_directions_are_kept_as_text(as_alice, needs_assessment):
    title = "<script>alert(1)</script> \u202eright to left 🐕"

    page = as_alice.post(URL, typed(needs_assessment, title=title), follow=True).content.decode()

    assert Sample.objects.get().title == title
    assert "<script>alert(1)" not in page


def test_a_double_click_saves_once(as_alice, needs_assessment):
    submission = as_alice.get(URL).context["form"]["submission_id"].value()

    first, second = (
        as_alice.post(URL, typed(needs_assessment, submission_id=submission, attachment=pdf_upload()))
        for _ in range(2)
    )

    assert first.url == second.url == Sample.objects.get().get_absolute_url()
    assert SampleFile.objects.count() == 1
    assert len(stored_files()) == 1


@pytest.mark.parametrize(
    ("name", "content"),
    [("other.pdf", PDF), ("report.pdf", PDF.replace(b"Catalog", b"Catalox")), ("report.txt", b"Other words")],
)
def test_the_same_form_with_another_file_is_another_sample(as_alice, needs_assessment, name, content):
    sent = typed(needs_assessment, submission_id=as_alice.get(URL).context["form"]["submission_id"].value())

    for upload in (pdf_upload("report.pdf"), pdf_upload(name, content)):
        as_alice.post(URL, sent | {"attachment": upload})

    files = [sample.files.get() for sample in Sample.objects.order_by("pk")]
    assert [(file.name, file.size) for file in files] == [("report.pdf", len(PDF)), (name, len(content))]
    assert len({file.sha256 for file in files}) == len({PDF, content})


def test_sent_again_after_the_trash_keeps_its_file(as_alice, alice, needs_assessment):
    submission = as_alice.get(URL).context["form"]["submission_id"].value()
    as_alice.post(URL, typed(needs_assessment, submission_id=submission, attachment=pdf_upload()))
    Sample.objects.get().trash()

    as_alice.post(URL, typed(needs_assessment, submission_id=submission, attachment=pdf_upload()))

    assert Sample.objects.for_user(alice).get().files.get().name == "report.pdf"
    assert len(stored_files()) == 2


@pytest.mark.django_db(transaction=True)
def test_a_failed_save_leaves_neither_sample_nor_file(as_alice, needs_assessment, monkeypatch):
    monkeypatch.setattr("portfolio.forms.samples.add_versions", _fail)

    with pytest.raises(RuntimeError, match="database is gone"):
        as_alice.post(URL, typed(needs_assessment, attachment=pdf_upload()))

    assert (Sample.objects.count(), stored_files()) == (0, [])


def test_another_persons_submission_is_not_mine(as_alice, as_bob, needs_assessment):
    submission = as_bob.get(URL).context["form"]["submission_id"].value()
    as_bob.post(URL, typed(needs_assessment, submission_id=submission))

    as_alice.post(URL, typed(needs_assessment, submission_id=submission))

    assert Sample.objects.count() == 2


def test_suggests_own_areas_only(as_alice, alice, bob):
    make_sample(alice, therapeutic_area="Cardiology")
    make_sample(bob, therapeutic_area="Bobology")

    assert as_alice.get(URL).context["form"].areas() == ["Cardiology"]


@pytest.mark.parametrize(
    ("niche", "offered"),
    [
        ("Heart failure", ["Cardiology", "Heart failure"]),
        (" cardiology ", ["Cardiology"]),
        ("", ["Cardiology"]),
    ],
)
def test_suggests_the_field_of_the_profile_too(as_alice, alice, niche, offered):
    make_sample(alice, therapeutic_area="Cardiology")
    alice.niche = niche
    alice.save()

    assert as_alice.get(URL).context["form"].areas() == offered


def test_suggests_tags_used_before(as_alice, alice, bob):
    make_sample(alice, tags="gout, bids")
    make_sample(bob, tags="bobology")

    page = as_alice.get(URL).content.decode()

    assert "Separated by commas. Used before: bids, gout." in page
    assert "bobology" not in page


def test_areas_and_tags_are_tidied(as_alice, needs_assessment):
    as_alice.post(URL, typed(needs_assessment, therapeutic_area="  Heart   failure ", tags=" a,, B ,b,a  c"))

    sample = Sample.objects.get()
    assert (sample.therapeutic_area, sample.tags) == ("Heart failure", "a, B, a c")


def test_allows_no_other_method(as_alice):
    assert as_alice.delete(URL).status_code == 405


def _fail(*args, **kwargs):
    raise RuntimeError("database is gone")
