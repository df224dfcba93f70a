"""Pages of responses: the finding first, what is guarded kept, a line that goes out and comes in again."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from simpul.activities.models import ReportedNeed, ResponseActivity, SituationReport
from simpul.interop.services.applying import apply_rows
from simpul.interop.services.deciding import confirm_import
from simpul.interop.services.undoing import undo_import, undo_rows
from simpul.kernel.ids import uuid7
from tests.cast import Cast
from tests.factories.imports import checked
from tests.factories.organisations import make_organisation
from tests.factories.responses import DANGER, NOW, TODAY, make_line, make_need, make_response, reached
from tests.web.editing.forms import form_of

pytestmark = pytest.mark.django_db
Counted = Callable[[int], AbstractContextManager[Any]]


def english(client: Client, path: str, status: int = 200) -> str:
    client.cookies["bahasa"] = "en"
    answer = client.get(path)
    assert answer.status_code == status
    return answer.content.decode()


def test_the_page_says_the_finding_first_and_opens_into_rows() -> None:
    response = make_response()
    need = make_need(response)
    make_line(response)
    make_line(response)
    text = english(Client(), f"/tanggap/{response.pk}/")
    assert "1 need has nobody" in text
    assert f"/tanggap/kebutuhan/{need.line}/" in text
    assert "1 overlap" in text
    assert f"/tanggap/{response.pk}/kegiatan/?wilayah=52.03.05&amp;klaster=logistics&amp;pada=" in text


def test_a_guarded_line_says_no_village_no_split_and_no_note() -> None:
    response = make_response()
    said = {"cluster": "protection", "sub_cluster": "protection.children", "note": "Di balai desa", "place": "Balai"}
    line = make_line(response, reached=reached(girls=3, boys=1), **said)
    for path in (f"/tanggap/{response.pk}/kegiatan/", f"/tanggap/kegiatan/{line.line}/", f"/tanggap/{response.pk}/"):
        text = english(Client(), path)
        assert "Danger" not in text
        assert "Masbagik" not in text.split("<main", 1)[1].split("On the map")[0]
        assert "Balai" not in text
    file = b"".join(Client().get(f"/ekspor/tanggap/{response.pk}/4w.csv").streaming_content).decode()  # type: ignore[arg-type]
    assert "52.03.05" not in file
    assert "Balai" not in file


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("page", "queries"),
    [("", 11), ("kegiatan/", 6), ("kebutuhan/", 7), ("terjangkau/", 4), ("ganda/", 6), ("laporan/", 3)],
)
def test_a_page_asks_as_often_for_one_as_for_three(
    rows: int, page: str, queries: int, django_assert_max_num_queries: Counted
) -> None:
    response, key = make_response(), 0
    for key in range(rows):
        make_line(response, make_organisation(), activity="Paket pangan")
        make_need(response, what=f"Air {key}")
    with django_assert_max_num_queries(queries):
        assert Client().get(f"/tanggap/{response.pk}/{page}").status_code == 200


def test_a_line_is_told_on_its_page_once_however_often_it_is_sent(cast: Cast) -> None:
    response = make_response(cast.network)
    make_line(response)  # its area is known
    client = cast.ani.client()
    path = f"/tanggap/{response.pk}/kegiatan/catat/"
    sent = form_of(client, path) | {
        "cluster": "logistics",
        "sub_cluster": "logistics.food",
        "activity": "Paket pangan",
        "planned": "1.500",
        "area": DANGER,
        "status": "ongoing",
        "as_of": TODAY.isoformat(),
        "women": "12",
    }
    for _attempt in range(2):
        assert client.post(path, sent).status_code == 302
    row = ResponseActivity.objects.get(lead=cast.lentera)
    assert (int(row.planned or 0), row.women, row.untold, row.with_disability) == (1500, 12, 0, None)


def test_what_is_refused_stands_beside_its_field_and_nothing_typed_is_lost(cast: Cast) -> None:
    response = make_response(cast.network)
    client, path = cast.ani.client(), f"/tanggap/{response.pk}/kegiatan/catat/"
    sent = form_of(client, path) | {"activity": "Dapur umum", "lead": "Yayasan Tiada", "planned": "banyak"}
    answer = client.post(path, sent)
    assert answer.status_code == 422
    assert {"lead", "planned", "cluster", "area"} <= set(answer.context["form"].errors)
    assert 'value="Dapur umum"' in answer.content.decode()


def test_a_need_is_brought_up_to_date_upon_the_version_that_was_seen(cast: Cast) -> None:
    need = make_need(make_response(cast.network), reported_by=cast.lentera, reporter="")
    client, path = cast.ani.client(), f"/tanggap/kebutuhan/{need.line}/perbarui/"
    first, second = form_of(client, path), form_of(client, path)
    assert client.post(path, first | {"status": "met"}).status_code == 302
    late = client.post(path, second | {"status": "partly"})
    assert late.status_code == 422
    assert ReportedNeed.objects.get(line=need.line, superseded_at=None).status == "met"


def test_a_report_is_written_read_published_and_printed(cast: Cast) -> None:
    response = make_response(cast.network)
    make_line(response, reached=reached(women=30, men=20))
    client = cast.dewi.client()
    path = f"/tanggap/{response.pk}/laporan/tulis/"
    sent = form_of(client, path) | {"last_day": TODAY.isoformat(), "author": "Dewi", "progress-all": "Jalan terbuka."}
    client.post(path, sent)
    report = SituationReport.objects.get()
    assert "Jalan terbuka." in english(client, f"/tanggap/laporan/{report.pk}/")
    english(Client(), f"/tanggap/laporan/{report.pk}/", 404)
    client.post(f"/tanggap/laporan/{report.pk}/terbitkan/", {"version": report.version})
    assert "between 50 and 50 people" in english(Client(), f"/tanggap/laporan/{report.pk}/")
    printed = Client().get(f"/tanggap/laporan/{report.pk}.pdf")
    assert printed.content.startswith(b"%PDF")


def book(client: Client, response: object) -> list[list[Any]]:
    answer = client.get(f"/ekspor/tanggap/{response}/4w.xlsx")
    data = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[arg-type]
    sheet = load_workbook(BytesIO(data)).worksheets[0]
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def test_what_goes_out_has_a_row_of_hxl_tags_and_comes_in_again_as_the_same(cast: Cast) -> None:
    response = make_response(cast.network)
    line = make_line(response, cast.lentera, reached=reached(women=12, men=9, with_disability=2), unit="paket")
    head, tags, row = book(cast.dewi.client(), response.pk)
    told = dict(zip(tags, row, strict=True))
    assert (told["#org+prog"], told["#adm4+code"], told["#sector+code"]) == (cast.lentera.name, DANGER, "logistics")
    assert (told["#reached"], told["#reached+f+adults"], told["#reached+disabled"]) == (21, 12, 2)
    row[tags.index("#reached+f+adults")], row[tags.index("#reached")] = 20, 29
    batch = imported(cast, response.pk, head, tags, row)
    stands = ResponseActivity.objects.get(line=line.line, superseded_at=None)
    assert (stands.women, stands.men, stands.unit, stands.corrects) == (20, 9, "paket", line)
    undone(cast, batch)
    again = ResponseActivity.objects.get(line=line.line, superseded_at=None)
    assert (again.women, again.men, again.with_disability) == (12, 9, 2)


def imported(cast: Cast, response: object, *rows: Any) -> Any:
    batch = checked(
        cast.dewi.actor,
        *rows,
        recipe="responses",
        organisation_id=cast.network.pk,
        options={"response": str(response)},
        now=NOW,
    )
    confirm_import(cast.dewi.actor, batch, now=NOW)
    apply_rows(cast.dewi.actor, batch, now=NOW)
    return batch


def undone(cast: Cast, batch: Any) -> None:
    batch.refresh_from_db()
    undo_import(cast.dewi.actor, batch, now=NOW)
    undo_rows(cast.dewi.actor, batch, now=NOW)


def test_a_new_row_comes_in_and_is_taken_back(cast: Cast) -> None:
    response = make_response(cast.network)
    make_line(response)
    head = (
        "Lembaga",
        "Klaster",
        "Kegiatan",
        "Desa",
        "Kecamatan",
        "Status",
        "Per tanggal",
        "Total",
        "Perempuan",
        "Donor",
    )
    row = (cast.lentera.name, "Logistik", "Dapur umum", "Danger", "Masbagik", "Berjalan", "11-02-2025", 50, 20, "Zakat")
    batch = imported(cast, response.pk, head, row)
    made = ResponseActivity.objects.get(lead=cast.lentera)
    assert (made.area_id, made.women, made.untold, made.funder_words) == (DANGER, 20, 30, "Zakat")
    undone(cast, batch)
    assert not ResponseActivity.objects.filter(lead=cast.lentera, superseded_at=None).exists()


def test_nothing_here_is_of_somebody_elses_response(cast: Cast) -> None:
    hidden = make_response(cast.network, published=False)
    for page in ("", "kegiatan/", "kebutuhan/", "terjangkau/", "ganda/", "laporan/"):
        english(cast.ani.client(), f"/tanggap/{hidden.pk}/{page}", 404)
    english(Client(), f"/tanggap/{uuid7()}/", 404)
