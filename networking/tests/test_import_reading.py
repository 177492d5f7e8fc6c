"""What comes out of the files people bring: which program wrote them, whom they name, what is refused."""

import time
from datetime import date

import pytest

from networking.imports.decoding import UnreadableError
from networking.imports.persons import person_of
from networking.imports.receiving import read
from networking.imports.tables import BROKEN, TOO_WIDE

TODAY = date(2026, 11, 25)
PREAMBLE = (
    "Notes:\n"
    '"When exporting your connection data, you may notice that some of the e-mail addresses are missing, '
    'because people ""hide"" them."\n\n'
)
LINKEDIN = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
ANA = (
    "Ana,Silva,https://www.linkedin.com/in/ana-silva,ana@example.org,Meridian,Content director,15 Mar 2024\n"
)
GOOGLE_NEW = (
    "First Name,Middle Name,Last Name,Organization Name,Organization Title,Notes,Photo,Labels,"
    "E-mail 1 - Label,E-mail 1 - Value,E-mail 2 - Label,E-mail 2 - Value,Website 1 - Label,"
    "Website 1 - Value\n"
    "Ana,Maria,Silva,Meridian,Content director,Met in Lisbon,,* myContacts ::: Oncology,"
    "* Work,ana@example.org ::: a.silva@example.org,Home,ana@home.example,,www.example.org\n"
)
GOOGLE_OLD = (
    "Name,Given Name,Additional Name,Family Name,E-mail 1 - Type,E-mail 1 - Value,Organization 1 - Name,"
    "Organization 1 - Title\nAna Silva,Ana,,Silva,* Work,ana@example.org,Meridian,Content director\n"
)
OUTLOOK = (
    "First Name,Middle Name,Last Name,Title,Suffix,Company,Job Title,Business Phone,E-mail Address,Web Page,"
    "Notes\n"
    "Ana,,Silva,Dr,PhD,Meridian,Content director,123,ana@example.org,,Likes cases\n"
)


def persons(content):
    kind, table, mapping = read(content if isinstance(content, bytes) else content.encode())
    return kind, [person_of(cells, mapping, TODAY) for _, cells in table.rows], table


def the_one(content):
    kind, [person], _ = persons(content)
    return kind, person


@pytest.mark.parametrize("preamble", ["", PREAMBLE, "\n\n" + PREAMBLE, "Notes:\nOne line\nAnother\n\n"])
def test_finds_the_header_of_linkedin_below_any_preamble(preamble):
    kind, ana = the_one(preamble + LINKEDIN + ANA)

    assert kind == "linkedin"
    assert (ana.name, ana.organisation, ana.role_title) == ("Ana Silva", "Meridian", "Content director")
    assert (ana.linkedin_url, ana.emails) == ("https://www.linkedin.com/in/ana-silva", ["ana@example.org"])
    assert ana.connected_on == date(2024, 3, 15)


def test_reads_an_older_linkedin_file_without_addresses():
    kind, ana = the_one("First Name,Last Name,Email Address,Company,Position,Connected On\nAna,Silva,,,,\n")

    assert (kind, ana.name, ana.emails, ana.linkedin_url) == ("linkedin", "Ana Silva", [], "")


@pytest.mark.parametrize(
    "header",
    [
        "Vorname,Nachname,URL,E-Mail-Adresse,Unternehmen,Position,Verbunden am",
        "Prénom,Nom,URL,Adresse e-mail,Entreprise,Poste,Connexion le",
        "Nombre,Apellidos,URL,Correo electrónico,Empresa,Cargo,Conectado el",
    ],
)
def test_reads_linkedin_in_other_languages(header):
    kind, ana = the_one(f"{header}\n{ANA}")

    assert (kind, ana.name, ana.organisation) == ("linkedin", "Ana Silva", "Meridian")


def test_reads_googles_file_with_several_values_in_a_cell():
    kind, ana = the_one(GOOGLE_NEW)

    assert (kind, ana.name, ana.organisation) == ("google", "Ana Maria Silva", "Meridian")
    assert ana.emails == ["ana@example.org", "a.silva@example.org", "ana@home.example"]
    assert (ana.tags, ana.links, ana.notes) == (["Oncology"], ["https://www.example.org"], "Met in Lisbon")


def test_reads_googles_older_file():
    kind, ana = the_one(GOOGLE_OLD)

    assert (kind, ana.name, ana.emails, ana.role_title) == (
        "google",
        "Ana Silva",
        ["ana@example.org"],
        "Content director",
    )


