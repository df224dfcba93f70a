"""The front door."""

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from simpul.accounts.services import create_user
from simpul.kernel.actor import System
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db  # whose Simpul this is stands on every page


@pytest.fixture(autouse=True)
def _somebodys(db: None) -> None:
    """An empty Simpul shows its six questions instead (tests/web/firstrun)."""
    create_user(System("test"), now=NOW)


def page(client: Client, address: str = "/") -> str:
    return client.get(address).content.decode()


def test_home_is_public_and_indonesian_first(client: Client) -> None:
    html = page(client)
    assert '<html lang="id">' in html
    assert "Dari aduan warga ke kebijakan yang berubah." in html
    assert "noindex" not in html


def test_home_follows_the_cookie_and_not_the_browser(client: Client) -> None:
    assert '<html lang="id">' in client.get("/", headers={"accept-language": "en"}).content.decode()
    client.cookies["bahasa"] = "en"
    assert "From a citizen's complaint to a policy" in page(client)


def test_home_of_the_demo_is_stamped_and_says_how_to_start_empty(client: Client, settings: Settings) -> None:
    settings.DEMO = False
    assert "DATA CONTOH" not in page(client)
    settings.DEMO = True
    html = page(client)
    assert "DATA CONTOH" in html
    assert "<code>./run --empty</code>" in html


def test_home_of_a_member_says_what_waits(cast: Cast) -> None:
    html = page(cast.ani.client())
    assert "<h1>Yang menunggu Anda</h1>" in html
    assert '<meta name="robots" content="noindex">' in html


def test_home_of_a_member_offers_the_tools_of_their_role(cast: Cast) -> None:
    assert 'href="/akses/"' in page(cast.budi.client())
    assert 'href="/akses/"' not in page(cast.ani.client())


def test_home_of_the_public_gives_no_cookie(client: Client) -> None:
    response = client.get("/")
    assert dict(response.cookies) == {}


@pytest.mark.parametrize("address", ["/cara-menghitung/", "/kerahasiaan/", "/aksesibilitas/"])
def test_pages_of_the_footer_ask_once_whose_simpul_this_is(
    client: Client, address: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    ("back", "lands"),
    [
        ("/kerahasiaan/?a=1", "/kerahasiaan/?a=1"),
        ("", "/"),
        ("kerahasiaan/", "/"),
        ("https://example.org/", "/"),
        ("//example.org/", "/"),
        ("/\\example.org/", "/"),
    ],
)
def test_language_returns_to_the_page_and_to_no_other_site(client: Client, back: str, lands: str) -> None:
    response = client.post("/bahasa/", {"bahasa": "en", "next": back})
    assert (response.status_code, response.headers["Location"]) == (302, lands)
    assert response.cookies["bahasa"].value == "en"


def test_language_unknown_changes_nothing(client: Client) -> None:
    assert "bahasa" not in client.post("/bahasa/", {"bahasa": "xx"}).cookies


def test_language_is_changed_by_posting_alone(client: Client) -> None:
    assert client.get("/bahasa/").status_code == 405


def test_language_needs_no_token() -> None:
    assert Client(enforce_csrf_checks=True).post("/bahasa/", {"bahasa": "en"}).status_code == 302


@pytest.mark.parametrize("address", ["/kerahasiaan/", "/gaya/ruang/kerja/", "/gaya/ruang/rahasia/"])
def test_pages_load_nothing_from_another_host(client: Client, address: str) -> None:
    html = page(client, address)
    assert re.findall(r'(?:src|href)="(https?:)?//[^"]*"[^>]*(?:rel="stylesheet"|></script>)', html) == []
    assert "script-src 'self';" in client.get(address).headers["Content-Security-Policy"]
