"""Office files from before 2007 for tests, made in code: the container, and as much inside as matters."""

import struct
from dataclasses import dataclass, field

NONE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
SECTOR = 512
STORAGE, STREAM, ROOT = 1, 2, 5


@dataclass
class Entry:
    """A place in the container: a storage with children, or a stream with content."""

    name: str
    kind: int
    content: bytes = b""
    children: list = field(default_factory=list)
    number: int = 0
    following: int = NONE
    first: int = END

    def child(self, name, kind):
        found = next((child for child in self.children if child.name == name), None)
        if found is None:
            found = Entry(name, kind)
            self.children.append(found)
        return found

    def packed(self):
        text = self.name.encode("utf-16-le") + b"\0\0"
        child = self.children[0].number if self.children else NONE
        return (
            text.ljust(64, b"\0")
            + struct.pack("<HBB", len(text), self.kind, 1)
            + struct.pack("<LLL", NONE, self.following, child)
            + bytes(36)
            + struct.pack("<LQ", self.first, len(self.content))
        )


def ole(streams):
    """An old Office file with these streams by path; every name on the way is a storage."""
    root = Entry("Root Entry", ROOT)
    for path, content in streams.items():
        at = root
        *storages, name = path.split("/")
        for storage in storages:
            at = at.child(storage, STORAGE)
        # Below 4096 bytes a stream would lie elsewhere, in a place this does not write.
        at.child(name, STREAM).content = content.ljust(4096, b"\0")
    return _packed(_numbered(root))


def _numbered(root):
    entries, waiting = [], [root]
    while waiting:
        entry = waiting.pop(0)
        entry.number = len(entries)
        entries.append(entry)
        waiting += entry.children
    for entry in entries:
        for child, following in zip(entry.children, entry.children[1:], strict=False):
            child.following = following.number
    return entries


def _packed(entries):
    sectors, table = [], []

    def add(content):
        first = len(sectors)
        content += bytes(-len(content) % SECTOR)
        sectors.extend(content[at : at + SECTOR] for at in range(0, len(content), SECTOR))
        table.extend([*range(first + 1, len(sectors)), END])
        return first

    for entry in entries:
        if entry.kind == STREAM:
            entry.first = add(entry.content)
    directory = add(b"".join(entry.packed() for entry in entries))
    tables = len(sectors) // (SECTOR // 4 - 1) + 1
    places = range(len(sectors), len(sectors) + tables)
    table += [FAT] * tables
    table += [NONE] * (tables * SECTOR // 4 - len(table))
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    header += bytes(6) + struct.pack("<LLLLLLLLL", 0, tables, directory, 0, 4096, END, 0, END, 0)
    header += struct.pack("<109L", *places, *[NONE] * (109 - tables))
    return header + b"".join(sectors) + struct.pack(f"<{len(table)}L", *table)


def summary(codepage=1252, encoding="cp1252", **told):
    """The stream in which an old Office file names people."""
    numbers = {"title": 2, "subject": 3, "author": 4, "keywords": 5, "comments": 6, "last_saved_by": 8}
    texts = {numbers[key]: value.encode(encoding) for key, value in told.items()}
    return _property_set("e0859ff2f94f6810ab9108002b27b3d9", codepage, texts)


def company(name):
    """The stream in which it names a company."""
    return _property_set("02d5cdd59c2e1b10939708002b2cf9ae", 1252, {15: name.encode()})


def _property_set(name, codepage, texts):
    values = [(1, struct.pack("<Lhxx", 2, codepage))]
    for number, text in texts.items():
        ended = text + b"\0"
        values.append((number, struct.pack("<LL", 30, len(ended)) + ended + bytes(-len(ended) % 4)))
    table, content = b"", b""
    for number, value in values:
        table += struct.pack("<LL", number, 8 + 8 * len(values) + len(content))
        content += value
    section = struct.pack("<LL", 8 + len(table) + len(content), len(values)) + table + content
    return struct.pack("<HHL16xL", 0xFFFE, 0, 2, 1) + bytes.fromhex(name) + struct.pack("<L", 48) + section


def doc(streams=None, flags=0):
    word = struct.pack("<HHHHHH", 0xA5EC, 0xC1, 0, 0, 0, flags)
    return ole({"WordDocument": word, **(streams or {})})


def ppt(streams=None, slides=b""):
    return ole({"PowerPoint Document": slides, "Current User": b"", **(streams or {})})


def xls(records=(), streams=None):
    begin, end = (0x809, bytes(16)), (0x0A, b"")
    workbook = b"".join(
        struct.pack("<HH", kind, len(content)) + content for kind, content in (begin, *records, end)
    )
    return ole({"Workbook": workbook, **(streams or {})})


def sheet(state=0, kind=0):
    """The record that names a sheet."""
    return 0x85, struct.pack("<LBBB", 0, state, kind, 4) + b"Plan"
