from portfolio.views.coverage import coverage
from portfolio.views.drafts import draft_create, draft_update
from portfolio.views.duplicates import duplicate
from portfolio.views.files import file_create, file_delete, file_download
from portfolio.views.formats import formats
from portfolio.views.links import (
    link_create,
    link_detail,
    link_down,
    link_index,
    link_publish,
    link_revoke,
    link_up,
    link_update,
)
from portfolio.views.pages import page, page_file
from portfolio.views.previews import file_pages, file_preview
from portfolio.views.quality import quality
from portfolio.views.redaction import file_redact, file_unredact
from portfolio.views.reviews import (
    review_accept,
    review_create,
    review_reconsider,
    review_set_aside,
    review_withdraw,
)
from portfolio.views.samples import create, delete, detail, index, restore, trash, update
from portfolio.views.showings import showing_create, showing_delete, showing_restore
from portfolio.views.standing import confirm, look, look_again, move, unconfirm

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
    "file_pages",
    "file_preview",
    "file_redact",
    "file_unredact",
    "formats",
    "index",
    "link_create",
    "link_detail",
    "link_down",
    "link_index",
    "link_publish",
    "link_revoke",
    "link_up",
    "link_update",
    "look",
    "look_again",
    "move",
    "page",
    "page_file",
    "quality",
    "restore",
    "review_accept",
    "review_create",
    "review_reconsider",
    "review_set_aside",
    "review_withdraw",
    "showing_create",
    "showing_delete",
    "showing_restore",
    "trash",
    "unconfirm",
    "update",
]
