"""What every operation keeps to, whichever it is."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import Client

from simpul.accounts.models import ApiToken
from simpul.api.middleware import asked_language
from simpul.api.models import Answer
from simpul.audit.models import Act
from simpul.organisations.models import Confirmation, Organisation
from tests.api.conftest import Program, problem
from tests.cast import Cast

pytestmark = pytest.mark.django_db
LIST = "/api/v1/organisations"
Programs = Callable[..., Program]


def one(organisation: Organisation) -> str:
    return f"{LIST}/{organisation.pk}"


# Who calls


def test_a_session_is_no_way_in(cast: Cast) -> None:
    browser = cast.dewi.client()
    problem(browser.get("/api/v1/me"), 401, "token_needed")
    sent = json.dumps({"kind": "OT.T", "name": "Dipalsukan"})
    problem(browser.post(LIST, sent, content_type="application/json"), 401)
    assert not Organisation.objects.filter(name="Dipalsukan").exists()
    assert "Cookie" not in browser.get(LIST).headers["Vary"]
    assert browser.get("/akun/").status_code == 200, "and the session is still there for the pages"


def test_a_form_of_another_site_writes_nothing(cast: Cast) -> None:
    """No CSRF token is asked for because nothing that a browser sends by itself opens anything."""
    browser = Client(enforce_csrf_checks=True)
    browser.cookies = cast.dewi.client().cookies
    problem(browser.post(LIST, {"kind": "OT.T", "name": "Dipalsukan"}), 401)
    problem(browser.post(LIST, '{"kind": "OT.T", "name": "Dipalsukan"}', content_type="text/plain"), 401)


def test_what_a_form_can_send_is_not_read_even_with_a_token(cast: Cast, program: Programs) -> None:
    headers = {"Authorization": f"Bearer {program(cast.dewi).secret}"}
    problem(Client().post(LIST, {"kind": "OT.T", "name": "Dipalsukan"}, headers=headers), 415)
    sent = '{"kind": "OT.T", "name": "Dipalsukan"}'
    problem(Client().post(LIST, sent, content_type="text/plain", headers=headers), 415)


@pytest.mark.parametrize("header", ["Bearer ", "Bearer simpul_x", "Basic YTpi", f"Bearer simpul_{'a' * 46}", "x"])
def test_a_token_that_opens_nothing_is_refused_even_where_none_is_needed(header: str) -> None:
    answer = Client().get(LIST, headers={"Authorization": header})
    problem(answer, 401, "token_refused")
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_revoked_token_is_refused_at_once(cast: Cast, program: Programs) -> None:
    budi = program(cast.budi)
    assert budi.get("/api/v1/me").json()["scopes"]
    ApiToken.objects.update(expires_at=ApiToken.objects.get().made_at + timedelta(seconds=0.001))
    problem(budi.get("/api/v1/me"), 401)


def test_the_token_tells_what_it_can_use(cast: Cast, program: Programs) -> None:
    told = program(cast.budi, ["people:read"]).get("/api/v1/me").json()
    assert {h["permission"] for h in told["holdings"]} == {"person.read"}
    assert (told["kind"], told["organisation"]) == ("personal", None)


def test_a_token_without_the_scope_is_refused_whatever_its_person_may(cast: Cast, program: Programs) -> None:
    """By the operation's own scope, before anything is looked up: a neighbouring scope with the same right is none."""
    sent = {"network": str(cast.network.pk), "member": str(cast.support.pk)}
    refused = problem(program(cast.dewi, ["applications:write"]).post("/api/v1/memberships", sent), 403, "scope_needed")
    assert refused["needs"] == "memberships:write"
    assert program(cast.dewi, ["memberships:write"]).post("/api/v1/memberships", sent).status_code == 201


def test_an_act_names_the_token(cast: Cast, program: Programs) -> None:
    program(cast.budi).post(f"{one(cast.lentera)}/confirmations", {})
    act = Act.objects.get(act="organisations.confirm_active")
    assert act.purpose == ApiToken.objects.get().via
    assert act.person_id == cast.budi.person.pk  # type: ignore[union-attr]


