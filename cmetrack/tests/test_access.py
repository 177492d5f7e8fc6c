"""Every address of ours: private unless listed here, and nobody reaches another person's rows."""

from collections.abc import Iterator

import pytest
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from accounts.models import User
from milestones.models import QuizAttempt
from milestones.tests.factories import make_attempt, make_milestone, make_question, make_step
from networking.models import (
    CalendarFeed,
    Contact,
    Interaction,
    Opportunity,
    Organisation,
    OwnTemplate,
    PeopleChange,
)
from networking.tests.factories import make_interaction, make_opportunity, make_own_template
from networking.tests.imports import make_import
from portfolio.models import PrivateShowing, ReviewRequest, SampleFile, ShareItem
from portfolio.tests.factories import (
    make_review,
    make_sample_file,
    make_share_link,
    make_shareable,
    make_showing,
)
from progress.digests import stop_token

OURS = {"progress", "milestones", "networking", "portfolio", "sharing", "accounts"}
# Whoever adds a name here publishes a page. allauth's own pages carry their own marks.
PUBLIC = {"progress:today", "healthz", "favicon"}
# Pages that strangers open by a secret in the address; anything else there does not exist.
BY_SECRET = {
    "networking:calendar-feed",
    "progress:digest-stop",
    "sharing:page",
    "sharing:file",
    "sharing:review",
    "sharing:review-file",
}
# Pages about content that is the same for all: their arguments name no private row.
ABOUT_CONTENT = {
    "milestones:acknowledge",
    "milestones:competency",
    "milestones:detail",
    "milestones:preview",
    "milestones:preview-quiz",
    "milestones:preview-step",
    "milestones:quiz",
    "milestones:skip",
    "milestones:step",
    "milestones:note",
    "milestones:complete",
    "milestones:reopen",
    "milestones:check",
    "milestones:uncheck",
    "milestones:read",
    "milestones:unread",
    "networking:message",
    "networking:message-check",
}

type Arguments = dict[str, int | str]


def our_patterns() -> Iterator[tuple[str, list[str]]]:
    """Name and argument names of every address of ours."""
    for entry in get_resolver().url_patterns:
        if isinstance(entry, URLPattern):
            yield str(entry.name), list(entry.pattern.converters)
        elif entry.app_name in OURS:
            for name, arguments in below(entry):
                yield f"{entry.app_name}:{name}", arguments


def below(entry: URLPattern | URLResolver) -> Iterator[tuple[str, list[str]]]:
    arguments = list(entry.pattern.converters)
    if isinstance(entry, URLPattern):
        yield str(entry.name), arguments
        return
    for child in entry.url_patterns:
        for name, further in below(child):
            yield name, [*arguments, *further]


PATTERNS = dict(our_patterns())
WITH_ROWS = sorted(
    name for name, arguments in PATTERNS.items() if arguments and name not in ABOUT_CONTENT | BY_SECRET
)


def any_address(name: str) -> str:
    values = {argument: "x" if argument == "slug" else 1 for argument in PATTERNS[name]}
    return reverse(name, kwargs=values)


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
def test_asks_strangers_to_sign_in(client, method):
    names = set(PATTERNS) - PUBLIC - BY_SECRET

    answers = {name: getattr(client, method)(any_address(name)) for name in names}

    asks = f"{reverse('account_login')}?next="
    assert {
        name for name, answer in answers.items() if not answer.headers.get("Location", "").startswith(asks)
    } == set()
    assert {answer.status_code for answer in answers.values()} == {302}


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(PUBLIC))
def test_shows_public_pages_to_all(client, name):
    response = client.get(any_address(name))

    assert response.status_code == 200 or response["Location"] == "/static/img/favicon.png"


@pytest.mark.parametrize("name", sorted(BY_SECRET))
def test_a_secret_opens_its_page_to_all_and_a_guess_opens_none(client, as_bob, alices_rows, name):
    address = reverse(name, kwargs=arguments_for(name, alices_rows))

    answers = [visitor.get(address) for visitor in (client, as_bob)]
    guesses = [visitor.get(any_address(name)) for visitor in (client, as_bob)]
    for answer in answers:
        answer.close()
    assert [answer.status_code for answer in answers] == [200, 200]
    assert [guess.status_code for guess in guesses] == [404, 404]


