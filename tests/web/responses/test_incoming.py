"""4W sheets as clusters send them, and as they come back from here: nothing is lost, nothing is told twice."""

from typing import Any

import pytest
from django.utils.translation import override

from simpul.activities.models import ActivityPart, Response, ResponseActivity
from simpul.activities.services.lines import correct_activity, withdraw_activity
from simpul.interop.models import Decision, ImportBatch, Outcome, RowState
from simpul.interop.queries import rows_of
from simpul.interop.services.applying import apply_rows
from simpul.interop.services.deciding import confirm_import, decide_all
from simpul.interop.tables import Line
from simpul.web.responses.tags import LINE_TAGS, NEED_TAGS, OWN, column_of, is_tags, parted
from tests.cast import Cast
from tests.factories.imports import checked
from tests.factories.organisations import SYSTEM, make_organisation
from tests.factories.responses import DANGER, NOW, TODAY, line_draft, make_line, make_need, make_response, reached
from tests.web.responses.test_pages import book, undone

pytestmark = pytest.mark.django_db
# The dictionary of HXL 1.1: what of it is used here, and what might be.
HASHTAGS = frozenset(
    """access activity adm1 adm2 adm3 adm4 adm5 affected beneficiary capacity cause channel contact country crisis
    currency date delivery description event frequency geo group impact indicator inneed item loc meta modality need
    operations org output population reached region respondee sector service severity status subsector targeted
    value""".split()  # noqa: SIM905
)
ATTRIBUTES = frozenset(
    """abducted activity adolescents adults approved bounds canceled children cluster code converted coord dest
    displaced elderly elevation email end f funder hh i id idps impl incamp ind infants infected injured killed label
    lat lon m name noncamp num occurred origin phone prog programme project provided refugees reported source start
    text type url used""".split()  # noqa: SIM905
)
HEAD = ("Lembaga", "Klaster", "Kegiatan", "Kode wilayah", "Status", "Per tanggal")


@pytest.mark.parametrize("tags", [LINE_TAGS, NEED_TAGS])
def test_every_tag_is_one_of_the_standard(tags: dict[str, str]) -> None:
    seen = [parted(tag) for tag in tags.values()]
    assert len(set(seen)) == len(seen)
    assert {hashtag.removeprefix("#") for hashtag, _attributes in seen} <= HASHTAGS
    assert {one for _hashtag, attributes in seen for one in attributes} <= ATTRIBUTES | OWN
    assert not OWN & ATTRIBUTES


def test_tags_are_read_however_they_are_written() -> None:
    assert [column_of(t) for t in ("#org +prog", "#ORG+prog", "#reached +children +f", "#date +x")] == [
        "lead", "lead", "girls", "",
    ]  # fmt: skip
    assert is_tags(Line(2, ("#org +prog", "", "#adm4+code")))
    assert not is_tags(Line(2, ("#1", "#2")))
    assert not is_tags(Line(2, ("Lentera", "#tanggap")))


def came(cast: Cast, response: Response, *rows: Any, decision: str = "") -> ImportBatch:
    """Looked through and entered; rows that may be there already as decided."""
    batch = looked(cast, response, *rows)
    if decision:
        decide_all(cast.dewi.actor, batch, decision=decision)
    confirm_import(cast.dewi.actor, batch, now=NOW)
    apply_rows(cast.dewi.actor, batch, now=NOW)
    return batch


def looked(cast: Cast, response: Response, *rows: Any) -> ImportBatch:
    given: dict[str, Any] = {"organisation_id": cast.network.pk, "options": {"response": str(response.pk)}}
    return checked(cast.dewi.actor, *rows, recipe="responses", now=NOW, **given)


def faults(batch: ImportBatch) -> list[list[list[str]]]:
    return [row.faults for row in rows_of(batch)]


def standing(line: ResponseActivity) -> ResponseActivity:
    return ResponseActivity.objects.get(line=line.line, superseded_at=None)


def test_what_comes_back_unchanged_changes_nothing(cast: Cast) -> None:
    response = make_response(cast.network)
    make_line(response, cast.lentera, reached=reached(women=12, untold=3, with_disability=2), funder_words="Zakat")
    make_line(response, None, "52.03", planned=1200, done=90, note="+62 catatan", partners=[cast.lentera])
    batch = came(cast, response, *book(cast.dewi.client(), response.pk))
    assert ResponseActivity.objects.count() == 2
    undone(cast, batch)
    assert ResponseActivity.objects.filter(superseded_at=None).count() == 2


