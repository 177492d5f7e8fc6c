import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from accounts.models import User
from conftest import PASSWORD, make_user

LIST = "/admin/accounts/user/"


@pytest.fixture
def as_superuser(client, db):
    chief = User.objects.create_superuser("chief@example.org", PASSWORD)
    client.force_login(chief)
    return client


@pytest.fixture
def as_editor(client, db):
    """A member of staff with every permission there is."""
    editor = make_user("editor@example.org", is_staff=True)
    editor.user_permissions.set(Permission.objects.all())
    client.force_login(editor)
    return client


def change_url(user):
    return reverse("admin:accounts_user_change", args=[user.pk])


def edit_data(user, **fields):
    return {"email": user.email, "name": user.name, "is_active": "on", **fields}


def test_lists_and_finds_people(as_superuser, alice, bob):
    page = as_superuser.get(LIST, {"q": "moreau", "is_active__exact": "1"}).content.decode()

    assert "alice@example.org" in page
    assert "bob@example.org" not in page


def test_shows_no_more_than_who_may_sign_in(as_superuser, alice):
    alice.goal, alice.bio, alice.niche = "a secret goal", "a secret bio", "a secret niche"
    alice.save()

    response = as_superuser.get(change_url(alice))

    assert "a secret" not in response.content.decode()
    assert set(response.context["adminform"].form.fields) == {
        *("email", "name", "password", "is_active", "is_staff", "is_superuser", "groups"),
    }


def test_changes_what_a_person_may_do(as_superuser, alice):
    group = Group.objects.create(name="Proofreaders")

    as_superuser.post(change_url(alice), edit_data(alice, is_staff="on", groups=[group.pk]))

    alice.refresh_from_db()
    assert alice.is_staff
    assert list(alice.groups.all()) == [group]


def test_adds_a_person_by_address(as_superuser):
    data = {
        "email": "New@Example.org",
        "usable_password": "true",
        "password1": PASSWORD,
        "password2": PASSWORD,
    }

    as_superuser.post(f"{LIST}add/", data)

    user = User.objects.get(email="new@example.org")
    assert user.check_password(PASSWORD)
    assert list(user.emailaddress_set.values_list("email", "primary", "verified")) == [
        ("new@example.org", True, True)
    ]


def test_add_page_asks_for_an_address(as_superuser):
    form = as_superuser.get(f"{LIST}add/").context["adminform"].form

    assert list(form.fields) == ["email", "usable_password", "password1", "password2"]


@pytest.mark.parametrize("address", ["ALICE@example.org", "nonsense", "a\x00b@example.org"])
def test_add_refuses_a_bad_address(as_superuser, alice, address):
    data = {"email": address, "usable_password": "true", "password1": PASSWORD, "password2": PASSWORD}

    response = as_superuser.post(f"{LIST}add/", data)

    assert list(response.context["adminform"].form.errors) == ["email"]


def test_a_new_address_closes_the_old_one(as_superuser, alice):
    EmailAddress.objects.create(user=alice, email=alice.email, primary=True, verified=True)

    as_superuser.post(change_url(alice), edit_data(alice, email="alice@new.example.org"))

    assert list(alice.emailaddress_set.values_list("email", flat=True)) == ["alice@new.example.org"]


def test_sets_a_password_with_djangos_form(as_superuser, alice):
    url = reverse("admin:auth_user_password_change", args=[alice.pk])

    as_superuser.post(
        url, {"usable_password": "true", "password1": "staple battery", "password2": "staple battery"}
    )

    alice.refresh_from_db()
    assert alice.check_password("staple battery")


def test_nobody_deletes_here(as_superuser, alice):
    assert as_superuser.get(reverse("admin:accounts_user_delete", args=[alice.pk])).status_code == 403
    as_superuser.post(LIST, {"action": "delete_selected", "_selected_action": [alice.pk], "post": "yes"})

    assert User.objects.filter(pk=alice.pk).exists()


def test_an_editor_does_not_see_people(as_editor, alice):
    assert as_editor.get(LIST).status_code == 403
    assert as_editor.get(change_url(alice)).status_code == 403
    assert as_editor.get(f"{LIST}add/").status_code == 403
    assert as_editor.get(reverse("admin:auth_user_password_change", args=[alice.pk])).status_code == 403
    assert "alice@example.org" not in as_editor.get("/admin/").content.decode()


@pytest.mark.parametrize("path", ["/admin/", "/admin/login/?next=/admin/"])
def test_strangers_sign_in_on_our_page(client, db, path):
    response = client.get(path, follow=True)

    assert response.redirect_chain[-1] == ("/accounts/login/?next=%2Fadmin%2F", 302)


def test_people_without_the_right_are_turned_away(as_alice):
    assert as_alice.get("/admin/login/").status_code == 403


def test_password_cannot_be_tried_past_our_limit(client, alice):
    response = client.post("/admin/login/", {"username": "alice@example.org", "password": PASSWORD})

    assert response["Location"].startswith("/accounts/login/")
    assert "_auth_user_id" not in client.session
