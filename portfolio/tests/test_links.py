"""Pages for strangers, as their owner makes, orders, renews and closes them."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cmetrack.saving import NotSavedError
from portfolio.forms import ShareLinkForm
from portfolio.forms.sharing import TAKEN
from portfolio.models import Sample, ShareDay, ShareItem, ShareLink
from portfolio.sharing import count_look, put_on_page
from portfolio.showing import generic_line
from portfolio.tests.factories import make_sample, make_sample_file, make_share_link, make_shareable

ADD = reverse("portfolio:link-create")


def of(link, name="detail", *more):
    return reverse(f"portfolio:link-{name}", args=[link.pk, *more])


def titles(link):
    return [item.sample.title for item in link.items.all()]


def post(client, address=ADD, **fields):
    return client.post(address, {"title": "Cardiology samples", **fields})


def test_makes_a_page_with_the_chosen_samples(as_alice, alice):
    chosen = make_shareable(alice, title="Chosen")
    file = make_sample_file(chosen)
    make_shareable(alice, title="Left out")

    response = post(as_alice, samples=[chosen.pk], introduction="Two pieces.", reader="Lena")

    link = ShareLink.objects.get()
    assert response["Location"] == link.get_absolute_url()
    assert (link.owner, link.introduction, link.reader, link.password) == (alice, "Two pieces.", "Lena", "")
    assert [(item.sample, item.file) for item in link.items.all()] == [(chosen, file)]
    assert len(link.token) == 43


def test_offers_only_what_may_be_shown(as_alice, alice, bob):
    make_shareable(alice, title="Mine")
    make_shareable(alice, title="In general words", permission="refused", quality_checked_on=None)
    make_shareable(alice, title="Waiting", permission="requested")
    make_shareable(alice, title="Unchecked", quality_checked_on=None)
    make_sample(alice, title="Draft", status="draft")
    make_shareable(bob, title="Somebody else’s")

    form = as_alice.get(ADD).context["form"]

    assert {sample.title for sample in form.candidates} == {"Mine", "In general words"}


@pytest.mark.parametrize("fields", [{"permission": "not_asked"}, {"status": "draft"}])
def test_refuses_a_sample_that_may_not_be_shown(as_alice, alice, fields):
    make_shareable(alice)
    sample = make_shareable(alice, **fields)

    response = post(as_alice, samples=[sample.pk])

    assert response.status_code == 422
    assert "samples" in response.context["form"].errors
    assert not ShareLink.objects.exists()


def test_says_what_the_others_lack(as_alice, alice):
    make_shareable(alice)
    unchecked = make_shareable(alice, quality_checked_on=None)

    lacking = as_alice.get(ADD).context["form"].lacking()

    assert lacking == [(unchecked, ["Quality checklist: 0 of 0 answered."])]


def test_starts_with_the_sample_that_led_here(as_alice, alice):
    make_shareable(alice, title="Other")
    sample = make_shareable(alice, title="This one")

    form = as_alice.get(ADD, {"sample": sample.pk}).context["form"]

    assert [row.title for row, is_chosen, _ in form.choices() if is_chosen] == ["This one"]
    assert as_alice.get(ADD, {"sample": "nonsense"}).status_code == 200


def test_refuses_somebody_elses_sample(as_alice, alice, bob):
    make_shareable(alice)

    assert post(as_alice, samples=[make_shareable(bob).pk]).status_code == 422
    assert not ShareItem.objects.exists()


def test_says_what_is_missing_and_keeps_what_was_typed(as_alice, alice):
    make_shareable(alice)

    response = post(as_alice, introduction="Kept", title="")

    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"title", "samples"}
    assert "Kept" in response.text


def test_a_double_click_makes_one_page(as_alice, alice):
    sample = make_shareable(alice)
    number = as_alice.get(ADD).context["form"].initial["submission_id"]

    for _ in range(2):
        post(as_alice, samples=[sample.pk], submission_id=number)

    assert ShareLink.objects.count() == ShareItem.objects.count() == 1


def test_a_day_that_has_passed_is_refused(as_alice, alice):
    sample = make_shareable(alice)
    yesterday = timezone.localdate() - timedelta(1)

    assert "expires_on" in post(as_alice, samples=[sample.pk], expires_on=yesterday).context["form"].errors


def test_editing_keeps_order_and_versions_and_adds_at_the_end(as_alice, alice):
    first, second, third = (make_shareable(alice, title=title) for title in ("First", "Second", "Third"))
    old = make_sample_file(second)
    link = make_share_link(alice, second, first)
    make_sample_file(second)

    post(as_alice, of(link, "update"), samples=[first.pk, second.pk, third.pk])

    assert titles(link) == ["Second", "First", "Third"]
    assert link.items.get(sample=second).file == old


def test_an_edit_over_an_unseen_one_is_told(as_alice, alice):
    sample = make_shareable(alice)
    link = make_share_link(alice, sample)
    seen = as_alice.get(of(link, "update")).context["form"].initial["revision"]
    post(as_alice, of(link, "update"), samples=[sample.pk], title="From one tab", revision=seen)

    response = post(as_alice, of(link, "update"), samples=[sample.pk], title="From another", revision=seen)

    assert response.status_code == 422
    link.refresh_from_db()
    assert link.title == "From one tab"


def test_moves_samples_up_and_down(as_alice, alice):
    link = make_share_link(alice, *(make_shareable(alice, title=title) for title in "ABC"))
    first, _, last = link.items.all()

    as_alice.post(of(link, "up", last.pk))
    assert titles(link) == ["A", "C", "B"]
    as_alice.post(of(link, "down", first.pk))
    assert titles(link) == ["C", "A", "B"]
    as_alice.post(of(link, "up", last.pk))
    as_alice.post(of(link, "up", last.pk))
    assert titles(link) == ["C", "A", "B"]


def test_the_ends_stay_where_they_are(as_alice, alice):
    link = make_share_link(alice, *(make_shareable(alice, title=title) for title in "AB"))
    first, last = link.items.all()

    as_alice.post(of(link, "up", first.pk))
    as_alice.post(of(link, "down", last.pk))

    assert titles(link) == ["A", "B"]


def test_a_newer_version_waits_until_it_is_published(as_alice, alice):
    sample = make_shareable(alice)
    old = make_sample_file(sample)
    link = make_share_link(alice, sample)
    new = make_sample_file(sample)
    item = link.items.get()

    placed = as_alice.get(of(link)).context["items"][0]
    assert (item.file, placed.newer, placed.obstacles) == (old, new, [])
    as_alice.post(of(link, "publish", item.pk), {"file": new.pk})

    item.refresh_from_db()
    assert item.file == new


def test_the_version_that_the_button_named_is_published_or_none(as_alice, alice):
    """A third version came in after the page was opened: nobody has looked at that one here."""
    sample = make_shareable(alice)
    old = make_sample_file(sample)
    link = make_share_link(alice, sample)
    named = make_sample_file(sample)
    make_sample_file(sample)
    item = link.items.get()

    for sent in ({"file": named.pk}, {"file": "x"}, {}):
        response = as_alice.post(of(link, "publish", item.pk), sent, follow=True)

    assert "The files have changed since you opened this page." in response.text
    item.refresh_from_db()
    assert item.file == old


def test_a_sample_in_the_trash_keeps_its_version_and_says_where_it_is(as_alice, alice):
    sample = make_shareable(alice)
    old = make_sample_file(sample)
    link = make_share_link(alice, sample)
    new = make_sample_file(sample)
    item = link.items.get()
    sample.trash()

    response = as_alice.post(of(link, "publish", item.pk), {"file": new.pk}, follow=True)

    assert "Not yet. It is in the trash." in response.text
    assert f'class="row-title" href="{reverse("portfolio:trash")}"' in response.text
    item.refresh_from_db()
    assert item.file == old


@pytest.mark.parametrize("deed", ["up", "down", "publish"])
def test_a_closed_page_stays_as_it_was(as_alice, alice, deed):
    sample, other = make_shareable(alice), make_shareable(alice)
    old = make_sample_file(sample)
    link = make_share_link(alice, sample, other)
    new = make_sample_file(sample)
    before = [*link.items.values_list("sample", "position", "file")]
    item = link.items.get(sample=sample if deed != "up" else other)
    link.revoke(timezone.now())

    response = as_alice.post(of(link, deed, item.pk), {"file": new.pk}, follow=True)

    assert "This page is closed" in response.text
    assert [*link.items.values_list("sample", "position", "file")] == before
    assert before[0] == (sample.pk, 1, old.pk)


def test_a_page_whose_samples_are_in_the_trash_can_still_be_edited(as_alice, alice):
    sample = make_shareable(alice)
    link = make_share_link(alice, sample)
    sample.trash()

    page = as_alice.get(of(link, "update")).text
    as_alice.post(of(link, "update"), {"title": "Until June", "revision": link.revision})

    link.refresh_from_db()
    assert "Samples of this page are in the trash." in page
    assert (link.title, link.items.get().sample) == ("Until June", sample)


def test_a_refused_sample_says_how_it_would_appear(as_alice, alice):
    sample = make_shareable(alice, permission="refused", therapeutic_area="oncology")

    page = as_alice.get(reverse("portfolio:link-create")).text

    assert f"Refused, so the page says only “<bdi>{generic_line(sample)}</bdi>”" in page


def test_a_version_that_was_not_checked_is_not_published(as_alice, alice):
    sample = make_shareable(alice)
    old = make_sample_file(sample)
    link = make_share_link(alice, sample)
    make_sample_file(sample)
    sample.check_quality(None)

    response = as_alice.post(of(link, "publish", link.items.get().pk), follow=True)

    assert link.items.get().file == old
    assert "Not yet." in response.text


def test_closing_is_for_good_and_keeps_its_first_moment(as_alice, alice):
    link = make_share_link(alice, make_shareable(alice))

    assert as_alice.get(of(link, "revoke")).status_code == 200
    as_alice.post(of(link, "revoke"))
    link.refresh_from_db()
    closed = link.revoked_at
    as_alice.post(of(link, "revoke"))

    link.refresh_from_db()
    assert link.revoked_at == closed is not None
    assert as_alice.get(of(link, "update"))["Location"] == link.get_absolute_url()
    assert as_alice.get(of(link)).context["state"] == "Closed"


@pytest.mark.parametrize(
    ("name", "asked", "told", "kept"),
    [
        (
            None,
            "Its address stops working at once and for good. You can make a new page with a new address. "
            "Your samples stay as they are.",
            "“Cardiology samples” is closed. Its address leads nowhere from now on.",
            "It leads nowhere any more.",
        ),
        (
            "ana",
            "Its address stops working at once. Its name, “ana”, stays yours: you can give it to a new "
            "public portfolio, and nobody else can take it. Your samples stay as they are.",
            "“Cardiology samples” is closed. "
            "Its address leads nowhere until you give its name to a new page.",
            "This page is closed. Its name, “ana”, stays yours for a new public portfolio.",
        ),
    ],
)
def test_says_what_becomes_of_the_address_when_it_is_closed(as_alice, alice, name, asked, told, kept):
    link = make_share_link(alice, make_shareable(alice), address_name=name)

    assert f'<p class="lead">{asked}</p>' in as_alice.get(of(link, "revoke")).text
    done = as_alice.post(of(link, "revoke"), follow=True)

    assert [str(message) for message in done.context["messages"]] == [told]
    assert f"<p>{kept} What somebody opened before, they may have copied.</p>" in done.text


@pytest.mark.parametrize("name", ["", "Alice Moreau"])
def test_warns_when_readers_see_nobodys_name(as_alice, alice, name):
    alice.name = name
    alice.save()
    link = make_share_link(alice, make_shareable(alice))
    warning = (
        "Readers do not see whose page it is. Add your name to "
        f'<a href="{reverse("accounts:profile")}">your profile</a>.'
    )

    assert (warning in as_alice.get(of(link)).text) is (name == "")


def test_its_owner_sees_what_a_stranger_sees_in_the_order_chosen(as_alice, client, alice):
    link = make_share_link(alice, *(make_shareable(alice, title=title) for title in "ABC"))
    for sample in Sample.objects.all():
        make_sample_file(sample)
    last = link.items.last()

    as_alice.post(of(link, "up", last.pk))

    seen = client.get(link.public_url).text
    assert re.findall(r"<h2><bdi>(.)</bdi>", seen) == ["A", "C", "B"]
    assert as_alice.get(link.public_url).text == seen


class TestPublicPortfolio:
    def test_takes_a_name(self, as_alice, alice):
        sample = make_shareable(alice)

        post(as_alice, samples=[sample.pk], address_name="Ana-Ribeiro", is_indexed="on")

        link = ShareLink.objects.get()
        assert (link.address_name, link.is_indexed) == ("ana-ribeiro", True)
        assert link.public_url == "/s/ana-ribeiro/"

    @pytest.mark.parametrize("name", ["review", "files", "ab", "no spaces", "ünïcode"])
    def test_refuses_a_name_that_cannot_be(self, as_alice, alice, name):
        sample = make_shareable(alice)

        response = post(as_alice, samples=[sample.pk], address_name=name)

        assert set(response.context["form"].errors) == {"address_name"}

    def test_refuses_a_name_that_is_or_was_anothers(self, as_alice, alice, bob):
        make_share_link(bob, address_name="ana").revoke(timezone.now())
        sample = make_shareable(alice)

        response = post(as_alice, samples=[sample.pk], address_name="ana-ribeiro")
        assert response.status_code == 302
        response = post(as_alice, samples=[sample.pk], address_name="ana")
        assert "address_name" in response.context["form"].errors

    def test_there_is_one_at_a_time(self, as_alice, alice):
        sample = make_shareable(alice)
        make_share_link(alice, sample, address_name="ana-ribeiro")

        response = post(as_alice, samples=[sample.pk], address_name="another")

        assert "already" in str(response.context["form"].errors["address_name"])

    def test_a_double_click_makes_one_and_leads_to_it(self, as_alice, alice):
        number = as_alice.get(ADD).context["form"].initial["submission_id"]
        form = {"samples": [make_shareable(alice).pk], "address_name": "Ana-Ribeiro", "submission_id": number}

        answers = [post(as_alice, **form) for _ in range(2)]

        link = ShareLink.objects.get()
        assert [(answer.status_code, answer["Location"]) for answer in answers] == [
            (302, link.get_absolute_url())
        ] * 2
        assert ShareItem.objects.count() == 1

    def test_the_same_form_with_another_name_is_another_page(self, as_alice, alice):
        number = as_alice.get(ADD).context["form"].initial["submission_id"]
        form = {"samples": [make_shareable(alice).pk], "submission_id": number}
        post(as_alice, **form, address_name="ana-ribeiro")

        response = post(as_alice, **form, address_name="another")

        assert "already" in str(response.context["form"].errors["address_name"])

    @pytest.mark.parametrize("is_new", [True, False])
    def test_a_name_taken_while_the_form_is_saved_is_said_beside_it(self, alice, bob, is_new):
        link = ShareLink(owner=alice) if is_new else make_share_link(alice)
        data = {"title": "Mine", "samples": [make_shareable(alice).pk], "address_name": "ana"}
        form = ShareLinkForm(data, instance=link, today=timezone.localdate())
        assert form.is_valid()
        make_share_link(bob, address_name="ana")

        with pytest.raises(NotSavedError) as problem:
            form.save()

        assert (str(problem.value), problem.value.field) == (TAKEN, "address_name")
        assert not ShareItem.objects.for_user(alice).exists()

    @pytest.mark.parametrize("is_new", [True, False])
    def test_of_two_tabs_only_one_makes_a_public_portfolio(self, alice, is_new):
        link = ShareLink(owner=alice) if is_new else make_share_link(alice)
        data = {"title": "Mine", "samples": [make_shareable(alice).pk], "address_name": "ana-too"}
        form = ShareLinkForm(data, instance=link, today=timezone.localdate())
        assert form.is_valid()
        make_share_link(alice, title="Ana Ribeiro", address_name="ana")

        with pytest.raises(NotSavedError) as problem:
            form.save()

        said = "“Ana Ribeiro” is your public portfolio already. Close it first."
        assert (str(problem.value), problem.value.field) == (said, "address_name")
        assert [*ShareLink.objects.exclude(address_name=None).values_list("title", flat=True)] == [
            "Ana Ribeiro"
        ]

    def test_a_closed_one_gives_its_name_to_the_next(self, as_alice, alice):
        sample = make_shareable(alice)
        old = make_share_link(alice, sample, address_name="ana-ribeiro")
        old.revoke(timezone.now())

        post(as_alice, samples=[sample.pk], address_name="ana-ribeiro")

        old.refresh_from_db()
        assert (old.address_name, old.former_name) == (None, "ana-ribeiro")
        assert ShareLink.objects.get(address_name="ana-ribeiro").revoked_at is None

    @pytest.mark.parametrize("name", ["another", ""])
    def test_keeps_its_name_so_that_nobody_else_can_take_it(self, as_alice, alice, name):
        sample = make_shareable(alice)
        link = make_share_link(alice, sample, address_name="ana-ribeiro")

        response = post(as_alice, of(link, "update"), samples=[sample.pk], address_name=name)

        assert set(response.context["form"].errors) == {"address_name"}
        link.refresh_from_db()
        assert link.address_name == "ana-ribeiro"

    def test_is_not_listed_without_a_name_or_with_a_password(self, as_alice, alice):
        sample = make_shareable(alice)

        unnamed = post(as_alice, samples=[sample.pk], is_indexed="on")
        locked = post(
            as_alice, samples=[sample.pk], is_indexed="on", address_name="ana", new_password="long enough"
        )

        assert set(unnamed.context["form"].errors) == {"is_indexed"}
        assert set(locked.context["form"].errors) == {"is_indexed"}


class TestPasswords:
    def test_is_kept_as_a_hash(self, as_alice, alice):
        post(as_alice, samples=[make_shareable(alice).pk], new_password="rosebud rosebud")

        stored = ShareLink.objects.get().password
        assert stored
        assert "rosebud" not in stored

    def test_stays_when_nothing_is_typed_and_goes_when_asked(self, as_alice, alice):
        sample = make_shareable(alice)
        link = make_share_link(alice, sample, password="a-hash")

        post(as_alice, of(link, "update"), samples=[sample.pk])
        link.refresh_from_db()
        assert link.password == "a-hash"
        post(as_alice, of(link, "update"), samples=[sample.pk], without_password="on")
        link.refresh_from_db()
        assert link.password == ""

    def test_a_short_one_is_refused(self, as_alice, alice):
        response = post(as_alice, samples=[make_shareable(alice).pk], new_password="short")

        assert set(response.context["form"].errors) == {"new_password"}


class TestIndex:
    def test_shows_own_pages_with_their_looks(self, as_alice, alice, bob):
        link = make_share_link(alice, make_shareable(alice), make_shareable(alice))
        count_look(link, timezone.localdate())
        count_look(link, timezone.localdate() - timedelta(1))
        make_share_link(bob, make_shareable(bob))

        rows = as_alice.get(reverse("portfolio:link-index")).context["rows"]

        assert [(row.title, row.samples, state, looks) for row, state, looks in rows] == [
            ("Cardiology samples", 2, "Open", 2)
        ]

    @pytest.mark.parametrize("count", [1, 5])
    def test_query_count_does_not_grow(self, as_alice, alice, count, django_assert_num_queries):
        for _ in range(count):
            make_share_link(alice, make_shareable(alice))

        with django_assert_num_queries(6):
            as_alice.get(reverse("portfolio:link-index"))

    @pytest.mark.parametrize("count", [1, 5])
    def test_query_count_of_one_page_does_not_grow(self, as_alice, alice, count, django_assert_num_queries):
        samples = [make_shareable(alice) for _ in range(count)]
        for sample in samples:
            make_sample_file(sample)
        link = make_share_link(alice, *samples)
        for sample in samples:
            make_sample_file(sample)
            sample.check_quality(None)

        with django_assert_num_queries(11):
            as_alice.get(of(link))


def test_says_how_often_it_was_opened(as_alice, alice):
    link = make_share_link(alice, make_shareable(alice))
    today = timezone.localdate()
    for day in (today, today, today - timedelta(3), today - timedelta(40)):
        count_look(link, day)

    looks = as_alice.get(of(link)).context["looks"]

    assert looks.total == 4
    assert [(bar.day, bar.count) for bar in looks.days] == [(today, 2), (today - timedelta(3), 1)]
    assert ShareDay.objects.count() == 3


def test_putting_the_same_samples_on_twice_doubles_nothing(alice):
    sample = make_shareable(alice)
    link = make_share_link(alice, sample)

    put_on_page(link, [sample])

    assert titles(link) == [sample.title]


def test_says_how_each_sample_is_shown(as_alice, alice):
    refused = make_shareable(alice, permission="refused", therapeutic_area="oncology")
    public = make_shareable(alice, permission="public_link", external_url="https://example.org/a")
    link = make_share_link(alice, refused, public, withdrawn := make_shareable(alice))
    Sample.objects.filter(pk=withdrawn.pk).update(permission="requested")

    placed = as_alice.get(of(link)).context["items"]

    assert [row.is_shown for row in placed] == [True, True, False]
    assert placed[0].shown_as.startswith("Only as “needs assessment, oncology")
    assert placed[1].shown_as == "With its link."
    assert placed[2].obstacles == ["Permission: asked, waiting."]


def test_what_lies_in_the_trash_comes_back_to_its_page(as_alice, alice):
    stays, goes = make_shareable(alice, title="Stays"), make_shareable(alice, title="Goes")
    link = make_share_link(alice, goes, stays)
    goes.trash()

    post(as_alice, of(link, "update"), samples=[stays.pk])
    goes.restore()

    assert titles(link) == ["Goes", "Stays"]


def test_a_refused_sample_leaves_its_pages_when_it_is_released_unchecked(as_alice, client, alice):
    sample = make_shareable(alice, title="Gout at night", permission="refused", quality_checked_on=None)
    link = make_share_link(alice, sample)
    fields = {"title": sample.title, "format": sample.format_id, "status": "ready", "origin": sample.origin}

    as_alice.post(reverse("portfolio:update", args=[sample.pk]), {**fields, "permission": "granted_full"})
    as_alice.post(reverse("portfolio:look", args=[sample.pk]))

    assert Sample.objects.get().permission == "granted_full"
    assert "Gout at night" not in client.get(link.public_url).text


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("address_name", "Vera Novák", "Use only letters from a to z, digits and hyphens"),
        ("new_password", "meow", "Use at least 8 characters."),
    ],
)
def test_says_in_plain_words_what_may_be_typed(as_alice, alice, field, typed, told):
    response = post(as_alice, samples=[make_shareable(alice).pk], **{field: typed})

    assert response.status_code == 422
    assert response.context["form"].errors[field][0].startswith(told)
    assert not ShareLink.objects.exists()


@pytest.mark.parametrize("deed", ["up", "down", "publish"])
def test_an_endless_number_is_not_found(as_alice, deed):
    assert as_alice.post(f"/portfolio/links/99999999999999999999/items/1/{deed}/").status_code == 404