@pytest.mark.parametrize("language", ["id", "en"])
def test_what_went_out_in_the_other_language_comes_in(cast: Cast, language: str) -> None:
    response = make_response(cast.network)
    make_line(response, cast.lentera, cluster="protection", sub_cluster="protection.water", status="stopped")
    client = cast.dewi.client()
    client.cookies["bahasa"] = language
    rows = book(client, response.pk)
    with override("en" if language == "id" else "id"):
        assert faults(looked(cast, response, *rows)) == [[]]


def test_a_sheet_with_fewer_columns_keeps_what_it_does_not_ask(cast: Cast) -> None:
    response = make_response(cast.network)
    said: dict[str, Any] = {"unit": "paket", "planned": 90, "note": "Lihat gudang", "funder_words": "Zakat"}
    split = reached(women=12, men=9, with_disability=2)
    line = make_line(response, cast.lentera, partners=[cast.other_group], reached=split, **said)
    head = ("Baris", "Lembaga", "Klaster", "Kegiatan", "Status", "Per tanggal", "Total")
    row = (str(line.line), cast.lentera.name, "Logistik", "Paket pangan", "Selesai", "12-02-2025", 25)
    came(cast, response, head, row)
    found = standing(line)
    assert (found.status, found.area_id, found.sub_cluster) == ("done", DANGER, "logistics.food")
    assert (found.unit, found.planned, found.note, found.funder_words) == ("paket", 90, "Lihat gudang", "Zakat")
    assert (found.women, found.men, found.untold, found.with_disability) == (12, 9, 4, 2)
    assert [part.organisation for part in found.parts.all()] == [cast.other_group]


def test_an_organisation_that_no_file_names_stays(cast: Cast) -> None:
    response, hidden = make_response(cast.network), make_organisation(name="Rumah Tersembunyi", hidden=True)
    line = make_line(response, cast.lentera, implementers=[hidden])
    head, tags, row = book(cast.dewi.client(), response.pk)
    assert hidden.name not in row
    row[head.index("Status")] = "Selesai"
    came(cast, response, head, tags, row)
    assert [p.organisation for p in ActivityPart.objects.filter(version=standing(line))] == [hidden]


def test_a_guarded_line_told_as_to_the_public_loses_nothing(cast: Cast) -> None:
    response = make_response(cast.network)
    said: dict[str, Any] = {"cluster": "protection", "sub_cluster": "protection.children", "note": "Di balai"}
    line = make_line(response, cast.lentera, reached=reached(girls=3, boys=1), place="Balai", **said)
    head, tags, row = book(cast.hasan.client(), response.pk)
    assert "Balai" not in row
    row[head.index("Status")] = "Selesai"
    came(cast, response, head, tags, row)
    found = standing(line)
    assert (found.status, found.area_id, found.place, found.note, found.girls) == (
        "done", DANGER, "Balai", "Di balai", 3,
    )  # fmt: skip


def test_next_weeks_sheet_of_the_cluster_brings_its_lines_up_to_date(cast: Cast) -> None:
    response = make_response(cast.network)
    line = make_line(response, cast.lentera, reached=reached(women=5))
    make_line(response, make_organisation())  # somebody else's
    row = (cast.lentera.name, "Logistik", "paket  PANGAN", DANGER, "Selesai", "12-02-2025")
    batch = looked(cast, response, HEAD, row)
    [found] = rows_of(batch)
    assert (found.state, [twin["key"] for twin in found.twins]) == (RowState.ALIKE, [str(line.ref)])
    came(cast, response, (*HEAD, "Nomor"), (*row, 1), decision=Decision.MERGE)
    assert (standing(line).status, standing(line).women) == ("done", 5)
    assert ResponseActivity.objects.filter(superseded_at=None).count() == 2
    came(cast, response, HEAD, row, decision=Decision.NEW)
    assert ResponseActivity.objects.filter(superseded_at=None).count() == 3


def test_two_rows_about_one_line_are_not_laid_over_each_other(cast: Cast) -> None:
    response = make_response(cast.network)
    line = make_line(response, cast.lentera)
    one = (cast.lentera.name, "Logistik", "Paket pangan", DANGER, "Selesai", "12-02-2025")
    batch = came(cast, response, HEAD, one, (*one[:4], "Berhenti", one[5]), decision=Decision.MERGE)
    assert standing(line).status == "done"
    told = rows_of(batch).values_list("outcome", "reason")
    assert [outcome for outcome, _reason in told] == [Outcome.MERGED, Outcome.REFUSED]
    assert "Another row" in told[1][1] or "Baris lain" in told[1][1]


