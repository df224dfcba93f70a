"""The pages of taking the register out: a password seen once, a file whose name says nothing, the same cost always."""

import re
from io import BytesIO
from pathlib import Path
from typing import Any

import msoffcrypto
import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from simpul.cases.export_kinds import Part
from simpul.cases.models import CaseExport
from simpul.cases.services.exports import prepare_export, request_export
from simpul.kernel.errors import Conflict
from simpul.kernel.ids import uuid7
from simpul.web.cases.exports.tasks import make_export
from tests.cast import Cast
from tests.factories.access import make_grant
from tests.factories.cases import NOW, make_case

NAME, PASSWORD = "Korban Contohwati", "Enam belas kata sandi"


@pytest.fixture(autouse=True)
def _own_folder(settings: Settings, tmp_path: Path) -> None:
    default = {**settings.STORAGES["default"], "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "default": default}


def a_case(cast: Cast) -> None:
    make_case(cast.lentera, types=["K.F"], victim={"name": NAME, "age_stated": 30}, narrative="Cerita")


def at(name: str, *keys: object) -> str:
    return reverse(f"register:{name}", args=keys)


def told(cast: Cast, **more: Any) -> dict[str, Any]:
    return {"key": str(uuid7()), "group": str(cast.lentera.pk), "kind": "xlsx", "reason": "Laporan SIMFONI", **more}


def password_in(page: str) -> str:
    found = re.search(r'<p class="code">([A-Z2-9-]{23})</p>', page)
    assert found
    return found[1]


def sheet(data: bytes, password: str) -> str:
    out = BytesIO()
    file = msoffcrypto.OfficeFile(BytesIO(data))
    file.load_key(password=password)
    file.decrypt(out)
    return str(list(openpyxl.load_workbook(out).worksheets[0].values))


def test_a_file_is_made_collected_and_opens_with_the_password_shown_once(cast: Cast) -> None:
    a_case(cast)
    browser, sent = cast.budi.client(), told(cast)
    page = browser.post(at("new"), sent)
    assert page["Cache-Control"] == "no-store"
    password = password_in(page.content.decode())
    export = CaseExport.objects.get()
    for path in (at("one", export.pk), at("list")):
        assert password not in browser.get(path).content.decode()
    assert password not in str(dict(browser.session))
    answer = browser.post(at("collect", export.pk), HTTP_RANGE="bytes=10-")  # each time is recorded: never in parts
    assert (answer.status_code, {"Accept-Ranges", "ETag"} & set(answer.headers)) == (200, set())
    assert re.fullmatch(r'attachment; filename="[0-9a-f]{8}\.xlsx"', answer["Content-Disposition"])
    assert answer["Cache-Control"] == "no-store"
    assert NAME not in sheet(answer.content, password)
    again = browser.post(at("new"), sent).content.decode()
    assert 'class="code"' not in again
    assert CaseExport.objects.count() == 1


def test_names_are_in_it_where_they_were_asked_for_with_a_reason(cast: Cast) -> None:
    a_case(cast)
    browser = cast.budi.client()
    wanted = {"unmasked": "on", "password": PASSWORD}
    refused = browser.post(at("new"), told(cast, **wanted))
    assert refused.status_code == 422
    assert PASSWORD not in refused.content.decode()
    page = browser.post(at("new"), told(cast, **wanted, unmasking_reason="Mencocokkan dengan dinas"))
    assert PASSWORD not in page.content.decode()
    assert NAME in sheet(browser.post(at("collect", CaseExport.objects.get().pk)).content, PASSWORD)


def test_a_weak_password_is_refused_and_never_printed_back(cast: Cast) -> None:
    a_case(cast)
    answer = cast.budi.client().post(at("new"), told(cast, password="rahasia123"))
    assert answer.status_code == 422
    assert "rahasia123" not in answer.content.decode()
    assert not CaseExport.objects.exists()


def test_a_long_one_is_the_workers(cast: Cast, monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    monkeypatch.setattr("simpul.web.cases.exports.views.AT_ONCE", 0)
    a_case(cast)
    browser = cast.budi.client()
    page = browser.post(at("new"), told(cast, password=PASSWORD))
    assert page.status_code == 200
    export = CaseExport.objects.get()
    assert browser.get(at("one", export.pk))["Refresh"] == "3"
    asked = (str(export.pk), str(cast.budi.actor.user_id), "id")
    for row in DBTaskResult.objects.all():
        assert PASSWORD not in str(row.args_kwargs)
    make_export.call(*asked)
    make_export.call(*asked)
    assert sheet(browser.post(at("collect", export.pk)).content, PASSWORD)


def test_what_was_called_back_says_so_and_what_was_downloaded_cannot_be(cast: Cast) -> None:
    a_case(cast)
    browser = cast.budi.client()
    for collected in (False, True):
        browser.post(at("new"), told(cast))
        export = CaseExport.objects.order_by("-id")[0]
        page = browser.get(at("one", export.pk)).content.decode()
        assert at("recall", export.pk) in page
        if collected:
            browser.post(at("collect", export.pk))
            assert at("recall", export.pk) not in browser.get(at("one", export.pk)).content.decode()
            assert browser.post(at("recall", export.pk)).status_code == 409
        else:
            assert browser.post(at("recall", export.pk)).status_code == 302
            assert browser.post(at("collect", export.pk)).status_code == 410


@pytest.mark.parametrize("many", [1, 3])
def test_the_pages_cost_the_same(cast: Cast, many: int, django_assert_max_num_queries: Any) -> None:
    a_case(cast)
    export = None
    for _ in range(many):
        export = request_export(
            cast.budi.actor, cast.lentera, kind="xlsx", part=Part(), reason="x", password=PASSWORD, now=NOW
        )
        prepare_export(cast.budi.actor, export, now=NOW)
    assert export is not None
    browser: Client = cast.budi.client()
    for path in (at("list"), at("one", export.pk), at("new")):
        browser.get(path)
        with django_assert_max_num_queries(12):
            assert browser.get(path).status_code == 200


def test_what_is_being_made_is_seen_by_who_asked_alone(cast: Cast) -> None:
    """Other coordinators may see none of what will be in it: they find it once a case that they see is."""
    a_case(cast)
    export = request_export(
        cast.budi.actor, cast.lentera, kind="xlsx", part=Part(), reason="Laporan", password=PASSWORD, now=NOW
    )
    make_grant(cast.ani.person, "coordinator", cast.lentera)  # type: ignore[arg-type]
    pages = {who: cast.played[who].client().get(at("one", export.pk)).content.decode() for who in ("budi", "ani")}
    assert "0 dari 1 kasus" in pages["budi"]
    assert "Laporan" not in pages["ani"]
    prepare_export(cast.budi.actor, export, now=NOW)
    assert "Laporan" in cast.ani.client().get(at("one", export.pk)).content.decode()


def test_the_password_is_shown_though_making_it_failed_at_first(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else nobody ever could open it, and sending the form again would say that it was shown."""

    def changed(*_args: Any, **_more: Any) -> None:
        raise Conflict("outdated")

    a_case(cast)
    browser, sent = cast.budi.client(), told(cast)
    monkeypatch.setattr("simpul.web.cases.exports.views.prepare_export", changed)
    password = password_in(browser.post(at("new"), sent).content.decode())
    monkeypatch.undo()
    assert 'class="code"' not in browser.post(at("new"), sent).content.decode()
    answer = browser.post(at("collect", CaseExport.objects.get().pk))
    assert sheet(answer.content, password)
