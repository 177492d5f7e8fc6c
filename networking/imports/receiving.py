"""A chosen file to a batch whose rows wait: nothing of it reaches the contacts yet."""

from networking.imports.cards import COLUMNS, is_cards, table_of_cards
from networking.imports.columns import Kind, kind_of, mapping_of
from networking.imports.decoding import text_of
from networking.imports.tables import Table, table_of
from networking.models import Contact, ImportBatch, ImportRow

AT_ONCE = 2000


def read(content: bytes) -> tuple[str, Table, list[str]]:
    """What kind of file this is, its table, and what each column holds as far as we can tell.

    Raises:
        UnreadableError: there are no people in it that we could read.
    """
    text = text_of(content)
    if is_cards(text):
        return Kind.VCARD, table_of_cards(text), list(COLUMNS)
    table = table_of(text)
    return kind_of(table.header), table, mapping_of(table.header)


def fill(batch: ImportBatch, kind: str, table: Table, mapping: list[str]) -> None:
    """Make an unsaved batch ready for what was read."""
    batch.kind, batch.header, batch.mapping = kind, table.header, mapping
    if kind == Kind.LINKEDIN:
        # They accepted: that is what a connection is.
        batch.stage = Contact.Stage.CONNECTED


def keep_rows(batch: ImportBatch, table: Table) -> None:
    """Write the rows down beside their batch, those that cannot be used with the reason."""
    usable = [_row(batch, number, cells=cells) for number, cells in table.rows]
    refused = [
        _row(batch, number, outcome=ImportRow.Outcome.UNUSABLE, note=reason)
        for number, reason in table.refused
    ]
    ImportRow.objects.bulk_create([*usable, *refused], batch_size=AT_ONCE)


def _row(batch: ImportBatch, number: int, **fields: object) -> ImportRow:
    return ImportRow(owner_id=batch.owner_id, batch=batch, number=number, **fields)