def rows_of(person: User) -> dict[str, Arguments]:
    """Arguments for every address that names one of a person's rows, by the longest matching prefix."""
    file = SampleFile.objects.for_user(person).first()
    contact = Contact.objects.for_user(person).recently_touched().first()
    item, showing = (
        ShareItem.objects.for_user(person).first(),
        PrivateShowing.objects.for_user(person).first(),
    )
    review = ReviewRequest.objects.for_user(person).answered().first()
    attempt = QuizAttempt.objects.for_user(person).select_related("milestone").first()
    return {
        "milestones:quiz-result": {"slug": attempt.milestone.slug, "pk": attempt.pk},
        "portfolio:link": {"pk": item.link_id, "item_pk": item.pk},
        "portfolio:showing": {"pk": file.sample_id, "showing_pk": showing.pk},
        "portfolio:review": {"pk": review.sample_id, "review_pk": review.pk},
        "sharing:": {"address": item.link.token, "item_pk": item.pk},
        "sharing:review": {"token": ReviewRequest.objects.for_user(person).get(answered_on=None).token},
        "portfolio:": {"pk": file.sample_id, "file_pk": file.pk, "page": 1},
        "progress:digest-stop": {"token": stop_token(person)},
        "networking:": {"pk": contact.pk},
        "networking:change-undo": {"pk": PeopleChange.objects.get_or_create(owner=person, kind="tags")[0].pk},
        "networking:calendar-feed": {"token": CalendarFeed.objects.get_or_create(owner=person)[0].token},
        "networking:import": {"pk": make_import(person).pk},
        # A touch is added below its contact; afterwards it has an address of its own.
        "networking:interaction": {"pk": Interaction.objects.for_user(person).first().pk},
        "networking:interaction-create": {"pk": contact.pk},
        "networking:organisation": {"pk": Organisation.objects.for_user(person).first().pk},
        "networking:own-template": {"pk": OwnTemplate.objects.for_user(person).first().pk},
        "networking:opportunity": {"pk": Opportunity.objects.for_user(person).first().pk},
    }


@pytest.fixture
def alices_rows(alice):
    file = make_sample_file(make_shareable(alice))
    make_showing(file.sample)
    make_share_link(alice, file.sample)
    make_review(file.sample, ["Clear."])
    make_review(file.sample, file=file)
    make_interaction(alice)
    make_opportunity(alice)
    make_own_template(alice)
    make_attempt(alice, make_question(make_milestone()).milestone)
    return rows_of(alice)


def arguments_for(name: str, rows: dict[str, Arguments]) -> Arguments:
    prefix = max((prefix for prefix in rows if name.startswith(prefix)), key=len)
    return {argument: rows[prefix][argument] for argument in PATTERNS[name]}


def test_other_peoples_rows_do_not_exist(as_bob, alices_rows):
    addresses = {name: reverse(name, kwargs=arguments_for(name, alices_rows)) for name in WITH_ROWS}

    answers = {
        name: {as_bob.get(address).status_code, as_bob.post(address).status_code}
        for name, address in addresses.items()
    }

    # A page that answers only the other method says so before it looks for the row; one of them looks.
    assert {name: found for name, found in answers.items() if found not in ({404}, {404, 405})} == {}


@pytest.mark.parametrize("name", WITH_ROWS)
def test_the_owner_finds_every_one_of_those_rows(as_alice, alices_rows, name):
    """Else the tests above would pass for addresses that nobody can reach."""
    address = reverse(name, kwargs=arguments_for(name, alices_rows))
    if name.endswith("restore"):
        as_alice.post(address.replace("restore", "delete"))

    answers = [as_alice.get(address), as_alice.post(address)]
    for answer in answers:
        answer.close()
    assert {answer.status_code for answer in answers} - {404, 405}


@pytest.mark.django_db(transaction=True)
def test_whoever_locks_a_row_has_begun_a_transaction(as_alice, alices_rows):
    """Other tests run inside one, so that PostgreSQL refuses a lock without any only here."""
    about = f"?contact={alices_rows['networking:']['pk']}"
    # Last those after which there is nothing left to lock.
    for name in sorted(WITH_ROWS, key=lambda name: (name.endswith("delete"), name)):
        as_alice.post(reverse(name, kwargs=arguments_for(name, alices_rows)) + about)


@pytest.mark.parametrize("name", sorted(ABOUT_CONTENT & set(PATTERNS)))
def test_content_pages_refuse_unknown_content(as_alice, name):
    make_step()
    values = {argument: "no-such" if argument == "slug" else 999_999 for argument in PATTERNS[name]}
    try:
        address = reverse(name, kwargs=values)
    except NoReverseMatch:
        pytest.fail(f"{name} has an argument this test does not know")

    assert 404 in {as_alice.get(address).status_code, as_alice.post(address).status_code}


def test_the_lists_above_name_only_pages_that_exist():
    assert set(PATTERNS) >= PUBLIC
    assert set(PATTERNS) >= ABOUT_CONTENT
    assert set(PATTERNS) >= BY_SECRET


@pytest.mark.parametrize(
    "address", ["/portfolio/99999999999999999999/", "/network/contacts/99999999999999999999/"]
)
def test_numbers_too_large_for_the_database_are_not_found(as_alice, address):
    assert as_alice.get(address).status_code == 404