@pytest.mark.parametrize(("kind", "limit"), [("public", 3), ("token", 2)])
def test_too_many_requests_wait(cast: Cast, program: Programs, settings: Any, kind: str, limit: int) -> None:
    settings.API_REQUESTS_PER_MINUTE = {"public": 3, "token": 2}
    caller = program(cast.budi) if kind == "token" else program()
    assert [caller.get(LIST).status_code for _ in range(limit)] == [200] * limit
    answer = caller.get(LIST)
    problem(answer, 429, "too_many_requests")
    assert 1 <= int(answer.headers["Retry-After"]) <= 60
    other = program(cast.dewi) if kind == "token" else Program(client=Client(REMOTE_ADDR="192.0.2.7"))
    assert other.get(LIST).status_code == 200


def test_guessing_tokens_is_counted_with_the_public(settings: Any) -> None:
    settings.API_REQUESTS_PER_MINUTE = {"public": 2, "token": 600}
    guess = Program(secret="simpul_guess")
    assert [guess.get(LIST).status_code for _ in range(3)] == [401, 401, 429]


# What is asked


@pytest.mark.parametrize(
    ("query", "field", "code"),
    [
        ({"limti": 5}, "limti", "unknown"),
        ({"limit": 0}, "limit", "not_as_described"),
        ({"limit": 101}, "limit", "not_as_described"),
        ({"limit": "x"}, "limit", "not_as_described"),
        ({"area": "lombok"}, "area", "not_as_described"),
        ({"kind": "OT.XX"}, "kind", "not_as_described"),
        ({"network": "x"}, "network", "not_as_described"),
        ({"active_since": "1/2/2024"}, "active_since", "not_as_described"),
        ({"active_since": "0099-01-01"}, "active_since", "not_as_described"),
        ({"q": ["a", "b"]}, "q", "not_as_described"),
        ({"q": "a\x00b"}, "q", "not_as_described"),
    ],
)
def test_a_wrong_filter_is_refused(program: Programs, query: dict[str, object], field: str, code: str) -> None:
    body = problem(program().get(LIST, query), 422, "invalid_input")
    assert (body["field"], body["errors"][0]["code"]) == (field, code)


@pytest.mark.parametrize("cursor", ["x", "W10", "WyJhIl0=", "eyJhIjoxfQ==", "//", "WyJcdTAwMDAiXQ"])
def test_a_made_up_cursor_is_no_error_of_ours(cast: Cast, program: Programs, cursor: str) -> None:
    for path in (LIST, f"/api/v1/networks/{cast.network.pk}/members"):
        assert program().get(path, {"after": cursor}).status_code in {200, 422}


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{", 400),
        (b"\xff\xfe", 400),
        (b'{"confirmed_on": NaN}', 400),
        (b'{"a": "\\u0000"}', 400),
        (b'{"a": "\\ud800"}', 400),
        (b"[" * 100_000, 400),
        (b"[]", 422),
        (b"null", 422),
        (b'{"confirmed": "2024-01-01"}', 422),
        (b'{"confirmed_on": 0}', 422),
        (b'{"confirmed_on": "2999-01-01"}', 422),
        (b" " * 3_000_000, 413),
    ],
)
def test_what_can_not_be_read_is_told_apart(cast: Cast, program: Programs, body: bytes, status: int) -> None:
    budi = program(cast.budi)
    answer = budi.client.generic(
        "post", f"{one(cast.lentera)}/confirmations", body, "application/json",
        headers={"Authorization": f"Bearer {budi.secret}"},
    )  # fmt: skip
    problem(answer, status)
    assert not Confirmation.objects.exists()


@pytest.mark.parametrize("path", ["/api/v1/nothing", f"{LIST}/x", f"{LIST}/00000000-0000-0000-0000-000000000000"])
def test_nothing_there_is_one_answer(program: Programs, path: str) -> None:
    assert problem(program().get(path), 404, "not_found") == problem(program().get("/api/v1/nowhere"), 404)


def test_what_is_hidden_answers_as_what_never_was(cast: Cast, program: Programs) -> None:
    Organisation.objects.filter(pk=cast.lentera.pk).update(in_safety_mode=True)
    never = problem(program().get(f"{LIST}/00000000-0000-0000-0000-000000000000"), 404)
    assert problem(program().get(one(cast.lentera)), 404) == never
    assert problem(program(cast.budi, []).get(one(cast.lentera)), 404) == never


def test_another_method_is_told_which_there_are(program: Programs) -> None:
    answer = program().send("delete", LIST)
    problem(answer, 405, "method_not_allowed")
    assert answer.headers["Allow"]


def test_head_is_get_without_a_body(cast: Cast) -> None:
    answer = Client().head(one(cast.lentera))
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["ETag"]


