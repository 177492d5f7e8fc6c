"""The pages of an import, from the file to the undo."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from networking.imports.undoing import take_back
from networking.imports.writing import write_some
from networking.merging import merge
from networking.models import Contact, ContactDetail, ImportBatch, Organisation
from networking.planning import log_touch
from networking.tests.factories import make_contact, make_organisation
from networking.tests.imports import ANA, BO, LINKEDIN, a_file, bring, choose, make_import, outcomes, snapshot

INDEX = reverse("networking:import-index")


def url(step, batch):
    return reverse(f"networking:import-{step}", args=[batch.pk])


def numbers(response):
    return {group.key: group.count for group in response.context["look"].groups}


def test_nothing_is_written_before_it_is_confirmed(as_alice):
    batch = choose(as_alice)

    response = as_alice.get(batch.get_absolute_url(), follow=True)

    assert response.redirect_chain == [(url("preview", batch), 302)]
    assert numbers(response) == {"new": 2, "changed": 0, "same": 0, "unusable": 0}
    assert [line.name for line in response.context["look"].lines] == ["Ana Silva", "Bo Lind"]
    assert not Contact.objects.exists()


def test_brings_people_with_their_organisation_and_without_a_day(as_alice, alice):
    batch = choose(as_alice)

    response = as_alice.post(url("confirm", batch), follow=True)

    ana = Contact.objects.select_related("organisation").get(name="Ana Silva")
    assert (ana.owner, ana.organisation.name, ana.role_title) == (alice, "Meridian", "Content director")
    assert (ana.stage, ana.stage_set_on, ana.next_on) == ("connected", date(2024, 3, 15), None)
    assert (ana.email, ana.linkedin_url) == ("ana@example.org", "https://www.linkedin.com/in/ana-silva")
    assert numbers(response) == {"new": 2, "changed": 0, "same": 0, "unusable": 0}
    assert response.context["look"].lines[0].url == ana.get_absolute_url()


def test_a_table_of_ones_own_asks_what_its_columns_hold(as_alice):
    batch = choose(as_alice, "Who,Where,Post\nAna,Meridian,Lead\n", "mine.csv")
    assert batch.next_step_url == url("columns", batch)
    page = as_alice.get(url("columns", batch))
    hidden = {"revision": page.context["form"].initial["revision"]}

    response = as_alice.post(
        url("columns", batch),
        {
            "column_0": "name",
            "column_1": "organisation",
            "column_2": "",
            "stage": "warmed",
            "tag": "ESC",
            **hidden,
        },
    )
    as_alice.post(url("confirm", batch))

    ana = Contact.objects.get()
    assert response.url == url("preview", batch)
    assert (ana.name, ana.role_title, ana.stage, ana.tags) == ("Ana", "", "warmed", "ESC")


@pytest.mark.parametrize(
    ("columns", "field", "words"),
    [
        (("name", "name"), "column_1", "Another column is “Name” already."),
        (("", "organisation"), "__all__", "Say which column holds the name."),
        (
            ("shoe_size", "name"),
            "column_0",
            "Select a valid choice. shoe_size is not one of the available choices.",
        ),
    ],
)
def test_columns_that_make_no_sense_are_refused_and_kept(as_alice, columns, field, words):
    batch = choose(as_alice, "Who,Where\nAna,Meridian\n")

    data = {"column_0": columns[0], "column_1": columns[1], "stage": "identified", "tag": "Kept"}
    response = as_alice.post(url("columns", batch), data)

    assert response.status_code == 422
    assert response.context["form"].errors == {field: [words]}
    assert response.context["form"]["tag"].value() == "Kept"
    batch.refresh_from_db()
    assert batch.mapping == ["", ""]


def test_fills_in_only_what_is_empty_and_says_what_differs(as_alice, alice):
    nord = make_organisation(alice, name="Nord")
    mine = make_contact(
        alice, name="ana silva", organisation=nord, email="ana@example.org", role_title="Lead"
    )

    batch = bring(alice, LINKEDIN + ANA)

    mine.refresh_from_db()
    row = batch.rows.get()
    assert (mine.name, mine.role_title, mine.organisation) == ("ana silva", "Lead", nord)
    assert mine.linkedin_url == "https://www.linkedin.com/in/ana-silva"
    assert (row.outcome, row.contact) == ("changed", mine)
    assert row.note == "In the file: organisation “Meridian”. In the file: role “Content director”."


def test_never_matches_a_part_of_a_name_nor_two_profiles(alice):
    make_contact(alice, name="Ana Silva Costa")
    other = make_contact(alice, name="Bo Lind", linkedin_url="https://www.linkedin.com/in/another-bo")

    batch = bring(alice, LINKEDIN + ANA + BO)

    other.refresh_from_db()
    assert [outcome for _, outcome in outcomes(batch)] == ["new", "new"]
    assert other.linkedin_url == "https://www.linkedin.com/in/another-bo"


def test_further_emails_and_links_are_kept_beside(alice):
    bring(alice, "Name,E-mail,E-mail 2,URL\nAna,a@example.org,b@example.org,https://example.org/ana\n")

    assert list(ContactDetail.objects.values_list("kind", "value")) == [
        ("email", "b@example.org"),
        ("link", "https://example.org/ana"),
    ]


def test_one_bad_row_loses_no_other_and_is_told_with_its_number(alice):
    batch = bring(alice, 'Name,Company\nAna,Nord\n,Sud\nBo,"Open\nCia,x,y\nDan,West\n')

    assert outcomes(batch) == [(2, "new"), (3, "unusable"), (4, "unusable"), (5, "unusable"), (6, "new")]
    assert list(Contact.objects.values_list("name", flat=True)) == ["Ana", "Dan"]
    assert batch.rows.get(number=3).note == "There is no name in this row."


def test_the_trash_is_not_filled_again(alice):
    make_contact(alice, name="Ana Silva", linkedin_url="https://linkedin.com/in/ana-silva").trash()

    batch = bring(alice, LINKEDIN + ANA)

    assert (outcomes(batch), Contact.objects.for_user(alice).count()) == ([(2, "same")], 0)


def test_undo_takes_back_all_of_it(as_alice, alice):
    make_contact(alice, name="Ana Silva", email="ana@example.org")
    before = snapshot(alice)
    batch = bring(alice)

    response = as_alice.post(url("undo", batch), follow=True)
    as_alice.post(url("undo", batch))

    assert snapshot(alice) == before
    assert [str(m) for m in response.context["messages"]] == [
        "Taken back: everything is as it was before this file."
    ]


def test_undo_leaves_whom_one_has_worked_with(as_alice, alice):
    batch = bring(alice)
    log_touch(Contact.objects.get(name="Ana Silva"), timezone.localdate(), summary="Hello")

    response = as_alice.post(url("undo", batch), follow=True)

    assert list(Contact.objects.values_list("name", flat=True)) == ["Ana Silva"]
    assert list(Organisation.objects.values_list("name", flat=True)) == ["Meridian"]
    assert "Taken back. 1 person stays, because something was done with them since." in response.text


def test_undo_keeps_a_later_correction(as_alice, alice):
    mine = make_contact(alice, name="Ana Silva", email="ana@example.org")
    batch = bring(alice)
    Contact.objects.filter(pk=mine.pk).update(role_title="Head of content")

    as_alice.post(url("undo", batch))

    mine.refresh_from_db()
    assert (mine.role_title, mine.linkedin_url) == ("Head of content", "")


def test_undo_says_that_a_later_correction_was_left(as_alice, alice):
    make_contact(alice, name="Ana Silva", email="ana@example.org")
    batch = bring(alice, LINKEDIN + ANA)
    Contact.objects.update(role_title="Head of content")

    response = as_alice.post(url("undo", batch), follow=True)

    assert "Taken back. What you changed since with 1 person was left as it is." in response.text


def test_undo_of_two_files_takes_only_their_own_tags(alice):
    make_contact(alice, name="Ana Silva", tags="mine")
    first = bring(alice, "Name,Labels\nAna Silva,a\n")
    second = bring(alice, "Name,Labels\nAna Silva,b\n")
    assert Contact.objects.get().tags == "mine, a, b"

    take_back(first.pk)
    assert Contact.objects.get().tags == "mine, b"
    take_back(second.pk)
    assert Contact.objects.get().tags == "mine"


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_whom_two_files_told_of_goes_with_the_last_of_them(alice, order):
    batches = [bring(alice, f"Name,Company,Position\nAnn Alpha,Nord,{role}\n") for role in ("", "Editor")]

    take_back(batches[order[0]].pk)
    stays = Contact.objects.filter(name="Ann Alpha").count()
    take_back(batches[order[1]].pk)

    assert (stays, Contact.objects.count(), Organisation.objects.count()) == (1, 0, 0)


def test_after_an_undo_the_report_still_names_those_who_went(as_alice, alice):
    batch = take_back(bring(alice).pk)

    lines = as_alice.get(batch.get_absolute_url()).context["look"].lines

    assert [(line.name, line.note) for line in lines] == [
        ("Ana Silva", "Taken back."),
        ("Bo Lind", "Taken back."),
    ]


def test_a_file_that_is_being_written_is_not_forgotten(as_alice, alice):
    batch = make_import(alice)
    batch.confirm(timezone.now())

    response = as_alice.post(url("delete", batch), follow=True)

    assert ImportBatch.objects.filter(pk=batch.pk).exists()
    assert "Let it finish, then forget it." in response.text


def test_two_people_with_the_page_of_one_company_are_two(alice):
    page = "https://www.linkedin.com/company/acme/"

    batch = bring(alice, f"{LINKEDIN}Anna,Alpha,{page},,,,\nBob,Beta,{page},,,,\n")

    assert outcomes(batch) == [(2, "new"), (3, "new")]


def test_another_name_at_the_same_profile_is_told(alice):
    page = "https://www.linkedin.com/in/acme/"

    batch = bring(alice, f"{LINKEDIN}Anna,Alpha,{page},,,,\nBob,Beta,{page},,,,\n")

    assert list(batch.rows.values_list("outcome", "note")) == [
        ("new", ""),
        ("same", "In the file: the name “Bob Beta”."),
    ]


def test_two_clicks_on_confirm_bring_nobody_twice(as_alice):
    batch = choose(as_alice)

    as_alice.post(url("confirm", batch))
    as_alice.post(url("confirm", batch))

    assert Contact.objects.count() == 2


def test_the_same_file_in_two_tabs_brings_nobody_twice(as_alice):
    first, second = choose(as_alice), choose(as_alice)

    as_alice.post(url("confirm", first))
    response = as_alice.post(url("confirm", second), follow=True)

    assert first != second
    assert numbers(response) == {"new": 0, "changed": 0, "same": 2, "unusable": 0}
    assert Contact.objects.count() == 2


def test_two_clicks_on_the_first_button_keep_one_file(as_alice):
    page = as_alice.get(INDEX)
    hidden = {"submission_id": page.context["form"].initial["submission_id"]}

    for _ in range(2):
        as_alice.post(INDEX, {"file": a_file(), **hidden})

    assert ImportBatch.objects.count() == 1
    assert ImportBatch.objects.get().rows.count() == 2


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00", "This is no text file."),
        (b"", "The submitted file is empty."),
        (b"x" * (10 * 1024 * 1024 + 1), "This file is larger than 10 MB."),
    ],
    ids=["picture", "empty", "too large"],
)
def test_a_file_we_cannot_read_is_refused_beside_the_field(as_alice, content, words):
    response = as_alice.post(INDEX, {"file": a_file(content)})

    assert response.status_code == 422
    [error] = response.context["form"].errors["file"]
    assert error.startswith(words)
    assert not ImportBatch.objects.exists()


def test_hostile_text_is_shown_as_text(as_alice):
    batch = choose(as_alice, 'Name,<script>alert(1)</script>\n"<img src=x onerror=alert(1)>",=1+1\n')

    pages = [as_alice.get(url(step, batch)).text for step in ("columns", "preview")]

    assert all("<script>alert" not in page and "<img src=x" not in page for page in pages)
    assert "&lt;img src=x onerror=alert(1)&gt;" in pages[1]


def test_a_file_can_be_forgotten_and_the_people_stay(as_alice, alice):
    batch = bring(alice)

    response = as_alice.post(url("delete", batch), follow=True)

    assert response.redirect_chain == [(INDEX, 302)]
    assert (ImportBatch.objects.count(), Contact.objects.count()) == (0, 2)


def test_files_are_forgotten_after_thirty_days(alice):
    batch, later = bring(alice), bring(alice)
    ImportBatch.objects.filter(pk=batch.pk).update(created_at=timezone.now() - timedelta(days=31))

    call_command("purge_trash", verbosity=0)

    assert list(ImportBatch.objects.all()) == [later]
    assert Contact.objects.count() == 2


def test_the_example_can_be_brought_in_as_it_is(as_alice):
    content = b"".join(as_alice.get(reverse("networking:import-example")).streaming_content)

    batch = choose(as_alice, content)
    as_alice.post(url("confirm", batch))

    ana = Contact.objects.select_related("organisation").get(name="Ana Silva")
    assert (ana.organisation.name, ana.met_at) == ("Meridian Medical Education", "Alliance annual conference")
    assert ana.tags == "oncology, commissioner"


@pytest.mark.parametrize("step", ["detail", "columns", "preview", "confirm", "go-on", "undo", "delete"])
def test_a_strangers_file_is_not_there(as_bob, alice, step):
    batch = bring(alice) if step in ("detail", "go-on", "undo") else make_import(alice)
    before = snapshot(alice)
    method = as_bob.get if step in ("detail", "columns", "preview") else as_bob.post

    response = method(url(step, batch) if step != "detail" else batch.get_absolute_url())

    assert response.status_code == 404
    assert snapshot(alice) == before


def test_another_person_of_the_same_name_is_somebody_elses(alice, bob):
    theirs = make_contact(bob, name="Ana Silva", linkedin_url="https://www.linkedin.com/in/ana-silva")

    batch = bring(alice, LINKEDIN + ANA)

    assert outcomes(batch) == [(2, "new")]
    theirs.refresh_from_db()
    assert theirs.role_title == ""


@pytest.mark.parametrize("step", ["confirm", "go-on", "undo", "delete"])
def test_changes_want_a_post(as_alice, alice, step):
    assert as_alice.get(url(step, bring(alice))).status_code == 405


@pytest.mark.parametrize("count", [1, 30])
def test_queries_do_not_grow_with_the_rows(as_alice, alice, count, django_assert_num_queries):
    rows = "".join(f"Person {n},Place {n}\n" for n in range(count))
    waiting, done = choose(as_alice, f"Name,Company\n{rows}"), bring(alice, f"Name,Company\n{rows}")

    with django_assert_num_queries(8):
        as_alice.get(url("preview", waiting))
    with django_assert_num_queries(7):
        as_alice.get(done.get_absolute_url())


@pytest.mark.parametrize("count", [1, 30])
def test_queries_do_not_grow_with_whom_a_file_fills_in(alice, count, django_assert_num_queries):
    rows = "".join(f"Person {n},Editor,p{n}@example.org ::: q{n}@example.org\n" for n in range(count))
    for n in range(count):
        make_contact(alice, name=f"Person {n}")
    batch = make_import(alice, f"Name,Position,E-mail\n{rows}")
    batch.confirm(timezone.now())

    with django_assert_num_queries(19):
        write_some(batch.pk, 60)
    assert alice_has(role_title="Editor") == count
    with django_assert_num_queries(15):
        take_back(batch.pk)
    assert alice_has(role_title="Editor") == ContactDetail.objects.count() == 0


def alice_has(**fields):
    return Contact.objects.filter(**fields).count()


def test_an_address_that_names_no_profile_makes_nobody_the_same(alice):
    rows = "Ana,https://www.linkedin.com/,a@example.org\nBo,,b@example.org\nCia,https://www.linkedin.com/,\n"

    batch = bring(alice, f"Name,URL,E-mail\n{rows}")

    assert [outcome for _, outcome in outcomes(batch)] == ["new", "new", "new"]


def test_an_address_too_long_to_keep_is_left_out_and_told_in_the_report(as_alice, alice):
    email = f"a@{'b' * 60}.{'c' * 60}.{'d' * 60}.{'e' * 60}.{'f' * 20}.example"

    batch = bring(alice, f"Name,E-mail\nAna,{email}\nBo,bo@example.org\n")

    assert list(Contact.objects.values_list("email", flat=True)) == ["", "bo@example.org"]
    assert "which is no e-mail address." in as_alice.get(batch.get_absolute_url()).text


def test_a_living_person_is_found_before_one_in_the_trash(alice):
    make_contact(alice, name="Ana Silva").trash()
    living = make_contact(alice, name="Ana Silva")

    batch = bring(alice, "Name,E-mail\nAna Silva,ana@example.org\n")

    living.refresh_from_db()
    assert (outcomes(batch), living.email) == ([(2, "changed")], "ana@example.org")


def test_an_undo_leaves_both_halves_of_a_later_merge(as_alice, alice):
    batch = bring(alice, LINKEDIN + ANA)
    ana, old = Contact.objects.get(), make_contact(alice, name="Ana S.")
    merge(old, ana, {}, timezone.localdate())

    as_alice.post(url("undo", batch))

    assert Contact.objects.filter(pk__in=[ana.pk, old.pk]).count() == 2
