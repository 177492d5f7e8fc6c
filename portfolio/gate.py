"""The password of a page for strangers: how it is kept, asked for and remembered."""

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare, salted_hmac

from cmetrack.counting import count, counted
from portfolio.models import ShareLink

# Of one reader, and of everybody together: guessing from many machines is slowed down as well.
TRIES = 10
TRIES_OF_ALL = 100
PAUSE = 10 * 60
OPEN_FOR = 12 * 60 * 60


def set_password(link: ShareLink, password: str) -> None:
    """Ask for `password` from now on, or for none if it is empty. Whoever was let in must ask again."""
    link.password = make_password(password) if password else ""


def is_open(link: ShareLink, request: HttpRequest) -> bool:
    """Whether this browser may see the page: no password, its owner, or one that was let in."""
    if not link.password or request.user.pk == link.owner_id:
        return True
    return constant_time_compare(request.COOKIES.get(_cookie(link), ""), _proof(link))


def may_try(link: ShareLink, ip: str) -> bool:
    """Count a try and give True, or False when there were too many. The address is kept as a keyed digest.

    A try too many writes nothing: it neither fills the cache nor shuts out those who have tries left.
    """
    reader = salted_hmac("portfolio.gate.reader", ip, algorithm="sha256").hexdigest()
    mine, of_all = f"gate:{link.pk}:{reader}", f"gate:{link.pk}"
    with transaction.atomic():
        # One after the other: tries sent together would all read the same number before one is written.
        ShareLink.objects.select_for_update().get(pk=link.pk)
        if counted(of_all, PAUSE) >= TRIES_OF_ALL or counted(mine, PAUSE) >= TRIES:
            return False
        count(mine, PAUSE)
        count(of_all, PAUSE)
    return True


def is_right(link: ShareLink, password: str) -> bool:
    return check_password(password, link.password)


def let_in(link: ShareLink, response: HttpResponse, *, is_secure: bool) -> None:
    """Remember in this browser that the password was right, for this page only."""
    response.set_cookie(
        _cookie(link),
        _proof(link),
        max_age=OPEN_FOR,
        path=link.public_url,
        secure=is_secure,
        httponly=True,
        samesite="Lax",
    )


def _cookie(link: ShareLink) -> str:
    return f"page-{link.pk}"


def _proof(link: ShareLink) -> str:
    # Made from the stored password: a new password shuts out everybody again.
    return salted_hmac("portfolio.gate", f"{link.pk}:{link.password}", algorithm="sha256").hexdigest()