# Which language


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "id"),
        ("en", "en"),
        ("en-GB,en;q=0.9,id;q=0.8", "en"),
        ("id,en;q=0.5", "id"),
        ("fr,en;q=0.1", "en"),
        ("en;q=0", "id"),
        ("*", "id"),
        ("x" * 5000, "id"),
    ],
)
def test_language_is_the_one_asked_for(header: str, language: str) -> None:
    assert asked_language(header) == language


def test_errors_are_told_in_the_language_asked_for(program: Programs) -> None:
    english = problem(program().get("/api/v1/nothing", Accept_Language="en"), 404)
    indonesian = problem(program().get("/api/v1/nothing"), 404)
    assert (english["title"], indonesian["title"]) == ("Not found", "Tidak ditemukan")
    assert english["code"] == indonesian["code"]


# Copies and versions


def test_a_copy_that_is_still_true_is_not_sent_again(cast: Cast, program: Programs) -> None:
    answer = program().get(one(cast.lentera))
    again = program().get(one(cast.lentera), If_None_Match=answer.headers["ETag"])
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", answer.headers["ETag"])
    assert program().get(one(cast.lentera), If_None_Match=f'"x", W/{answer.headers["ETag"]}').status_code == 304
    Organisation.objects.filter(pk=cast.lentera.pk).update(website="https://contoh.id")
    assert program().get(one(cast.lentera), If_None_Match=answer.headers["ETag"]).status_code == 200


def test_what_a_token_reads_is_kept_by_no_cache(cast: Cast, program: Programs) -> None:
    public, mine = program().get(LIST), program(cast.budi).get(LIST)
    assert public.headers["Cache-Control"] == "public, no-cache"
    assert mine.headers["Cache-Control"] == "private, no-store"
    assert {"Authorization", "Accept-Language"} <= set(public.headers["Vary"].split(", "))


def test_any_page_of_the_web_reads_what_is_public_and_nothing_else(cast: Cast, program: Programs) -> None:
    assert program().get(LIST, Origin="https://contoh.id").headers["Access-Control-Allow-Origin"] == "*"
    mine = program(cast.budi).get(LIST, Origin="https://contoh.id")
    asking = Client().options(
        LIST, headers={"Origin": "https://contoh.id", "Access-Control-Request-Headers": "authorization"}
    )
    writing = program().post(LIST, {}, Origin="https://contoh.id")
    for answer in (mine, asking, writing):
        assert "Access-Control-Allow-Origin" not in answer.headers
    assert "Access-Control-Allow-Credentials" not in program().get(LIST).headers


def test_a_change_names_the_version_it_was_made_to(cast: Cast, program: Programs) -> None:
    budi, path = program(cast.budi), one(cast.lentera)
    for tag in ("", "*", '"x"', '"v1"', "v1-00000000000000000000"):
        problem(budi.patch(path, {"volunteers": 3}, **({"If_Match": tag} if tag else {})), 428, "etag_needed")
    tag = budi.get(path).headers["ETag"]
    changed = budi.patch(path, {"volunteers": 3, "founded": "2009-05"}, If_Match=f"W/{tag}")
    assert changed.json()["profile"]["founded"] == "2009-05"
    refused = problem(budi.patch(path, {"volunteers": 4, "founded": "2010"}, If_Match=tag), 412, "edited_meanwhile")
    assert refused["theirs"] == {"founded": "2009-05", "volunteers": 3}
    assert refused["yours"] == {"founded": "2010", "volunteers": 4}
    assert Organisation.objects.get(pk=cast.lentera.pk).volunteers == 3
    assert budi.patch(path, {"volunteers": 4}, If_Match=changed.headers["ETag"]).status_code == 200


def test_two_who_see_different_fields_have_different_tags(cast: Cast, program: Programs) -> None:
    Organisation.objects.filter(pk=cast.lentera.pk).update(npwp="012345678901234")
    public, budi = program().get(one(cast.lentera)), program(cast.budi).get(one(cast.lentera))
    assert "npwp" not in public.json()["profile"]
    assert budi.json()["profile"]["npwp"] == "012345678901234"
    assert public.headers["ETag"] != budi.headers["ETag"]


# Keys


