"""Whatever a file holds: nothing half-written, a second time changes nothing, an undo restores exactly."""

import csv
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from conftest import make_user
from networking.imports.undoing import take_back
from networking.models import Contact, ImportBatch
from networking.tests.factories import make_contact, make_organisation
from networking.tests.imports import bring, snapshot

# Few values, so that rows meet each other and those who are here already.
NAMES = st.sampled_from(["Ana Silva", "ana  silva", "Bo Lind", "Cia", "", "=1+1", "Zoë\u202eX"])
PLACES = st.sampled_from(["", "Meridian", "meridian", "Nord"])
EMAILS = st.sampled_from(["", "ana@example.org", "ANA@example.org", "bo@example.org", "no address"])
PROFILES = st.sampled_from(
    ["", "https://www.linkedin.com/in/ana", "linkedin.com/in/ANA/", "https://x.example/bo", "javascript:x"]
)
TEXTS = st.sampled_from(["", "Editor", "@SUM(A1)", "Tag, tag , TAG"])
ROW = st.tuples(NAMES, PLACES, EMAILS, EMAILS, PROFILES, TEXTS, TEXTS, st.sampled_from(["", "u1", "u2"]))
HEADER = ("Name", "Company", "E-mail", "E-mail 2", "URL", "Position", "Tags", "Number")
EXAMPLES = settings(suppress_health_check=[HealthCheck.too_slow], max_examples=40)


def a_table(rows):
    text = StringIO()
    csv.writer(text).writerows([HEADER, *rows])
    return text.getvalue()


class TestAnyFile(TestCase):
    def setup_example(self):
        super().setup_example()
        self.alice = make_user("alice@example.org")
        nord = make_organisation(self.alice, name="Nord")
        make_contact(self.alice, name="Ana Silva", organisation=nord, role_title="Lead", tags="tag")
        make_contact(self.alice, name="Cia").trash()

    @EXAMPLES
    @given(st.lists(ROW, max_size=8))
    def test_a_second_time_changes_nothing(self, rows):
        bring(self.alice, a_table(rows))
        before = snapshot(self.alice)

        again = bring(self.alice, a_table(rows))

        assert snapshot(self.alice) == before
        assert set(again.rows.values_list("outcome", flat=True)) <= {"same", "unusable"}

    @EXAMPLES
    @given(st.lists(ROW, max_size=8), st.lists(ROW, max_size=8))
    def test_an_undo_restores_exactly(self, first, second):
        bring(self.alice, a_table(first))
        before = snapshot(self.alice)
        batch = bring(self.alice, a_table(second))

        take_back(batch.pk)

        assert snapshot(self.alice) == before

    @EXAMPLES
    @given(st.lists(ROW, max_size=6), st.lists(ROW, max_size=6), st.booleans())
    def test_two_files_undone_in_any_order_leave_nothing(self, first, second, is_last_first):
        before = snapshot(self.alice)
        batches = [bring(self.alice, a_table(rows)).pk for rows in (first, second)]

        for pk in reversed(batches) if is_last_first else batches:
            take_back(pk)

        assert snapshot(self.alice) == before

    @EXAMPLES
    @given(st.lists(ROW, max_size=8))
    def test_every_row_with_a_name_is_somebody_and_no_other_is(self, rows):
        batch = bring(self.alice, a_table(rows))

        told = {row.number: bool(row.contact_id) for row in batch.rows.all()}
        # The header is row 1, and an empty row is none.
        expected = {n: bool(row[0]) for n, row in enumerate(rows, 2) if any(row)}
        assert told == expected
        assert batch.finished_at is not None

    @EXAMPLES
    @given(st.binary(max_size=300) | st.text(max_size=200).map(str.encode))
    def test_no_file_makes_an_error_page_or_writes_before_it_is_confirmed(self, content):
        people = Contact.objects.count()
        self.client.force_login(self.alice, "allauth.account.auth_backends.AuthenticationBackend")
        file = SimpleUploadedFile("people.csv", content)

        chosen = self.client.post(reverse("networking:import-index"), {"file": file})

        assert chosen.status_code in (302, 422)
        if chosen.status_code == 302:
            batch = ImportBatch.objects.latest("pk")
            for step in ("columns", "preview"):
                page = self.client.get(reverse(f"networking:import-{step}", args=[batch.pk]))
                assert page.status_code == 200
        assert Contact.objects.count() == people


@pytest.mark.django_db
def test_a_slice_is_written_whole_or_not_at_all(alice, monkeypatch):
    """What a worker that is killed leaves behind: whole slices, and the rest still waiting."""
    monkeypatch.setattr("networking.imports.writing.AT_ONCE", 3)
    calls = []

    def die_in_the_second(batch, *args, **kwargs):
        calls.append(batch)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return original(batch, *args, **kwargs)

    from networking.imports import writing

    original = writing._Slice._fill
    monkeypatch.setattr(writing._Slice, "_fill", die_in_the_second)
    rows = "".join(f"Person {n},Place {n}\n" for n in range(8))
    with pytest.raises(KeyboardInterrupt):
        bring(alice, f"Name,Company\n{rows}")
    batch = ImportBatch.objects.get()
    after_death = Contact.objects.count(), batch.rows.pending().count()

    writing.write_some(batch.pk, 60)

    batch.refresh_from_db()
    assert after_death == (3, 5)
    assert (Contact.objects.count(), batch.rows.pending().count()) == (8, 0)
    assert batch.finished_at is not None
