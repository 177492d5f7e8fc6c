import pytest
from django.core.exceptions import ValidationError

from accounts.models import User, validate_time_zone
from conftest import PASSWORD, make_user


@pytest.mark.parametrize("name", ["Mars/Olympus", "", "../../etc/passwd"])
def test_only_known_time_zones_are_valid(name):
    with pytest.raises(ValidationError, match="from the list"):
        validate_time_zone(name)


@pytest.mark.parametrize("field", ["linkedin_url", "website"])
def test_links_lead_to_the_web_whoever_writes_them(field):
    person = User(email="dora@example.org", password="x", **{field: "ftp://example.org/"})

    with pytest.raises(ValidationError, match="begins with https:// or http://") as refused:
        person.clean_fields()
    assert list(refused.value.message_dict) == [field]


def test_is_found_by_an_address_in_any_case(db):
    dora = make_user("Dora@Example.org")

    assert dora.email == "dora@example.org"
    assert User.objects.get_by_natural_key("DORA@example.org") == dora


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Dora Ellis", "Dora"),
        (" Dora ", "Dora"),
        ("", ""),
        ("  ", ""),
        ("Dr Dora Ellis", "Dora"),
        ("Dr. med. Dora Ellis", "Dora"),
        ("Prof. Dr. Dr. h. c. Dora Ellis", "Dora"),
        ("PROF Dora Ellis", "Dora"),
        ("Mx Dora", "Dora"),
        ("Mr", ""),
        ("Drew Ellis", "Drew"),
        ("Med Ali", "Med"),
        ("Dora Dr", "Dora"),
    ],
)
def test_is_called_by_the_first_name(name, short):
    assert User(name=name).get_short_name() == short


def test_goes_by_the_address_until_there_is_a_name():
    assert str(User(email="dora@example.org")) == "dora@example.org"
    assert User(email="dora@example.org", name="Dora Ellis").get_full_name() == "Dora Ellis"


def test_an_administrator_may_do_everything(db):
    chief = User.objects.create_superuser("chief@example.org", PASSWORD)

    assert (chief.is_staff, chief.is_superuser) == (True, True)
