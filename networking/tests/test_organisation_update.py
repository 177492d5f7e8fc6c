from django.urls import reverse

from networking.tests.factories import make_deliverable, make_organisation


def url(organisation):
    return reverse("networking:organisation-update", args=[organisation.pk])


def test_changes_it(as_alice, alice):
    northfield = make_organisation(alice)

    response = as_alice.post(url(northfield), {"name": "Northfield", "kind": "mec", "revision": 0})

    northfield.refresh_from_db()
    assert response.url == northfield.get_absolute_url()
    assert (northfield.name, northfield.kind) == ("Northfield", "mec")


def test_its_own_name_is_no_clash(as_alice, alice):
    northfield = make_organisation(alice, name="Northfield")
    make_organisation(alice, name="Northfield")

    assert as_alice.post(url(northfield), {"name": "Northfield", "areas": "lungs"}).status_code == 302


def test_keeps_a_format_retired_since(as_alice, alice):
    old = make_deliverable(is_retired=True)
    northfield = make_organisation(alice)
    northfield.formats.add(old)

    as_alice.post(url(northfield), {"name": "Northfield", "formats": [old.pk]})

    assert list(northfield.formats.all()) == [old]


def test_two_tabs_keep_every_tick(as_alice, alice):
    northfield = make_organisation(alice)
    ticked = [make_deliverable(key).pk for key in ("one", "two")]
    data = {"name": "Northfield", "formats": ticked, "revision": 0}
    as_alice.post(url(northfield), {"name": "First", "revision": 0})

    refused = as_alice.post(url(northfield), data)

    assert refused.status_code == 422
    assert refused.context["form"]["formats"].value() == [str(pk) for pk in ticked]