def test_reads_outlook_and_takes_its_title_for_no_role():
    kind, ana = the_one(OUTLOOK)

    assert (kind, ana.name, ana.role_title, ana.notes) == (
        "outlook",
        "Ana Silva PhD",
        "Content director",
        "Likes cases",
    )


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_reads_every_delimiter_and_encoding(delimiter, encoding):
    text = "\r\n".join(
        delimiter.join(row)
        for row in (("Name", "Company", "Notes"), ("Zoë Müller", "Société Générale", "a “quoted” café"))
    )

    kind, zoe = the_one(text.encode(encoding))

    assert (kind, zoe.name, zoe.organisation) == ("csv", "Zoë Müller", "Société Générale")


def test_tells_an_eastern_encoding():
    text = "Name;Company\n" + "Łukasz Wiśniewski;Polskie Towarzystwo Żywności\nŻaneta Dąbrowska;Źródło\n" * 5

    _, [lukasz, *_], _ = persons(text.encode("cp1250"))

    assert (lukasz.name, lukasz.organisation) == ("Łukasz Wiśniewski", "Polskie Towarzystwo Żywności")


def test_a_table_without_a_header_loses_no_row():
    _, found, table = persons("Ana Silva,ana@example.org\nBo Lind,bo@example.org\n")

    assert (table.header, len(table.rows), found) == (["Column 1", "Column 2"], 2, [None, None])


def test_a_quote_never_closed_costs_its_own_row_only():
    _, found, table = persons('Name,Company\nAna,Meridian\nBo,"Open\nCia,Nord\nDan,Sud\n')

    assert [person.name for person in found] == ["Ana", "Cia", "Dan"]
    assert table.refused == [(3, BROKEN)]


def test_a_cell_of_several_lines_is_one_cell():
    _, [ana, bo], _ = persons('Name,Notes\nAna,"first\nsecond"\nBo,x\n')

    assert (ana.notes, bo.name) == ("first\nsecond", "Bo")


def test_short_rows_are_read_and_long_ones_refused_by_their_number():
    _, found, table = persons("Name,Company,Role\nAna\nBo,Nord,Editor,extra\nCia,Sud,Lead,,,\n")

    assert [person.name for person in found] == ["Ana", "Cia"]
    assert table.refused == [(3, TOO_WIDE)]


def test_two_hundred_columns_are_no_trouble():
    header = ",".join(["Name", *(f"Field {n}" for n in range(199))])

    _, [ana], table = persons(f"{header}\nAna,{',' * 198}\n")

    assert (ana.name, len(table.header)) == ("Ana", 200)


def test_leaves_out_what_is_no_address_and_says_so():
    _, ana = the_one("Name,E-mail,URL\nAna,not-an-address; ana@example.org,javascript:alert(1)\n")

    assert (ana.emails, ana.links, ana.linkedin_url) == (["ana@example.org"], [], "")
    assert ana.remarks == [
        "Left out: “not-an-address”, which is no e-mail address.",
        "Left out: “javascript:alert(1)”, which is no web address.",
    ]


@pytest.mark.parametrize(
    "address", ["https://evil.example/linkedin.com/in/ana", "https://notlinkedin.com/in/a"]
)
def test_only_linkedin_is_linkedin(address):
    _, ana = the_one(f"Name,URL\nAna,{address}\n")

    assert (ana.linkedin_url, ana.links) == ("", [address])


def test_marks_that_turn_text_around_and_nul_characters_go():
    _, ana = the_one("Name,Company\nA\u202ena\x01,Mer\u200fidian\n")

    assert (ana.name, ana.organisation) == ("Ana", "Meridian")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"  \n ", "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "no text file"),
        (b"PK\x03\x04anything", "workbook"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "no text file"),
        (b"BEGIN:VCARD\nFN:Ana\n", "no whole card"),
    ],
)
def test_says_why_a_file_cannot_be_read(content, words):
    with pytest.raises(UnreadableError, match=words):
        read(content)


def test_more_rows_than_fit_are_refused_with_their_number():
    with pytest.raises(UnreadableError, match="20,001 rows"):
        read(b"Name,Company\n" + b"Ana,Nord\n" * 20_001)