def test_a_write_with_a_key_is_done_once(cast: Cast, program: Programs) -> None:
    dewi, sent = program(cast.dewi), {"kind": "OT.T", "name": "Komunitas Baca Contoh"}
    first = dewi.post(LIST, sent, Idempotency_Key="satu")
    again = dewi.post(LIST, sent, Idempotency_Key="satu")
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.content == again.content
    assert {name: first.headers[name] for name in ("ETag", "Location")} == {
        name: again.headers[name] for name in ("ETag", "Location")
    }
    assert again.headers["Idempotent-Replayed"] == "true"
    assert Organisation.objects.filter(name=sent["name"]).count() == 1
    assert dewi.post(LIST, sent, Idempotency_Key="dua").json()["id"] != first.json()["id"]


def test_a_key_is_for_one_request_and_one_token(cast: Cast, program: Programs) -> None:
    dewi, joko = program(cast.dewi), program(cast.joko)
    dewi.post(LIST, {"kind": "OT.T", "name": "Satu"}, Idempotency_Key="a")
    problem(dewi.post(LIST, {"kind": "OT.T", "name": "Dua"}, Idempotency_Key="a"), 422, "idempotency_key_reused")
    answer = joko.post(LIST, {"kind": "OT.T", "name": "Tiga"}, Idempotency_Key="a")
    assert (answer.status_code, answer.json()["name"]) == (201, "Tiga")
    problem(program().post(LIST, {"kind": "OT.T", "name": "Empat"}, Idempotency_Key="a"), 401)


def test_what_was_refused_may_be_mended_under_the_same_key(cast: Cast, program: Programs) -> None:
    dewi = program(cast.dewi)
    problem(dewi.post(LIST, {"kind": "OT.T", "name": " "}, Idempotency_Key="a"), 422, "name_needed")
    assert not Answer.objects.exists()
    assert dewi.post(LIST, {"kind": "OT.T", "name": "Satu"}, Idempotency_Key="a").status_code == 201


def test_a_kept_answer_is_sealed_and_forgotten_after_a_day(cast: Cast, program: Programs) -> None:
    budi = program(cast.budi)
    sent = {"organisation": str(cast.lentera.pk), "role": "volunteer", "name": "Warga Rahasia"}
    assert budi.post("/api/v1/people", sent, Idempotency_Key="a").status_code == 201
    assert "Warga Rahasia" not in str(Answer.objects.values())
    Answer.objects.update(made_at=Answer.objects.get().made_at - timedelta(hours=24))
    assert budi.post("/api/v1/people", sent, Idempotency_Key="b").status_code == 201
    assert Answer.objects.count() == 1


@pytest.mark.parametrize("key", ["", "a b", "x" * 201, "é"])
def test_a_key_has_a_shape(cast: Cast, program: Programs, key: str) -> None:
    problem(program(cast.dewi).post(LIST, {"kind": "OT.T", "name": "A"}, Idempotency_Key=key), 422, "idempotency_key")


# Pages


def test_pages_lead_on_to_the_end_without_a_gap(cast: Cast, program: Programs) -> None:
    path: str | None = f"{LIST}?limit=2"
    names: list[str] = []
    while path:
        answer = program().get(path)
        names += [item["name"] for item in answer.json()["items"]]
        assert ("Link" in answer.headers) == bool(answer.json()["next"])
        path = answer.json()["next"]
    assert names == sorted(names)
    assert len(names) == Organisation.objects.count()


def test_members_of_a_network_come_in_pages(cast: Cast, program: Programs) -> None:
    first = program().get(f"/api/v1/networks/{cast.network.pk}/members", {"limit": 1})
    second = program().get(first.json()["next"])
    found = [item["name"] for answer in (first, second) for item in answer.json()["items"]]
    assert found == [cast.forum.name, cast.lentera.name]
    assert second.json()["next"] is None


def test_nothing_of_a_token_is_in_an_address_or_a_log(
    cast: Cast, program: Programs, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("DEBUG"):
        budi = program(cast.budi)
        budi.get(LIST, {"limit": 1})
        budi.get("/api/v1/nothing")
    assert budi.secret not in caplog.text
    assert django_settings.API_REQUESTS_PER_MINUTE["token"] > 0


@pytest.mark.parametrize("rows", [1, 3])
def test_a_list_asks_the_same_however_long(
    cast: Cast, program: Programs, django_assert_max_num_queries: Any, rows: int
) -> None:
    with django_assert_max_num_queries(8):
        assert len(program().get(LIST, {"limit": rows}).json()["items"]) == rows
