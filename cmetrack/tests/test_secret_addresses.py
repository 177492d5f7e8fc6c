"""What stands behind a secret address is kept by nobody, and neither is the news that there is nothing."""

import pytest
from django.urls import reverse

from cmetrack.secret_addresses import KEPT_PRIVATE, new_token
from cmetrack.tests.test_access import BY_SECRET, alices_rows, any_address, arguments_for  # noqa: F401


def headers_of(response):
    response.close()
    return {name: response.get(name) for name in KEPT_PRIVATE}


def test_no_two_tokens_are_the_same_and_each_fits_in_an_address():
    tokens = {new_token() for _ in range(100)}

    assert len(tokens) == 100
    assert {len(token) for token in tokens} == {43}


@pytest.mark.parametrize("name", sorted(BY_SECRET))
def test_such_a_page_is_kept_private(client, alices_rows, name):  # noqa: F811
    response = client.get(reverse(name, kwargs=arguments_for(name, alices_rows)))

    assert response.status_code == 200
    assert headers_of(response) == KEPT_PRIVATE


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(BY_SECRET))
def test_an_address_that_leads_nowhere_tells_no_more(client, name):
    response = client.get(any_address(name))

    assert response.status_code == 404
    assert headers_of(response) == KEPT_PRIVATE
    assert "There is nothing at this address" in response.content.decode()
    # Its own style is let in, also where the page itself would allow no stylesheet.
    assert "default-src 'self'" in response["Content-Security-Policy"]
