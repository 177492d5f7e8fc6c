import pytest
from django.core.files.storage import default_storage
from django.urls import reverse

from portfolio.tests.factories import make_sample, make_sample_file

HTML = b"<!doctype html><script>alert(1)</script>"


def url(file):
    return reverse("portfolio:file-pages", args=[file.sample_id, file.pk])


def text_file(alice, content, content_type="text/plain"):
    fields = {"name": "gout.txt", "content_type": content_type, "pages": 0, "preview_pages": 0}
    return make_sample_file(make_sample(alice), content, **fields)


def test_shows_every_page_with_its_number(as_alice, alice):
    file = make_sample_file(make_sample(alice), name="gout.pdf", pages=3, preview_pages=3)

    page = as_alice.get(url(file)).text

    for number, address in enumerate(file.page_urls, start=1):
        assert f'<img src="{address}" alt="Page {number} of 3 of gout.pdf"' in page
    assert page.count('loading="lazy"') == 2  # the first is wanted at once
    assert "These are the first" not in page


def test_says_when_there_is_more(as_alice, alice):
    file = make_sample_file(make_sample(alice), pages=24, preview_pages=10)

    assert "These are the first 10 of 24 pages." in as_alice.get(url(file)).text


def test_a_picture_is_one_page_without_a_number(as_alice, alice):
    file = make_sample_file(make_sample(alice), name="chart.png", content_type="image/png")

    assert 'alt="chart.png"' in as_alice.get(url(file)).text


@pytest.mark.parametrize("content_type", ["text/plain", "text/markdown"])
def test_markup_in_a_text_is_text(as_alice, alice, content_type):
    page = as_alice.get(url(text_file(alice, HTML, content_type))).text

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_markdown_is_shown_as_it_is_meant(as_alice, alice):
    page = as_alice.get(url(text_file(alice, b"# Gout\n\n**Strong** start.", "text/markdown"))).text

    assert "<h2>Gout</h2>" in page
    assert "<strong>Strong</strong> start." in page
    assert "This is the beginning" not in page


def test_a_long_text_ends_somewhere(as_alice, alice):
    page = as_alice.get(url(text_file(alice, b"word " * 10_000))).text

    assert page.count("word ") == 4000
    assert "This is the beginning. Download the file to read the rest." in page


@pytest.mark.parametrize(
    "content",
    [
        "Zażółć".encode(),
        "\ufeffZażółć".encode(),
        "Zażółć".encode("utf-16"),
    ],
)
def test_reads_any_alphabet(as_alice, alice, content):
    assert '<pre class="plain-text">Zażółć</pre>' in as_alice.get(url(text_file(alice, content))).text


def test_reads_what_old_programs_wrote(as_alice, alice):
    assert "naïve “x”" in as_alice.get(url(text_file(alice, "naïve “x”".encode("cp1252")))).text


def test_a_letter_at_the_very_end_is_not_cut_in_two(as_alice, alice):
    page = as_alice.get(url(text_file(alice, "é".encode() * 40_010 + "🐕".encode() * 10_000))).text

    shown = page.split('<pre class="plain-text">')[1].split("</pre>")[0]
    assert set(shown.rstrip("…")) == {"é"}


@pytest.mark.parametrize(
    "fields", [{"content_type": "application/msword", "preview_pages": 0}, {"content_type": "text/plain"}]
)
def test_what_cannot_be_shown_can_be_downloaded(as_alice, alice, fields):
    file = make_sample_file(make_sample(alice), **{"preview_pages": 0, **fields})
    default_storage.delete(file.file.name)

    page = as_alice.get(url(file)).text

    assert "We cannot show" in page
    assert file.download_url in page


def test_hides_other_peoples_files(as_bob, alice):
    assert as_bob.get(url(make_sample_file(make_sample(alice)))).status_code == 404


def test_is_read_only(as_alice, alice):
    assert as_alice.post(url(make_sample_file(make_sample(alice)))).status_code == 405
