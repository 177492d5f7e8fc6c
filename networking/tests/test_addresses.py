"""Several e-mail addresses and links of one person, typed one a line."""

import pytest
from django.urls import reverse

from networking.models import Contact, ContactDetail
from networking.tests.factories import make_contact

CREATE = reverse("networking:create")


def save(client, contact=None, **fields):
    url = reverse("networking:update", args=[contact.pk]) if contact else CREATE
    return client.post(url, {"name": "Ida Holm", "stage": "identified", **fields}, follow=True)


def values():
    return list(ContactDetail.objects.order_by("pk").values_list("kind", "value"))


def test_keeps_each_line_once_and_never_the_main_one(as_alice, alice):
    save(
        as_alice,
        email="ida@example.org",
        more_emails="holm@example.org\n\n  IDA@example.org \nHolm@example.org\nthird@example.org",
        linkedin_url="https://linkedin.com/in/ida",
        more_links="https://example.org/talk\r\nexample.org/page\nhttps://linkedin.com/in/ida",
    )

    assert values() == [
        ("email", "holm@example.org"), ("email", "third@example.org"),
        ("link", "https://example.org/talk"), ("link", "https://example.org/page"),
    ]  # fmt: skip
    assert set(ContactDetail.objects.values_list("owner", flat=True)) == {alice.pk}


def test_shows_them_on_the_contact_and_in_its_form(as_alice, alice):
    response = save(as_alice, more_emails="a@example.org", more_links="https://example.org/<i>")
    contact = Contact.objects.get()

    assert '<a href="mailto:a@example.org">a@example.org</a>' in response.text
    assert '<a href="https://example.org/&lt;i&gt;" rel="noopener noreferrer">' in response.text
    form = as_alice.get(reverse("networking:update", args=[contact.pk])).context["form"]
    assert (form["more_emails"].value(), form["more_links"].value()) == (
        "a@example.org", "https://example.org/<i>",
    )  # fmt: skip


def test_what_is_taken_out_goes_and_the_rest_keeps_its_label(as_alice, alice):
    contact = make_contact(alice)
    kept = ContactDetail.objects.create(
        owner=alice, contact=contact, kind="email", value="a@example.org", label="Home"
    )
    ContactDetail.objects.create(owner=alice, contact=contact, kind="email", value="b@example.org")

    save(as_alice, contact, more_emails="a@example.org\nc@example.org")

    kept.refresh_from_db()
    assert (kept.label, values()) == ("Home", [("email", "a@example.org"), ("email", "c@example.org")])


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("more_emails", "a@example.org\nnonsense", "Line 2: “nonsense” is not an e-mail address"),
        ("more_emails", "a@example.org\n\n\nb@", "Line 4: “b@” is not an e-mail address"),
        ("more_links", "javascript:alert(1)", "Line 1: “javascript:alert(1)” is not a web address"),
        ("more_links", "ftp://example.org", "Line 1: “ftp://example.org” is not a web address"),
        ("more_links", "data://text/html,x", "is not a web address"),
        ("more_links", "https://example.org/" + "x" * 500, "is not a web address"),
        ("more_emails", "\n".join(f"{n}@example.org" for n in range(21)), "Keep it to 20 lines."),
        ("more_emails", "a\x00b", "Null characters are not allowed"),
    ],
)
def test_names_the_bad_line_and_keeps_what_was_typed(as_alice, alice, field, typed, said):
    contact = make_contact(alice)
    ContactDetail.objects.create(owner=alice, contact=contact, kind="email", value="kept@example.org")

    response = as_alice.post(
        reverse("networking:update", args=[contact.pk]), {"name": "New", "stage": "identified", field: typed}
    )

    assert (response.status_code, values()) == (422, [("email", "kept@example.org")])
    assert said in response.context["form"].errors[field][0]
    assert response.context["form"][field].value() == typed


def test_another_tab_is_told_of_a_change(as_alice, alice):
    contact = make_contact(alice)
    save(as_alice, contact, more_emails="a@example.org", revision=0)

    response = save(as_alice, contact, more_emails="b@example.org", revision=0)

    assert response.status_code == 422
    assert values() == [("email", "a@example.org")]


def test_a_double_tap_keeps_them_once(as_alice):
    number = "7f1fd4ae-7b0c-4a2c-9d57-3f7c5a7bd1c8"
    for _ in range(2):
        save(as_alice, more_emails="a@example.org", submission_id=number)

    assert (Contact.objects.count(), values()) == (1, [("email", "a@example.org")])


@pytest.mark.parametrize(("kind", "kept"), [("commissioner", "grant_lead"), ("mentor", ""), ("", "")])
def test_only_commissioners_commission_as_something(as_alice, kind, kept):
    response = save(as_alice, kind=kind, sub_role="grant_lead")

    assert Contact.objects.get().sub_role == kept
    assert ("Grant development lead" in response.text) is bool(kept)