CARD = """BEGIN:VCARD
VERSION:3.0
N:Silva;Ana;;Dr.;
FN:Dr. Ana Silva
ORG:Meridian;Oncology
TITLE:Content director of a very long na
 me that is folded
EMAIL;TYPE=WORK:ana@example.org
EMAIL:ana@home.example
item1.URL;type=pref:https\\://www.linkedin.com/in/ana
item1.X-ABLabel:_$!<HomePage>!$_
URL:https://example.org/ana
PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQSkZJRgABAQEASABIAAD
 /2wBDAAUDBAQEAwUEBAQFBQUGBwwIBwcHBw8LCwkMEQ8SEhEPERETFhwXExQa
CATEGORIES:Oncology,Friends
NOTE:Line one\\nLine two
UID:abc-1
END:VCARD
"""


def test_reads_a_card_with_groups_folds_and_a_photograph():
    kind, ana = the_one(CARD)

    assert (kind, ana.name, ana.organisation, ana.uid) == (
        "vcard",
        "Dr. Ana Silva",
        "Meridian, Oncology",
        "abc-1",
    )
    assert ana.role_title == "Content director of a very long name that is folded"
    assert ana.emails == ["ana@example.org", "ana@home.example"]
    assert (ana.linkedin_url, ana.links) == ("https://www.linkedin.com/in/ana", ["https://example.org/ana"])
    assert (ana.tags, ana.notes) == (["Oncology", "Friends"], "Line one\nLine two")


def test_reads_quoted_printable_of_old_phones():
    card = (
        "BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=B6rg\r\n"
        "FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:J=C3=B6rg =\r\nM=C3=BCller\r\nEND:VCARD\r\n"
    )

    _, joerg = the_one(card)

    assert joerg.name == "Jörg Müller"


def test_keeps_thirty_emails_of_a_card():
    lines = "".join(f"EMAIL:ana{n}@example.org\n" for n in range(30))

    _, ana = the_one(f"BEGIN:VCARD\nVERSION:4.0\nFN:Ana\n{lines}END:VCARD\n")

    assert len(ana.emails) == 30


def test_a_card_without_a_name_is_told_by_its_number_and_a_broken_one_loses_no_other():
    nameless = "BEGIN:VCARD\nVERSION:3.0\nEMAIL:x@example.org\nEND:VCARD\n"
    broken = "BEGIN:VCARD\nVERSION:3.0\nFN:Bo\nthis is no line of a card\nEND:VCARD\n"

    _, found, table = persons(nameless + broken + CARD)

    assert [person and person.name for person in found] == [None, "Dr. Ana Silva"]
    assert [number for number, _ in table.refused] == [2]


def test_cards_without_an_end_are_told_by_their_number_and_soon():
    begun = time.monotonic()

    _, found, table = persons("BEGIN:VCARD\n" * 10_000 + CARD)

    assert [person.name for person in found] == ["Dr. Ana Silva"]
    assert [number for number, _ in table.refused] == list(range(1, 10_001))
    assert time.monotonic() - begun < 5


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("FN;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-7:+2AA-x", "x"),
        ("FN;ENCODING=QUOTED-PRINTABLE;CHARSET=unicode_escape:\\ud800x", "x"),
        ("FN;ENCODING=B:QW5u", "Ann"),
    ],
)
def test_odd_encodings_leave_nothing_that_no_database_takes(line, name):
    _, person = the_one(f"BEGIN:VCARD\nVERSION:3.0\n{line}\nEND:VCARD\n")

    assert person.name == name


def test_parts_in_parts_without_end_cost_their_own_card_only():
    nested = "BEGIN:VCARD\nVERSION:3.0\nFN:Bo\n" + "BEGIN:X\n" * 3000 + "END:X\n" * 3000 + "END:VCARD\n"

    _, found, table = persons(nested + CARD)

    assert [person.name for person in found] == ["Dr. Ana Silva"]
    assert [number for number, _ in table.refused] == [1]


def test_a_row_of_nothing_but_bad_addresses_has_a_short_report():
    _, ana = the_one("Name,E-mail\nAna," + " ".join(f"bad{n}" for n in range(500)) + "\n")

    assert len(ana.remarks) == 10


def test_letters_and_pictures_in_parts_of_a_name_find_their_place():
    _, mary = the_one('First Name,Last Name,Company\n"Mary, MD, PhD",🩺 Smith,Nord\n')

    assert mary.name == "Mary Smith, MD, PhD"
