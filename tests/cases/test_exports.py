"""The register taken out: what is in it, who may, how it is locked, and what happens to it afterwards."""

from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

import msoffcrypto
import openpyxl
import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from msoffcrypto.exceptions import InvalidKeyError
from pypdf import PdfReader
from pytest_django import Settings

from simpul.access.queries import actor_for
from simpul.audit.models import Act
from simpul.cases.export_columns import COLUMNS, MASK
from simpul.cases.export_kinds import KEPT, MOST_ON_PAPER, Part, check_password, new_password
from simpul.cases.models import Case, CaseExport, ExportedCase, ExportWork, Opening, Party
from simpul.cases.queries.exports import export_for, exports_for, exports_of, seen_in
from simpul.cases.services import exports
from simpul.cases.services.exports import (
    collect_export,
    end_exports,
    prepare_export,
    recall_export,
    request_export,
)
from simpul.cases.services.keeping import erase_case, let_go_of, restrict_case
from simpul.cases.services.parties import add_party
from simpul.cases.services.retention import end_retention
from simpul.cases.services.sight import exclude_person
from simpul.documents import folder
from simpul.documents.models import Document
from simpul.kernel.actor import System
from simpul.kernel.errors import Conflict, Denied, Invalid, NotFound
from simpul.kernel.ids import uuid7
from tests.cast import Cast, Stage
from tests.factories.access import make_grant
from tests.factories.cases import MAKER, NOW, make_case
from tests.marks import audits, denies
from tests.racing import at_once

NAME, NIK, STORY, PASSWORD = "Korban Contohwati", "9903994107640001", "Cerita rahasia sekali", "Enam belas kata sandi"
LATER = NOW + timedelta(hours=1)


def a_case(cast: Cast, **more: Any) -> Case:
    given = {"types": ["K.F", "K.P"], "victim": {"name": NAME, "nik": NIK, "sex": "P", "age_stated": 30}}
    return make_case(cast.lentera, **{**given, "narrative": STORY, "settings": ["domestic"], **more})


def asked(cast: Cast, **more: Any) -> CaseExport:
    given = {"kind": "xlsx", "part": Part(), "reason": "Laporan SIMFONI", "password": PASSWORD, "now": NOW, **more}
    return request_export(given.pop("actor", cast.budi.actor), cast.lentera, **given)


def made(cast: Cast, **more: Any) -> CaseExport:
    return prepare_export(cast.budi.actor, asked(cast, **more), now=NOW)


def names(**more: Any) -> dict[str, Any]:
    return {"unmasked": True, "unmasking_reason": "Mencocokkan dengan register dinas", **more}


def unlocked(data: bytes, password: str = PASSWORD) -> openpyxl.Workbook:
    out = BytesIO()
    file = msoffcrypto.OfficeFile(BytesIO(data))
    file.load_key(password=password, verify_password=True)
    file.decrypt(out)
    return openpyxl.load_workbook(out)


def lines(cast: Cast, export: CaseExport) -> list[dict[str, Any]]:
    rows = list(unlocked(collect_export(cast.budi.actor, export, now=NOW)).worksheets[0].values)
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


