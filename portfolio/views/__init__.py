from portfolio.views.files import file_create, file_delete, file_download
from portfolio.views.formats import formats
from portfolio.views.quality import quality
from portfolio.views.reviews import (
    review_accept,
    review_create,
    review_reconsider,
    review_set_aside,
    review_withdraw,
)
from portfolio.views.samples import create, delete, detail, index, move, restore, trash, update

__all__ = [
    "create",
    "delete",
    "detail",
    "file_create",
    "file_delete",
    "file_download",
    "formats",
    "index",
    "move",
    "quality",
    "restore",
    "review_accept",
    "review_create",
    "review_reconsider",
    "review_set_aside",
    "review_withdraw",
    "trash",
    "update",
]
