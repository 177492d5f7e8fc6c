import pytest

from networking.names import bare, first_name, parted, without_pictures


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Ann Lee, MD, PhD", ("Ann Lee", ["MD", "PhD"])),
        ("Ann Lee, Pharm.D.", ("Ann Lee", ["Pharm.D."])),
        ("Lee, Ann", ("Lee, Ann", [])),
        ("Lee, Ann, MD", ("Lee, Ann, MD", [])),
        ("Ann Lee,", ("Ann Lee,", [])),
        ("", ("", [])),
    ],
)
def test_tells_letters_behind_a_name_from_a_first_name(name, expected):
    assert parted(name) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [("🩺 Sam  Lee 👩‍⚕️", "Sam Lee"), ("Ngọc Trần", "Ngọc Trần"), ("山田 太郎", "山田 太郎"), ("🩺", "🩺")],
)
def test_pictures_go_and_letters_stay(name, expected):
    assert without_pictures(name) == expected


def test_two_ways_of_writing_one_name_are_one():
    assert bare("🩺 Sam Lee, MD") == bare("Sam Lee") == "Sam Lee"


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Dr. Ann-Sofie Berg", "Ann-Sofie"), ("Mary, MD", "Mary"), ("🩺 Sam Lee, MD", "Sam"), ("Prof", "Prof")],
)
def test_a_letter_begins_with_the_first_name(name, expected):
    assert first_name(name) == expected
