import pytest

from portfolio.spelling import Names, tags_in


@pytest.mark.parametrize(
    ("typed", "tags"),
    [
        ("", []),
        (" , ,", []),
        ("gout", ["gout"]),
        ("  heart   failure ,gout", ["heart failure", "gout"]),
        ("Gout, bids, gout, GOUT", ["Gout", "bids"]),
        ("Épilepsie, épilepsie", ["Épilepsie"]),
    ],
)
def test_tags_are_read_each_once(typed, tags):
    assert tags_in(typed) == tags


def test_a_name_is_spelt_as_it_is_most_often():
    names = Names([("cardiology", 1), ("Cardiology", 2), ("CARDIOLOGY ", 1), ("Gout", 1), ("", 5)])

    assert names.all() == ["Cardiology", "Gout"]
    assert names.usual("cardiology") == names.usual(" CARDIOLOGY") == "Cardiology"
    assert set(names.spellings("cardiology")) == {"cardiology", "Cardiology", "CARDIOLOGY "}


def test_a_name_never_used_stays_as_it_is():
    names = Names([])

    assert (names.all(), names.usual("Renal  care"), names.spellings("Renal")) == (
        [],
        "Renal care",
        ["Renal"],
    )
