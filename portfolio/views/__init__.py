from portfolio.views.files import file_create, file_delete, file_download
from portfolio.views.formats import formats
from portfolio.views.previews import file_pages, file_preview
from portfolio.views.quality import quality
from portfolio.views.redaction import file_redact, file_unredact
from portfolio.views.samples import create, delete, detail, index, move, restore, trash, update

__all__ = [
    "create",
    "delete",
    "detail",
    "file_create",
    "file_delete",
    "file_download",
    "file_pages",
    "file_preview",
    "file_redact",
    "file_unredact",
    "formats",
    "index",
    "move",
    "quality",
    "restore",
    "trash",
    "update",
]