@pytest.fixture(autouse=True)
def _own_folder(settings: Settings, tmp_path: Path) -> None:
    default = {**settings.STORAGES["default"], "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "default": default}


def on_disk() -> Iterator[bytes]:
    yield from (path.read_bytes() for path in folder.root().rglob("*") if path.is_file())


def test_a_line_stands_for_each_person_in_the_order_of_the_national_register(cast: Cast) -> None:
    case = a_case(cast)
    add_party(cast.budi.actor, case, role="victim", types=["K.N"], details={"age_stated": 9}, now=NOW)
    add_party(cast.budi.actor, case, role="alleged", details={"name": "Pelaku", "sex": "L", "age_stated": 40}, now=NOW)
    found = lines(cast, made(cast))
    assert [column.name for column in COLUMNS][:4] == ["external_number", "code", "received_on", "happened_on"]
    assert list(found[0]) == [str(column.label) for column in COLUMNS]
    values = [list(line.values()) for line in found]
    assert [(row[1], row[12], row[16]) for row in values] == [(case.code, 1, 30), (case.code, 2, 9)]
    assert "K.F" in values[0][20]
    assert "Pelaku" not in str(values)
    assert (values[0][22], values[0][23]) == ("belum diketahui", MASK)
    full = [list(line.values()) for line in lines(cast, made(cast, **names()))]
    assert "40" in full[0][23]


def test_names_numbers_and_the_story_are_masked_unless_asked_for(cast: Cast) -> None:
    a_case(cast)
    told = str(lines(cast, made(cast)))
    for word in (NAME, NIK, STORY, "Contohwati"):
        assert word not in told
    assert "•••" in told
    full = str(lines(cast, made(cast, **names())))
    for word in (NAME, NIK, STORY):
        assert word in full


def test_a_workbook_opens_with_its_password_alone(cast: Cast) -> None:
    a_case(cast)
    data = collect_export(cast.budi.actor, made(cast, **names()), now=NOW)
    assert NAME.encode() not in data
    assert msoffcrypto.OfficeFile(BytesIO(data)).is_encrypted()
    with pytest.raises(InvalidKeyError):
        unlocked(data, "salah sama sekali")
    assert b'keyBits="256"' in data
    assert b'cipherAlgorithm="AES"' in data


def test_a_sheet_of_paper_opens_with_its_password_alone(cast: Cast) -> None:
    a_case(cast)
    data = collect_export(cast.budi.actor, made(cast, kind="pdf", **names()), now=NOW)
    reader = PdfReader(BytesIO(data))
    assert reader.is_encrypted
    assert reader.decrypt("salah") == 0
    assert reader.decrypt(PASSWORD) > 0
    assert "Contohwati" in "".join(page.extract_text() for page in reader.pages)
    assert str(reader.trailer["/Encrypt"].get_object()["/V"]) == "5"  # AES-256


def test_nothing_of_it_lies_in_clear_on_the_disk(cast: Cast) -> None:
    a_case(cast)
    export = made(cast, **names())
    files = list(on_disk())
    assert files
    for clear in (NAME.encode(), NIK.encode(), b"PK\x03\x04", b"EncryptedPackage", PASSWORD.encode()):
        assert not any(clear in data for data in files)
    for row in (*CaseExport.objects.values(), *ExportWork.objects.values(), *Document.objects.values()):
        assert PASSWORD not in str(row)
        assert "SIMFONI" not in str(row)
    assert not ExportWork.objects.exists()
    assert collect_export(cast.budi.actor, export, now=NOW)


def test_the_password_is_sealed_while_the_file_is_made_and_gone_afterwards(cast: Cast) -> None:
    a_case(cast)
    export = asked(cast)
    assert PASSWORD not in str(list(ExportWork.objects.values()))
    prepare_export(cast.budi.actor, export, now=NOW)
    assert not ExportWork.objects.exists()


def test_hidden_and_stopped_cases_and_those_of_others_are_never_in_it(cast: Cast) -> None:
    kept, hidden, stopped = a_case(cast), a_case(cast), a_case(cast)
    exclude_person(MAKER, hidden, cast.budi.person, now=NOW)  # type: ignore[arg-type]
    restrict_case(MAKER, stopped, reason="Diminta", now=NOW)
    export = made(cast)
    assert [line.case_id for line in export.cases.all()] == [kept.pk]
    assert export.case_count == 1


@pytest.mark.parametrize(
    ("part", "taken"),
    [
        (Part(), 2),
        (Part(branch="violence"), 1),
        (Part(since=NOW.date() + timedelta(days=1)), 1),
        (Part(until=NOW.date() + timedelta(days=1)), 1),
        (Part(area_code="52.03"), 2),
    ],
)
def test_a_part_of_them_can_be_chosen(cast: Cast, part: Part, taken: int) -> None:
    a_case(cast)
    a_case(cast, types=["AD.1"], now=NOW + timedelta(days=9))
    export = asked(cast, part=part, now=NOW + timedelta(days=10))
    assert prepare_export(cast.budi.actor, export, now=NOW + timedelta(days=10)).case_count == taken


def test_every_case_in_it_notes_that_it_was_opened(cast: Cast) -> None:
    case = a_case(cast)
    made(cast)
    row = Opening.objects.get(case=case, page="cases:export")
    assert row.person == cast.budi.person
    assert list(exports_of(cast.budi.actor, case, now=NOW)) == list(CaseExport.objects.all())


def test_sent_twice_and_started_twice_it_is_one_file(cast: Cast) -> None:
    a_case(cast)
    one = uuid7()
    first, again = asked(cast, id=one), asked(cast, id=one, now=LATER)
    assert first == again
    for _ in range(2):
        prepare_export(cast.budi.actor, first, now=NOW)
    assert Document.objects.filter(subject_kind="cases.caseexport").count() == 1
    assert Opening.objects.filter(page="cases:export").count() == 1


def test_what_nobody_has_yet_is_called_back(cast: Cast) -> None:
    a_case(cast)
    for export in (asked(cast), made(cast)):
        for _ in range(2):
            recall_export(cast.budi.actor, export, now=LATER)
        assert not Document.objects.filter(subject_id=export.pk, removed_at=None).exists()
        assert prepare_export(cast.budi.actor, export, now=LATER).prepared_at == export.prepared_at
        with pytest.raises(Conflict) as refused:
            collect_export(cast.budi.actor, export, now=LATER)
        assert refused.value.code == "recalled"


def test_what_was_downloaded_cannot_be_called_back(cast: Cast) -> None:
    a_case(cast)
    export = made(cast)
    assert collect_export(cast.budi.actor, export, now=NOW)
    assert collect_export(cast.budi.actor, export, now=LATER)  # a broken download is begun again
    assert CaseExport.objects.get().collected_at == NOW
    with pytest.raises(Conflict) as refused:
        recall_export(cast.budi.actor, export, now=LATER)
    assert refused.value.code == "collected"
    with pytest.raises(IntegrityError), transaction.atomic():
        CaseExport.objects.filter(pk=export.pk).update(recalled_at=LATER)


def test_after_a_day_it_is_gone(cast: Cast) -> None:
    a_case(cast)
    export, begun = made(cast), asked(cast)
    late = NOW + KEPT
    with pytest.raises(Conflict) as refused:
        collect_export(cast.budi.actor, export, now=late)
    assert refused.value.code == "ended"
    assert end_exports(System("test"), now=late - timedelta(seconds=1)) == 0
    assert end_exports(System("test"), now=late) == 2
    assert end_exports(System("test"), now=late) == 0
    assert not Document.objects.filter(subject_id=export.pk, removed_at=None).exists()
    assert not ExportWork.objects.filter(export=begun).exists()


@pytest.mark.parametrize("how", ["erased", "hidden", "stopped"])
def test_a_file_does_not_outlive_what_is_in_it(cast: Cast, how: str) -> None:
    case, _other = a_case(cast), a_case(cast)
    export = made(cast)
    if how == "erased":
        erase_case(MAKER, case, ground="asked", now=LATER)
    elif how == "hidden":
        exclude_person(MAKER, case, cast.budi.person, now=LATER)  # type: ignore[arg-type]
    else:
        restrict_case(MAKER, case, reason="Diminta", now=LATER)
    with pytest.raises(Conflict):
        collect_export(cast.budi.actor, export, now=LATER)
    assert not Document.objects.filter(subject_id=export.pk, removed_at=None).exists()
    assert CaseExport.objects.get().recalled_at is not None


def test_the_register_of_exports_tells_what_was_erased_since(cast: Cast) -> None:
    case, _other = a_case(cast), a_case(cast)
    export = made(cast)
    collect_export(cast.budi.actor, export, now=NOW)
    erase_case(MAKER, case, ground="asked", now=LATER)
    assert seen_in(cast.budi.actor, export, now=LATER) == (1, 1)
    assert not Document.objects.filter(subject_id=export.pk, removed_at=None).exists()
    assert ExportedCase.objects.get(case_id=case.pk).erased_at is not None


def test_a_count_tells_nobody_of_a_case_they_cannot_see(cast: Cast) -> None:
    case, _other = a_case(cast), a_case(cast)
    export = made(cast)
    exclude_person(MAKER, case, cast.budi.person, now=LATER)  # type: ignore[arg-type]
    assert seen_in(cast.budi.actor, export, now=LATER) == (1, 0)


def test_an_export_of_cases_hidden_from_the_reader_is_not_there_for_them(cast: Cast) -> None:
    """Its days, its area and its reason would tell of them; of one that holds others too they tell nothing."""
    hidden, mixed = a_case(cast), a_case(cast, now=NOW + timedelta(days=9))
    late = NOW + timedelta(days=10)
    only, both = (made(cast, part=part, now=late) for part in (Part(until=NOW.date()), Part()))
    make_grant(cast.ani.person, "coordinator", cast.lentera)  # type: ignore[arg-type]
    reader = actor_for(cast.ani.user.pk, now=late, second_factor=True)  # type: ignore[union-attr]
    assert set(exports_for(reader, now=late)) == {only, both}
    exclude_person(MAKER, hidden, cast.ani.person, now=late)  # type: ignore[arg-type]
    assert list(exports_for(reader, now=late)) == [both]
    for step in (lambda: export_for(reader, only.pk, now=late), lambda: recall_export(reader, only, now=late)):
        with pytest.raises(NotFound):
            step()
    assert list(exports_of(reader, mixed, now=late)) == [both]
    assert set(exports_for(cast.budi.actor, now=late)) == {only, both}


def test_why_it_was_taken_out_is_kept_for_a_time(cast: Cast) -> None:
    a_case(cast)
    plain, named = made(cast), made(cast, **names())
    for days, kept in ((700, True), (735, False), (736, False)):
        end_retention(MAKER, now=NOW + timedelta(days=days))
        for export in (plain, named):
            export.refresh_from_db()
            assert (export.reason.open() == "Laporan SIMFONI", export.emptied_at is None) == (kept, kept)
    assert (plain.unmasking_reason, named.unmasking_reason.open()) == (None, "")  # type: ignore[union-attr]
    assert Act.objects.filter(act="cases.empty_export").count() == 2
    assert (named.asked_by, named.case_count) == (cast.budi.person, 1)


def test_asked_for_twice_it_is_new_once(cast: Cast) -> None:
    """Whatever the clocks say: the password of the first time opens it, that of the second never does."""
    a_case(cast)
    key = uuid7()
    assert [asked(cast, id=key).is_new for _ in range(2)] == [True, False]


def test_what_was_written_down_stays(cast: Cast) -> None:
    a_case(cast)
    export = made(cast)
    for change in ({"unmasked": True}, {"asked_at": LATER}, {"prepared_at": LATER}, {"case_count": 0}):
        with pytest.raises(IntegrityError), transaction.atomic():
            CaseExport.objects.filter(pk=export.pk).update(**change)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"kind": "csv"}, "kind"),
        ({"reason": " "}, "reason"),
        ({"password": "pendek"}, "password"),
        ({"password": "a" * 20}, "password"),
        ({"unmasked": True}, "unmasking_reason"),
        ({"part": Part(branch="all")}, "branch"),
        ({"part": Part(NOW.date(), NOW.date() - timedelta(days=1))}, "until"),
        ({"part": Part(until=NOW.date() - timedelta(days=99))}, None),
    ],
)
def test_what_cannot_be_is_refused(cast: Cast, wrong: dict[str, Any], field: str | None) -> None:
    a_case(cast)
    with pytest.raises(Invalid) as refused:
        asked(cast, **wrong)
    assert refused.value.field == field
    assert not CaseExport.objects.exists()


