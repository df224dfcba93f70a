"""Every error has a page that says what to do, in both languages, drawn without a query."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from simpul.kernel.errors import Conflict, Denied, Gone, Invalid, NotFound, TooSoon
from simpul.web import errors

RAISED: dict[str, Exception] = {
    "400": SuspiciousOperation("x"),
    "403": PermissionDenied(),
    "404": Http404(),
    "413": RequestDataTooBig("x"),
    "500": RuntimeError("a secret"),
    "Denied": Denied("audit.read"),
    "NotFound": NotFound("organisation"),
    "Invalid": Invalid("bad", message=gettext_lazy("Saved.")),
    "Conflict": Conflict("moved"),
    "NotNow": Conflict("not_ready", message=gettext_lazy("Saved.")),
    "Gone": Gone("ended", message=gettext_lazy("Saved.")),
    "TooSoon": TooSoon("too_many_tries", minutes=2, message=gettext_lazy("Saved.")),
    "507": OperationalError("database or disk is full"),
}
FASTER = "Ada yang lebih dulu"
STATUS = {"Denied": 403, "NotFound": 404, "Invalid": 422, "Conflict": 409, "NotNow": 409, "Gone": 410, "TooSoon": 429}


def view(request: HttpRequest, name: str) -> HttpResponse:
    raise RAISED[name]


@require_POST
def button(request: HttpRequest) -> HttpResponse:
    return HttpResponse("done")


urlpatterns = [path("raise/<slug:name>/", view), path("button/", button)]
handler400, handler403 = errors.bad_request, errors.denied
handler404, handler500 = errors.not_found, errors.broken

pytestmark = pytest.mark.urls(__name__)


@pytest.fixture
def browser() -> Client:
    return Client(raise_request_exception=False)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", RAISED)
@pytest.mark.parametrize(("language", "way"), [("id", "Ke beranda"), ("en", "To the front page")])
def test_error_says_what_to_do_in_the_language_of_the_reader(
    browser: Client, name: str, language: str, way: str
) -> None:
    browser.cookies["bahasa"] = language
    response = browser.get(f"/raise/{name}/")
    assert response.status_code == STATUS.get(name) or response.status_code == int(name)
    html = response.content.decode()
    assert f'<html lang="{language}">' in html
    assert way in html
    assert "a secret" not in html


def test_invalid_shows_its_message(browser: Client) -> None:
    assert "Tersimpan." in browser.get("/raise/Invalid/").content.decode()


def test_a_conflict_with_words_of_its_own_blames_nobody_for_being_faster(browser: Client) -> None:
    told, plain = (browser.get(f"/raise/{name}/").content.decode() for name in ("NotNow", "Conflict"))
    assert "Tersimpan." in told
    assert (FASTER in told, FASTER in plain) == (False, True)


def test_too_soon_says_how_long_to_wait(browser: Client) -> None:
    response = browser.get("/raise/TooSoon/")
    assert (response.status_code, response.headers["Retry-After"]) == (429, "120")
    assert "Tersimpan." in response.content.decode()


def test_what_is_over_says_that_trying_again_changes_nothing(browser: Client) -> None:
    html = browser.get("/raise/Gone/").content.decode()
    assert "Tersimpan." in html
    assert "mencoba lagi tidak mengubah apa pun" in html


def test_not_found_answers_as_an_address_that_leads_nowhere(browser: Client) -> None:
    assert browser.get("/raise/NotFound/").content.replace(b"/raise/NotFound/", b"") == browser.get(
        "/raise/404/"
    ).content.replace(b"/raise/404/", b"")


def test_denied_offers_to_sign_in_only_where_there_is_a_door(browser: Client) -> None:
    assert "Mungkin Anda belum masuk" in browser.get("/raise/Denied/").content.decode()


def test_the_address_of_a_button_opened_by_itself_says_so(browser: Client) -> None:
    response = browser.get("/button/", headers={"accept": "text/html,*/*"})
    assert (response.status_code, response.headers["Allow"]) == (405, "POST")
    assert "Ini alamat sebuah tombol" in response.content.decode()


def test_a_program_gets_no_page_for_a_method_that_is_not_there(browser: Client) -> None:
    response = browser.get("/button/", headers={"accept": "application/json"})
    assert (response.status_code, response.content) == (405, b"")


def test_a_form_without_its_token_is_told_to_reload() -> None:
    response = Client(enforce_csrf_checks=True).post("/raise/400/")
    assert response.status_code == 403
    assert "terlalu lama terbuka" in response.content.decode()


def test_broken_answers_even_when_templates_are_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: Any) -> str:
        raise RuntimeError

    monkeypatch.setattr(errors.loader, "render_to_string", fail)
    response = errors.broken(HttpRequest())
    assert response.status_code == 500
    assert "Coba lagi" in response.content.decode()
