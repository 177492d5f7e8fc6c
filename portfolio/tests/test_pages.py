"""What strangers get at the address of a page."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from portfolio.gate import TRIES, set_password
from portfolio.models import ShareLink
from portfolio.tests.factories import PDF, make_sample_file, make_share_link, make_shareable
from portfolio.views.pages import PICTURE


def locked_link(owner, *samples):
    link = make_share_link(owner, *samples)
    set_password(link, "rosebud rosebud")
    link.save()
    return link


def file_url(link):
    return reverse("sharing:file", args=[link.token, link.items.get().pk])


def looks(link):
    return sum(link.days.values_list("count", flat=True))


def test_a_name_copied_from_paper_leads_there_whatever_its_capitals(client, alice):
    make_share_link(alice, make_shareable(alice, title="Gout at night"), address_name="ana-ribeiro")

    response = client.get("/s/Ana-Ribeiro/")

    assert response.status_code == 200
    assert "Gout at night" in response.text


def test_shows_what_the_owner_chose(client, alice):
    sample = make_shareable(alice, title="Chronic cough case", role="Sole writer", audience="Nurses")
    make_sample_file(sample)
    link = make_share_link(alice, sample, introduction="Look at the case first.", shows_email=True)

    response = client.get(link.public_url)

    assert response.status_code == 200
    for text in ("Alice Moreau", "Chronic cough case", "Sole writer", "Nurses", "Look at the case first."):
        assert text in response.text
    assert "mailto:alice@example.org" in response.text
    assert file_url(link) in response.text


def test_keeps_the_address_of_the_owner_back_unless_asked(client, alice):
    link = make_share_link(alice, make_shareable(alice), shows_email=True)
    assert "alice@example.org" in client.get(link.public_url).text

    ShareLink.objects.filter(pk=link.pk).update(shows_email=False)

    assert "alice@example.org" not in client.get(link.public_url).text


def test_is_kept_nowhere_and_tells_nobody_where_the_reader_came_from(client, alice):
    response = client.get(make_share_link(alice, make_shareable(alice)).public_url)

    assert response["Cache-Control"] == "private, no-store"
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    policy = response["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy


def test_only_a_listed_public_portfolio_may_be_indexed(client, alice):
    sample = make_shareable(alice)
    listed = make_share_link(alice, sample, address_name="alice", is_indexed=True)

    response = client.get("/s/alice/")
    assert response["X-Robots-Tag"] == "all"
    assert "noindex" not in response.text
    ShareLink.objects.filter(pk=listed.pk).update(is_indexed=False)
    assert client.get("/s/alice/")["X-Robots-Tag"] == "noindex, nofollow, noarchive"


@pytest.mark.parametrize(
    "ended",
    [
        {"revoked_at": timezone.now()},
        {"expires_on": timezone.localdate() - timedelta(2)},
    ],
)
def test_is_gone_once_closed_or_past_its_last_day(client, alice, ended):
    sample = make_shareable(alice)
    make_sample_file(sample)
    link = make_share_link(alice, sample)
    assert client.get(link.public_url).status_code == 200

    ShareLink.objects.filter(pk=link.pk).update(**ended)

    assert client.get(link.public_url).status_code == 404
    assert client.get(file_url(link)).status_code == 404


def test_the_last_day_is_the_owners(client, alice):
    link = make_share_link(alice, make_shareable(alice))
    alice.time_zone = "Pacific/Kiritimati"
    alice.save()
    ahead = timezone.localdate(timezone=timezone.get_fixed_timezone(14 * 60))

    link.expires_on = ahead
    link.save()

    assert client.get(link.public_url).status_code == 200
    link.expires_on = ahead - timedelta(1)
    link.save()
    assert client.get(link.public_url).status_code == 404


def test_the_page_of_somebody_who_left_is_gone(client, alice):
    link = make_share_link(alice, make_shareable(alice))
    alice.is_active = False
    alice.save()

    assert client.get(link.public_url).status_code == 404


def test_printed_it_keeps_addresses_and_hides_buttons(client, alice):
    alice.website = "https://example.org/alice"
    alice.save()
    sample = make_shareable(alice, external_url="https://example.org/case")
    make_sample_file(sample)

    text = client.get(make_share_link(alice, sample).public_url).text

    links = re.findall(r'<a class="(\w+)" href="([^"]+)"', text)
    assert [name for name, address in links if address.startswith("http")] == ["plain", "plain"]
    assert [name for name, address in links if not address.startswith("http")] == ["button"]
    printed = dict(re.findall(r"^(.+?)\{(.*)\}$", text.partition("@media print{")[2], re.MULTILINE))
    assert printed[".button"] == "display:none"
    assert printed['.plain[href^="http"]::after'] == 'content:" (" attr(href) ")";color:var(--ink-2)'


class TestPreviews:
    """What a chat or a search engine tells of a page, each value in full."""

    @pytest.fixture
    def told(self, client, alice):
        alice.headline = "I write about the lungs"
        alice.save()

        def ask(address=None, **fields):
            link = make_share_link(alice, make_shareable(alice), title="Lung <samples>", **fields)
            return _tags(client.get(address or link.public_url).text), link

        return ask

    def test_says_whose_page_it_is_and_where_and_has_a_picture(self, told):
        tags, link = told(introduction="Look at the case\nfirst.")

        assert tags == {
            "robots": "noindex, nofollow",
            "description": "Look at the case first.",
            "og:type": "profile",
            "og:site_name": "CMEtrack",
            "og:title": "Lung <samples> · Alice Moreau",
            "og:description": "Look at the case first.",
            "og:url": f"http://testserver{link.public_url}",
            "og:image": "http://testserver/static/img/shared-page.png",
            "og:image:width": "1200",
            "og:image:height": "630",
            "og:image:alt": "Writing samples: continuing medical education",
            "twitter:card": "summary_large_image",
        }

    def test_without_an_introduction_the_headline_describes_it(self, told):
        tags, _ = told()

        assert tags["description"] == tags["og:description"] == "I write about the lungs"

    def test_its_name_is_the_one_address_of_a_public_portfolio(self, client, told):
        tags, link = told("/s/alice/", address_name="alice", is_indexed=True)
        by_token = _tags(client.get(f"/s/{link.token}/").text)

        assert "robots" not in tags
        assert tags["og:url"] == tags["canonical"] == "http://testserver/s/alice/"
        assert by_token == tags

    def test_the_picture_has_the_size_that_is_told_and_is_small(self):
        path = settings.BASE_DIR / "static" / PICTURE

        with Image.open(path) as picture:
            assert picture.size == (1200, 630)
        assert path.stat().st_size < 40_000


def _tags(text):
    """Name and value of each tag in the head that tells of the page."""
    metas = re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)">', text)
    links = re.findall(r'<link rel="(canonical)" href="([^"]*)">', text)
    told = {name: unescape(value) for name, value in metas + links}
    return {name: value for name, value in told.items() if name not in {"viewport", "color-scheme"}}


class TestFiles:
    def test_hands_the_version_on_show_out_as_a_harmless_attachment(self, client, alice):
        sample = make_shareable(alice, title="Chronic cough: a case")
        make_sample_file(sample, name="Northfield secret.PDF")
        link = make_share_link(alice, sample)
        make_sample_file(sample, b"newer")

        response = client.get(file_url(link))

        assert b"".join(response) == PDF
        response.close()
        assert response["Content-Disposition"] == 'attachment; filename="chronic-cough-a-case.pdf"'
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Content-Security-Policy"].startswith("sandbox")
        assert response["Cache-Control"] == "private, no-store"
        assert response["X-Robots-Tag"] == "noindex, nofollow, noarchive"

    def test_a_deleted_version_is_gone_at_once(self, client, alice):
        sample = make_shareable(alice)
        file = make_sample_file(sample)
        link = make_share_link(alice, sample)
        assert "Download" in client.get(link.public_url).text

        file.remove()

        assert client.get(file_url(link)).status_code == 404
        assert "Download" not in client.get(link.public_url).text

    def test_an_item_of_another_page_is_not_found(self, client, alice, bob):
        theirs = make_shareable(bob)
        make_sample_file(theirs)
        other = make_share_link(bob, theirs)
        link = make_share_link(alice, make_shareable(alice))

        address = reverse("sharing:file", args=[link.token, other.items.get().pk])

        assert client.get(address).status_code == 404


class TestGate:
    def test_says_nothing_of_the_page_before_it_opens(self, client, alice):
        sample = make_shareable(alice, title="Chronic cough case")
        make_sample_file(sample)
        link = locked_link(alice, sample)

        response = client.get(link.public_url)

        for secret in (sample.title, link.title, "Alice", "og:"):
            assert secret not in response.text
        assert client.get(file_url(link)).status_code == 404
        assert looks(link) == 0

    def test_opens_with_the_password_for_this_page_only(self, client, alice):
        sample = make_shareable(alice, title="Chronic cough case")
        make_sample_file(sample)
        link, other = locked_link(alice, sample), locked_link(alice, sample)

        response = client.post(link.public_url, {"password": "rosebud rosebud"}, follow=True)

        assert "Chronic cough case" in response.text
        cookie = client.cookies[f"page-{link.pk}"]
        assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (link.public_url, True, "Lax")
        assert b"".join(client.get(file_url(link))) == PDF
        assert "asks for a password" in client.get(other.public_url).text
        assert looks(link) == 1

    def test_a_wrong_one_is_told(self, client, alice):
        link = locked_link(alice, make_shareable(alice))

        response = client.post(link.public_url, {"password": "guess"})

        assert response.status_code == 422
        assert "That is not the password" in response.text
        assert client.post(link.public_url, {"password": ""}).status_code == 422

    def test_a_new_password_shuts_everybody_out_again(self, client, alice):
        link = locked_link(alice, make_shareable(alice))
        client.post(link.public_url, {"password": "rosebud rosebud"})

        set_password(link, "another one")
        link.save()

        assert "asks for a password" in client.get(link.public_url).text

    def test_a_made_up_cookie_opens_nothing(self, client, alice):
        link = locked_link(alice, make_shareable(alice))
        client.cookies[f"page-{link.pk}"] = "1"

        assert "asks for a password" in client.get(link.public_url).text

    def test_a_thousand_tries_are_stopped(self, client, alice):
        link = locked_link(alice, make_shareable(alice))

        answers = [client.post(link.public_url, {"password": f"guess {n}"}) for n in range(TRIES + 3)]

        assert [answer.status_code for answer in answers] == [422] * TRIES + [429] * 3
        assert client.post(link.public_url, {"password": "rosebud rosebud"}).status_code == 429

    def test_many_machines_together_are_stopped_too(self, client, alice, monkeypatch):
        monkeypatch.setattr("portfolio.gate.TRIES_OF_ALL", 5)
        link = locked_link(alice, make_shareable(alice))

        answers = [
            client.post(link.public_url, {"password": "guess"}, REMOTE_ADDR=f"192.0.2.{n}").status_code
            for n in range(7)
        ]

        assert answers == [422] * 5 + [429] * 2

    def test_its_owner_is_not_asked(self, as_alice, alice):
        link = locked_link(alice, make_shareable(alice, title="Chronic cough case"))

        assert "Chronic cough case" in as_alice.get(link.public_url).text


class TestLooks:
    def test_counts_readers_by_day(self, client, as_bob, alice):
        link = make_share_link(alice, make_shareable(alice))

        client.get(link.public_url)
        as_bob.get(link.public_url)

        assert list(link.days.values_list("day", "count")) == [(timezone.localdate(), 2)]

    def test_counts_neither_the_owner_nor_machines(self, client, as_alice, alice):
        link = make_share_link(alice, make_shareable(alice))

        as_alice.get(link.public_url)
        client.head(link.public_url)
        client.get(link.public_url, headers={"User-Agent": "LinkedInBot/1.0"})

        assert looks(link) == 0

    def test_counts_a_phone_whose_maker_sounds_like_a_machine(self, client, alice):
        link = make_share_link(alice, make_shareable(alice))

        client.get(link.public_url, headers={"User-Agent": "Mozilla/5.0 (Linux; Android 13; CUBOT P80)"})

        assert looks(link) == 1

    def test_sets_no_cookie(self, client, alice):
        client.get(make_share_link(alice, make_shareable(alice)).public_url)

        assert not client.cookies


def test_hostile_text_stays_text(client, alice):
    hostile = "<script>alert(1)</script>\u202e{{ 7|add:7 }}"
    alice.name = alice.bio = hostile
    alice.save()
    sample = make_shareable(alice, title=hostile, summary=hostile * 50, role=hostile, audience=hostile)
    link = make_share_link(alice, sample, title="<img src=x onerror=alert(1)>", introduction=hostile)

    text = client.get(link.public_url).text

    assert "<h1><bdi>&lt;img src=x onerror=alert(1)&gt;</bdi></h1>" in text
    assert "<h2><bdi>&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "<script" not in text
    assert "<img" not in text


@pytest.mark.parametrize("ways", [{}, {"website": "https://example.org/"}])
def test_a_writer_without_any_address_gets_no_empty_list(client, alice, ways):
    for name, value in {"bio": "Writes.", **ways}.items():
        setattr(alice, name, value)
    alice.save()

    page = client.get(make_share_link(alice, make_shareable(alice)).public_url).text

    contact = page.partition('<section class="contact"')[2]
    assert "Writes." in contact
    assert contact.count("<ul>") == len(ways)


def test_a_page_with_nothing_left_says_so(client, alice):
    sample = make_shareable(alice, title="Chronic cough case")
    link = make_share_link(alice, sample)
    assert "Chronic cough" in client.get(link.public_url).text

    sample.trash()

    text = client.get(link.public_url).text
    assert "Nothing is on show here at the moment." in text
    assert "Chronic cough" not in text


@pytest.mark.parametrize("count", [1, 6])
def test_query_count_does_not_grow(client, alice, count, django_assert_num_queries):
    samples = [make_shareable(alice) for _ in range(count)]
    for sample in samples:
        make_sample_file(sample)
    link = make_share_link(alice, *samples)
    client.get(link.public_url)

    with django_assert_num_queries(3):  # the page, one more look, what is on it
        client.get(link.public_url)


def test_comes_in_one_small_piece(client, alice):
    samples = [make_shareable(alice, summary="A short case about chronic cough. " * 6) for _ in range(6)]
    link = make_share_link(alice, *samples)

    response = client.get(link.public_url, headers={"Accept-Encoding": "gzip"})

    # What a server may send before it waits for the reader's first answer.
    assert len(response.content) < 14_000
    text = Client().get(link.public_url).text
    # Its picture is for previews, and a browser does not load that of a <meta>.
    assert re.findall(r"<(\S+)[^>]+shared-page.png", text) == ["meta"]
    assert re.findall(r"stylesheet|<script|<img", text) == []