def test_too_many_for_one_file_is_said_before(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    a_case(cast)
    a_case(cast)
    monkeypatch.setattr("simpul.cases.services.exports.MOST_ON_PAPER", 1)
    assert MOST_ON_PAPER > 1
    with pytest.raises(Invalid) as refused:
        asked(cast, kind="pdf")
    assert refused.value.code == "part"


def test_made_passwords_hold_up() -> None:
    made_up = {new_password() for _ in range(50)}
    assert len(made_up) == 50
    for password in made_up:
        check_password(password)


@audits(request_export, prepare_export, collect_export, recall_export, end_exports)
def test_each_is_recorded_without_anybody_in_it(cast: Cast) -> None:
    a_case(cast)
    export, other = made(cast, **names()), made(cast)
    collect_export(cast.budi.actor, export, now=NOW)
    recall_export(cast.budi.actor, other, now=NOW)
    end_exports(System("test"), now=NOW + KEPT)
    done = set(Act.objects.filter(ref_kind="cases.caseexport").values_list("act", flat=True))
    assert done == {
        f"cases.{name}_export" for name in ("request", "prepare", "collect", "recall")
    } | {"cases.end_exports"}  # fmt: skip
    told = str(list(Act.objects.values()))
    for word in (NAME, NIK, "SIMFONI", PASSWORD):
        assert word not in told


@denies(request_export, prepare_export, collect_export, recall_export, end_exports)
def test_nobody_but_the_coordinator_of_the_group_takes_anything_out(cast: Cast) -> None:
    a_case(cast)
    export = made(cast)
    for other in (cast.ani, cast.hasan, cast.dewi, cast.joko, cast.kartika, cast.publik):
        assert not exports_for(other.actor, now=NOW).exists()
        with pytest.raises(Denied):
            asked(cast, actor=other.actor)
        with pytest.raises(Denied):
            end_exports(other.actor, now=NOW)
        for step in (prepare_export, collect_export, recall_export):
            with pytest.raises(NotFound):
                step(other.actor, export, now=NOW)
    with pytest.raises(Denied):
        asked(cast, actor=MAKER)
    assert export_for(cast.budi.actor, export.pk, now=NOW) == export


@pytest.mark.racing
@pytest.mark.django_db(transaction=True)
def test_of_collecting_and_calling_back_at_once_one_wins_and_the_other_is_told(raced: None, stage: Stage) -> None:
    cast = stage.set_up()
    a_case(cast)
    for _round in range(4):
        export = made(cast)
        took, withdrew = at_once(
            lambda export=export: collect_export(cast.budi.actor, export, now=LATER),  # type: ignore[misc]
            lambda export=export: recall_export(cast.budi.actor, export, now=LATER),  # type: ignore[misc]
        )
        row = CaseExport.objects.get(pk=export.pk)
        if isinstance(took, bytes):
            assert isinstance(withdrew, Conflict)
            assert (row.collected_at, row.recalled_at) == (LATER, None)
        else:
            assert isinstance(took, Conflict)
            assert (row.collected_at, row.recalled_at) == (None, LATER)


@pytest.mark.racing
@pytest.mark.django_db(transaction=True)
def test_two_workers_make_one_file(raced: None, stage: Stage) -> None:
    cast = stage.set_up()
    a_case(cast)
    export = asked(cast)
    at_once(*[lambda: prepare_export(cast.budi.actor, export, now=LATER)] * 3)
    assert Document.objects.filter(subject_id=export.pk).count() == 1
    assert ExportedCase.objects.count() == 1
    assert collect_export(cast.budi.actor, export, now=LATER)


def two_people(cast: Cast) -> Party:
    """One of two people of a case."""
    case = a_case(cast)
    return add_party(cast.budi.actor, case, role="victim", types=["K.N"], details={"name": "Anak"}, now=NOW)


def test_one_of_several_people_erased_in_a_hidden_case_is_not_counted(cast: Cast) -> None:
    party, _other = two_people(cast), a_case(cast)
    export = made(cast)
    let_go_of(MAKER, party)
    assert seen_in(cast.budi.actor, export, now=LATER) == (2, 1)
    exclude_person(MAKER, party.case, cast.budi.person, now=LATER)  # type: ignore[arg-type]
    assert seen_in(cast.budi.actor, export, now=LATER) == (1, 0)


def test_who_is_erased_while_the_file_is_made_is_not_in_it(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    party = two_people(cast)
    export, making = asked(cast), exports.file_of

    def erased_meanwhile(*args: Any, **more: Any) -> Any:
        done = making(*args, **more)
        let_go_of(MAKER, party)
        return done

    monkeypatch.setattr(exports, "file_of", erased_meanwhile)
    with pytest.raises(Conflict) as refused:
        prepare_export(cast.budi.actor, export, now=NOW)
    assert refused.value.code == "outdated"
    assert not Document.objects.filter(subject_id=export.pk).exists()
    monkeypatch.undo()
    prepare_export(cast.budi.actor, export, now=timezone.now())
    assert "Anak" not in str(lines(cast, export))


def test_no_number_that_somebody_chose_hides_an_export_from_the_pages(cast: Cast) -> None:
    a_case(cast)
    rows = [
        asked(cast, id=UUID(number), now=NOW + timedelta(minutes=minutes))
        for minutes, number in enumerate(
            ("ffffffff-ffff-7fff-bfff-ffffffffffff", "019a0000-0000-7000-8000-000000000000",
             "00000000-0000-7000-8000-000000000000")
        )
    ]  # fmt: skip
    assert list(exports_for(cast.budi.actor, now=NOW, after=rows[2].pk)) == [rows[1], rows[0]]
    assert list(exports_for(cast.budi.actor, now=NOW, after=rows[1].pk)) == [rows[0]]
    assert not exports_for(cast.budi.actor, now=NOW, after=rows[0].pk).exists()


def test_a_file_taken_back_when_it_is_asked_for_is_recorded(cast: Cast) -> None:
    case = a_case(cast)
    export = made(cast)
    restrict_case(MAKER, case, reason="Diminta", now=LATER)
    with pytest.raises(Conflict):
        collect_export(cast.budi.actor, export, now=LATER)
    assert Act.objects.filter(act="cases.recall_export", ref_id=export.pk).exists()
