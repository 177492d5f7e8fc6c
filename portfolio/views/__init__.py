from portfolio.views.coverage import coverage
from portfolio.views.drafts import draft_create, draft_update
from portfolio.views.duplicates import duplicate
from portfolio.views.files import file_create, file_delete, file_download
from portfolio.views.formats import formats
from portfolio.views.quality import quality
from portfolio.views.samples import create, delete, detail, index, restore, trash, update
from portfolio.views.standing import confirm, look, look_again, move

__all__ = [
    "confirm",
    "coverage",
    "create",
    "delete",
    "detail",
    "draft_create",
    "draft_update",
    "duplicate",
    "file_create",
    "file_delete",
    "file_download",
    "formats",
    "index",
    "look",
    "look_again",
    "move",
    "quality",
    "restore",
    "trash",
    "update",
]
