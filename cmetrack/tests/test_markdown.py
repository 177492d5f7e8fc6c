import re

import pytest

from cmetrack.markdown import render_markdown


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("## Why\n\nBecause *you* can.", "<h2>Why</h2>\n<p>Because <em>you</em> can.</p>\n"),
        ("- one\n  - two", "<ul>\n<li>one\n<ul>\n<li>two</li>\n</ul>\n</li>\n</ul>\n"),
        ("3. third", '<ol start="3">\n<li>third</li>\n</ol>\n'),
        (
            "[ACCME](https://accme.org)",
            '<p><a href="https://accme.org" rel="noopener noreferrer nofollow">ACCME</a></p>\n',
        ),
        ("", ""),
    ],
)
def test_renders(text, html):
    assert render_markdown(text) == html


def test_renders_tables():
    assert "<td>gap</td>" in render_markdown("| need |\n|---|\n| gap |")


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<iframe src='https://evil.example'></iframe>",
        "<img src=x onerror=alert(1)>",
        "[click](javascript:alert(1))",
        "[click](data:text/html,<script>alert(1)</script>)",
        "<a href='https://x.example' onclick='alert(1)'>x</a>",
        "<style>*{display:none}</style>",
        "<b>unclosed",
    ],
)
def test_lets_nothing_dangerous_through(hostile):
    html = render_markdown(hostile)

    for tag in (
        "<script",
        "<iframe",
        "<img",
        "<style",
        "<b>",
        'href="javascript:',
        'href="data:',
        "<a href='",
    ):
        assert tag not in html


@pytest.mark.parametrize(
    ("text", "top", "tags"),
    [
        ("## One\n### Two", 2, ["h2", "h3"]),
        ("## One\n### Two", 3, ["h3", "h4"]),
        ("# One\n## Two", 3, ["h3", "h4"]),
        ("#### Deep", 2, ["h2"]),
        ("# One\n###### Six", 4, ["h4", "h6"]),
    ],
)
def test_headings_fit_below_the_heading_of_the_page(text, top, tags):
    assert re.findall(r"<(h\d)>", render_markdown(text, top)) == tags
