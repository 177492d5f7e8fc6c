"""What the tests of imports share: bringing a file along, and what the network looks like."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from networking.imports.receiving import fill, keep_rows, read
from networking.imports.writing import write_some
from networking.models import Contact, ContactDetail, ImportBatch, Organisation

LINKEDIN = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
ANA = (
    "Ana,Silva,https://www.linkedin.com/in/ana-silva,ana@example.org,Meridian,Content director,15 Mar 2024\n"
)
BO = "Bo,Lind,https://www.linkedin.com/in/bo-lind,,Nord,Editor,1 Apr 2024\n"


def a_file(content=LINKEDIN + ANA + BO, name="Connections.csv"):
    return SimpleUploadedFile(name, content if isinstance(content, bytes) else content.encode())


def choose(client, *args, **kwargs):
    """Choose a file on the page; the batch that came of it."""
    client.post(reverse("networking:import-index"), {"file": a_file(*args, **kwargs)})
    return ImportBatch.objects.latest("pk")


def make_import(owner, content=LINKEDIN + ANA + BO):
    """A file that was chosen and is not confirmed yet."""
    batch = ImportBatch(owner=owner, file_name="people.csv")
    kind, table, mapping = read(content if isinstance(content, bytes) else content.encode())
    fill(batch, kind, table, mapping)
    batch.save()
    keep_rows(batch, table)
    return batch


def bring(owner, content=LINKEDIN + ANA + BO):
    """The whole way without the pages."""
    batch = make_import(owner, content)
    batch.confirm(timezone.now())
    write_some(batch.pk, 60)
    batch.refresh_from_db()
    return batch


def outcomes(batch):
    return list(batch.rows.order_by("number", "pk").values_list("number", "outcome"))


def snapshot(owner):
    """Everything an import may change, without what only says that something has changed."""
    aside = {"updated_at", "revision", "import_revisions"}
    names = [field.attname for field in Contact._meta.concrete_fields if field.attname not in aside]
    return (
        list(Contact.objects.filter(owner=owner).order_by("pk").values(*names)),
        list(Organisation.objects.filter(owner=owner).order_by("pk").values("pk", "name")),
        list(ContactDetail.objects.filter(owner=owner).order_by("pk").values("contact", "kind", "value")),
    )
