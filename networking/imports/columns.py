"""What a column holds, told by its heading in the languages that exports come in."""

import re
import unicodedata

from django.db.models import TextChoices

from networking.models import ImportBatch

Kind = ImportBatch.Kind


class Target(TextChoices):
    """What we keep of a person. A column of anything else is left where it is."""

    NAME = "name", "Name"
    FIRST = "first_name", "First name"
    MIDDLE = "middle_name", "Middle name"
    LAST = "last_name", "Last name"
    SUFFIX = "suffix", "Suffix, such as MD"
    ORGANISATION = "organisation", "Organisation"
    ROLE = "role_title", "Role"
    EMAIL = "email", "E-mail"
    LINK = "link", "LinkedIn or a page"
    MET = "met_at", "Where you met"
    REASON = "reason_to_write", "Reason to write"
    CONNECTED = "connected_on", "Connected on"
    KIND = "kind", "Kind"
    STAGE = "stage", "Relationship"
    TAGS = "tags", "Tags"
    NOTES = "notes", "Notes"
    UID = "uid", "Number in the address book"


# One column for each of these; of the others a file may have several.
SINGLE = {Target.NAME, Target.FIRST, Target.MIDDLE, Target.LAST, Target.SUFFIX, Target.ORGANISATION,
          Target.ROLE, Target.CONNECTED, Target.KIND, Target.STAGE, Target.UID, Target.MET,
          Target.REASON}  # fmt: skip

# Headings of English, German, French, Spanish, Italian, Portuguese and Dutch exports, as `plain` has them.
HEADINGS: dict[str, str] = {
    heading: target
    for target, headings in {
        Target.NAME: "name, full name, display name, contact, vollstandiger name, nom complet, "
        "nombre completo, nome completo, volledige naam, naam, formatted name",
        Target.FIRST: "first name, given name, firstname, vorname, prenom, nombre, nome, voornaam",
        Target.MIDDLE: "middle name, additional name, zweiter vorname, weitere vornamen, deuxieme prenom, "
        "segundo nombre, secondo nome, tweede voornaam",
        Target.LAST: "last name, family name, surname, lastname, nachname, nom, nom de famille, apellidos, "
        "apellido, cognome, sobrenome, apelido, achternaam",
        Target.SUFFIX: "suffix, name suffix, namenszusatz, suffixe, sufijo, suffisso, sufixo",
        Target.ORGANISATION: "organisation, organization, company, organization name, organization 1 name, "
        "employer, unternehmen, firma, entreprise, societe, empresa, azienda, societa, bedrijf",
        Target.ROLE: "position, job title, role, organization title, organization 1 title, stelle, beruf, "
        "berufsbezeichnung, poste, fonction, intitule du poste, cargo, puesto, posizione, qualifica, "
        "functie, titel",
        Target.EMAIL: "email, e mail, email address, e mail address, mail, e mail adresse, adresse e mail, "
        "correo electronico, direccion de correo electronico, indirizzo e mail, endereco de e mail, "
        "e mailadres, other e mails",
        Target.LINK: "url, linkedin, profile url, linkedin url, website, web page, webpage, webseite, "
        "site web, pagina web, sitio web, sito web, other links",
        Target.MET: "met at, where you met",
        Target.REASON: "reason to write",
        Target.CONNECTED: "connected on, verbunden am, connexion le, entre en relation le, conectado el, "
        "fecha de conexion, collegato in data, conectado em, verbonden op",
        Target.KIND: "kind",
        Target.STAGE: "relationship, stage",
        Target.TAGS: "tags, labels, group membership, categories, kategorien, categories outlook, etiquetas, "
        "etichette",
        Target.NOTES: "notes, note, notizen, remarques, notas, notities",
    }.items()
    for heading in headings.split(", ")
}
NUMBERED = (
    (re.compile(r"e mail \d+ (value|address)|e mail \d+ adresse|e mail \d+$"), Target.EMAIL),
    (re.compile(r"website \d+ value"), Target.LINK),
)
# What only one program writes: enough of these, and the file is from there.
MARKS = {
    Kind.GOOGLE: (
        {"given name", "e mail 1 value"},
        {"first name", "e mail 1 value"},
        {"first name", "labels"},
    ),
    Kind.CMETRACK: ({"relationship", "reason to write", "other e mails"},),
    Kind.OUTLOOK: ({"e mail address", "business phone"}, {"e mail address", "job title", "company"}),
}
LINKEDIN = {Target.FIRST, Target.LAST, Target.EMAIL, Target.ORGANISATION, Target.ROLE, Target.CONNECTED}


def plain(heading: str) -> str:
    """A heading without capitals, accents and punctuation."""
    letters = unicodedata.normalize("NFKD", heading.casefold())
    kept = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(re.sub(r"[^\w]+|_", " ", kept).split())


def target_of(heading: str) -> str:
    """What a column of this heading holds, empty when we cannot tell."""
    name = plain(heading)
    for pattern, target in NUMBERED:
        if pattern.fullmatch(name):
            return target
    return HEADINGS.get(name, "")


def recognised(cells: list[str]) -> int:
    """How many of these cells are headings we know."""
    return len({target for cell in cells if (target := target_of(cell))})


def mapping_of(header: list[str]) -> list[str]:
    """For each column what it holds. Of a second one for a thing a person has only one of: nothing."""
    mapping: list[str] = []
    for heading in header:
        target = target_of(heading)
        mapping.append("" if target in SINGLE and target in mapping else target)
    return mapping


def kind_of(header: list[str]) -> str:
    """Which program wrote a table with this header."""
    names, targets = {plain(heading) for heading in header}, set(mapping_of(header))
    for kind, sets in MARKS.items():
        if any(marks <= names for marks in sets):
            return kind
    return Kind.LINKEDIN if targets >= LINKEDIN else Kind.CSV