def test_a_line_of_somewhere_else_or_taken_back_is_no_new_one(cast: Cast) -> None:
    response, elsewhere = make_response(cast.network), make_response()
    gone = make_line(response, cast.lentera)
    withdraw_activity(SYSTEM, gone, now=NOW)
    row = (cast.lentera.name, "Logistik", "Dapur umum", DANGER, "Selesai", "12-02-2025")
    rows = [(*row, str(of.line)) for of in (make_line(elsewhere), gone)]
    assert faults(looked(cast, response, (*HEAD, "Baris"), *rows)) == [[["line", "unknown_line"]]] * 2
    assert faults(looked(cast, response, (*HEAD, "Baris"), (*row, "A-17"))) == [[]]


def test_a_sheet_older_than_what_we_know_is_told_so_before_it_is_entered(cast: Cast) -> None:
    response = make_response(cast.network)
    line = make_line(response, cast.lentera, as_of=TODAY.replace(day=5))
    rows = book(cast.dewi.client(), response.pk)
    correct_activity(SYSTEM, line, line_draft(cast.lentera, status="done"), now=NOW)
    assert faults(looked(cast, response, *rows)) == [[["as_of", "as_of_older"]]]


@pytest.mark.parametrize(
    ("column", "words", "code"),
    [
        ("Kegiatan", "x" * 201, "too_long"),
        ("Satuan", "x" * 41, "too_long"),
        ("Target", "9" * 13, "too_many"),
        ("Perempuan", "20000000", "too_many"),
        ("Perempuan", "-1", "not_a_count"),
        ("Per tanggal", "31-12-2030", "as_of_ahead"),
        ("Per tanggal", "kemarin", "not_a_date"),
        ("Klaster", "Kluster Sihir", "unknown_choice"),
        ("Lembaga", "Lembaga Hantu", "unknown_organisation"),
        ("Kode wilayah", "99.99", "unknown_area"),
        ("Desa", "Paokmotong", "disagree"),
    ],
)
def test_what_cannot_be_is_told_in_its_cell(cast: Cast, column: str, words: str, code: str) -> None:
    response = make_response(cast.network)
    make_line(response, None, "52.03.05.2002")
    row = dict(zip(HEAD, (cast.lentera.name, "Logistik", "Dapur umum", DANGER, "Selesai", "12-02-2025"), strict=True))
    make_line(response)
    row[column] = words
    [[[_where, found]]] = faults(looked(cast, response, tuple(row), tuple(row.values())))
    assert found == code


def test_columns_that_only_their_tags_explain_are_understood(cast: Cast) -> None:
    response = make_response(cast.network)
    make_line(response)
    head = ("Org Induk", "Sektor", "Apa saja", "P-code desa", "Kondisi", "Tgl", "Cewek")
    tags = ("#org +prog", "#sector", "#activity", "#adm4 +code", "#status", "#date +reported", "#reached +children +f")
    came(cast, response, head, tags, (cast.lentera.name, "Logistik", "Dapur", DANGER, "Selesai", "12-02-2025", 4))
    assert ResponseActivity.objects.get(lead=cast.lentera).girls == 4


def test_a_formula_stays_words_on_its_way_in_and_out(cast: Cast) -> None:
    response = make_response(cast.network)
    evil = '=HYPERLINK("http://jahat.example","klik")'
    line = make_line(response, cast.lentera, activity=evil, place="@SUM(A1)", note="-2+3", unit="+1")
    head, tags, row = book(cast.dewi.client(), response.pk)
    assert evil in row
    csv = b"".join(cast.dewi.client().get(f"/ekspor/tanggap/{response.pk}/4w.csv").streaming_content).decode()  # type: ignore[arg-type]
    assert "'=HYPERLINK" in csv
    assert ",=HYPERLINK" not in csv
    assert all(f",'{words}" in csv for words in ("@SUM", "-2+3", "+1"))
    row[head.index("Status")] = "Selesai"
    came(cast, response, head, tags, row)
    assert (standing(line).activity, standing(line).note) == (evil, "-2+3")


def test_the_file_of_needs_names_nobody_in_safety_mode(cast: Cast) -> None:
    response, hidden = make_response(cast.network), make_organisation(name="Rumah Tersembunyi", hidden=True)
    make_need(response, reported_by=hidden, reporter="")
    make_need(response, reported_by=cast.lentera, reporter="")
    for actor in (cast.dewi, cast.hasan):
        answer = actor.client().get(f"/ekspor/tanggap/{response.pk}/kebutuhan.csv")
        text = b"".join(answer.streaming_content).decode()  # type: ignore[arg-type]
        assert "Tersembunyi" not in text
        assert cast.lentera.name in text
