"""Making a token, seeing its secret once, ending it."""

import re

import pytest
from django.test import Client

from simpul.accounts.models import ApiToken
from simpul.kernel.ids import uuid7
from simpul.web.http import SECOND_FACTOR
from tests.cast import Cast, Played

pytestmark = pytest.mark.django_db
SECRET = re.compile(r"simpul_[0-9A-Za-z]{46}")


def form(**more: object) -> dict[str, object]:
    return {"id": uuid7(), "name": "Rekap bulanan", "scopes": ["organisations:read"], "days": "30", **more}


def without_second_factor(played: Played) -> Client:
    browser = played.client()
    session = browser.session
    session[SECOND_FACTOR] = False
    session.save()
    return browser


def test_the_secret_is_shown_once_and_kept_by_no_cache(cast: Cast) -> None:
    browser, sent = cast.ani.client(), form()
    answer = browser.post("/akun/token/baru/", sent)
    found = SECRET.findall(answer.content.decode())
    assert len(found) == 1
    assert answer.headers["Cache-Control"] == "no-store"
    assert Client().get("/api/v1/me", headers={"Authorization": f"Bearer {found[0]}"}).json()["name"] == sent["name"]
    again = browser.post("/akun/token/baru/", sent)
    assert again.status_code == 422
    assert not SECRET.search(again.content.decode())
    listed = browser.get("/akun/token/").content.decode()
    assert "Rekap bulanan" in listed
    assert found[0][-4:] in listed
    assert not SECRET.search(listed)


def test_a_token_that_writes_needs_the_second_factor(cast: Cast) -> None:
    browser = without_second_factor(cast.ani)
    answer = browser.post("/akun/token/baru/", form(scopes=["threads:write"]))
    assert answer.status_code == 422
    assert "kode setelah kata sandi" in answer.content.decode()
    assert not ApiToken.objects.exists()
    assert browser.post("/akun/token/baru/", form()).status_code == 200


def test_only_scopes_that_would_let_something_through_are_offered(cast: Cast) -> None:
    ani = cast.ani.client().get("/akun/token/baru/").content.decode()
    dewi = cast.dewi.client().get("/akun/token/baru/").content.decode()
    assert 'value="people:write"' not in ani
    assert 'value="people:write"' in dewi
    assert cast.ani.client().post("/akun/token/baru/", form(scopes=["people:write"])).status_code == 422


def test_what_was_typed_stays_where_something_is_missing(cast: Cast) -> None:
    answer = cast.ani.client().post("/akun/token/baru/", form(days=""))
    assert answer.status_code == 422
    assert 'value="Rekap bulanan"' in answer.content.decode()


def test_ending_a_token_closes_it_at_once(cast: Cast) -> None:
    browser = cast.ani.client()
    secret = SECRET.findall(browser.post("/akun/token/baru/", form()).content.decode())[0]
    token = ApiToken.objects.get()
    assert "Rekap bulanan" in browser.get(f"/akun/token/{token.pk}/akhiri/").content.decode()
    assert browser.post(f"/akun/token/{token.pk}/akhiri/").status_code == 302
    assert Client().get("/api/v1/me", headers={"Authorization": f"Bearer {secret}"}).status_code == 401
    assert "Rekap bulanan" not in browser.get("/akun/token/").content.decode()


def test_a_token_of_the_organisation_names_who_answers_for_it(cast: Cast) -> None:
    path = f"/akses/token/{cast.lentera.pk}/"
    answer = cast.budi.client().post(f"{path}baru/", form())
    secret = SECRET.findall(answer.content.decode())[0]
    told = Client().get("/api/v1/me", headers={"Authorization": f"Bearer {secret}"}).json()
    assert (told["kind"], told["organisation"]) == ("service", str(cast.lentera.pk))
    page = cast.kartika.client().get(path).content.decode()
    assert "Budi" in page
    assert "Rekap bulanan" in page
    assert "Rekap bulanan" not in cast.budi.client().get("/akun/token/").content.decode()


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_reference_tells_every_operation(client: Client, language: str) -> None:
    client.cookies["bahasa"] = language
    page = client.get("/api/").content.decode()
    paths = client.get("/api/v1/openapi.json", headers={"Accept-Language": language}).json()["paths"]
    for path, methods in paths.items():
        assert f"<code>{path}</code>" in page
        for operation in methods.values():
            assert f'id="{operation["operationId"]}"' in page
    assert ("Cari organisasi" in page) == (language == "id")
    assert re.findall(r"<script(?![^>]* src=)", page) == []


def test_the_reference_is_light(client: Client) -> None:
    answer = client.get("/api/", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert len(answer.content) < 60_000  # it grows with the operations; a page on a phone may weigh 80 kB


@pytest.mark.parametrize("tokens", [1, 3])
def test_the_list_asks_the_same_however_long(cast: Cast, django_assert_max_num_queries: object, tokens: int) -> None:
    browser = cast.budi.client()
    for _ in range(tokens):
        browser.post("/akun/token/baru/", form())
        browser.post(f"/akses/token/{cast.lentera.pk}/baru/", form())
    for path in ("/akun/token/", f"/akses/token/{cast.lentera.pk}/"):
        with django_assert_max_num_queries(9):  # type: ignore[operator]
            assert browser.get(path).content.decode().count("Rekap bulanan") >= tokens
