"""Reports of KoboCollect become cases: each once, only with a yes, under every rule of a case opened by hand."""

from datetime import UTC, date, datetime, timedelta

import pytest

from simpul.access import services as access
from simpul.access.models import Grant
from simpul.access.queries import actor_for
from simpul.audit.models import Act
from simpul.cases.models import Case, CountedVictim, Exclusion, Party
from simpul.cases.queries.cases import cases_for
from simpul.cases.rights_kinds import Ground
from simpul.cases.services.keeping import erase_case
from simpul.cases.services.progress import triage_case
from simpul.cases.services.sight import exclude_person
from simpul.deadlines.models import Alert, Clock
from simpul.deadlines.rounds import check as check_clocks
from simpul.interop.models import ImportBatch, ImportRow, Outcome, RowState, State, WordMemory
from simpul.interop.queries import cells_of, count_rows, strange_words
from simpul.interop.rules import visible_to
from simpul.interop.services.checking import check_rows
from simpul.interop.services.deciding import decide_all, decide_row
from simpul.interop.services.staging import drop_expired, map_columns
from simpul.interop.services.teaching import teach_words
from simpul.kernel.actor import System
from simpul.kernel.errors import Conflict, Denied, Invalid
from simpul.notices.models import Notice
from simpul.territory.models import Area
from tests.cast import Cast
from tests.factories.cases import make_case, victim_of
from tests.factories.kobo import (
    LENTERA_JATI,
    NOW,
    checked,
    entered,
    finish,
    place,
    received,
    submission,
    table,
    take_back,
    uuid_of,
    workbook,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _district(cast: Cast) -> None:
    place()


def codes(batch: ImportBatch) -> list[list[list[str]]]:
    rows = ImportRow.objects.filter(batch=batch, number__gt=1).order_by("number")
    return [row.faults for row in rows]


def outcomes(batch: ImportBatch) -> dict[str, int]:
    return dict(count_rows(batch).outcomes)


def reasons(batch: ImportBatch) -> list[str]:
    return list(ImportRow.objects.filter(batch=batch).exclude(reason="").values_list("reason", flat=True))


# What a row becomes


def test_a_submission_becomes_a_case_with_all_it_tells(cast: Cast) -> None:
    told = {
        "jenis_kasus": "akta_kelahiran kartu_keluarga", "nik": "5203 9952 0164 0001", "umur": "61 tahun",
        "umum/tanggal_kejadian": "Februari 2025", "pelapor/nama": "Amaq Contoh", "umum/kerentanan": "lansia miskin",
        "korban/aman_ditelepon": "tidak",
    }  # fmt: skip
    batch = entered(cast, submission(**told))
    assert (batch.state, outcomes(batch)) == (State.DONE, {Outcome.WRITTEN: 1})
    case = Case.objects.get()
    victim, reporter = victim_of(case), case.parties.get(role="reporter")
    assert (case.area_id, case.branch, case.protected, case.channel, case.relation) == (
        LENTERA_JATI, "social", False, "whatsapp", "neighbour",
    )  # fmt: skip
    assert case.received_at == datetime(2025, 3, 9, 1, 15, tzinfo=UTC), "as KoboToolbox says, in UTC"
    assert (case.happened_on, case.happened_approximately) == (date(2025, 2, 1), True)
    assert case.narrative
    assert case.narrative.open() == "Belum punya surat."
    assert {row.code for row in victim.types.all()} == {"AD.2", "AD.3"}
    assert {row.code for row in victim.tags.all()} == {"elderly", "poor"}
    assert victim.name
    assert victim.name.open() == "Inaq Contoh"
    assert victim.nik
    assert victim.nik.open() == "5203995201640001"
    assert (victim.sex, victim.age_stated, victim.age_stated_on) == ("P", 61, date(2025, 3, 9))
    assert victim.safe_contact
    assert victim.safe_contact.open() == {"safe_to_call": False}
    assert reporter.name
    assert (reporter.name.open(), reporter.relation) == ("Amaq Contoh", "neighbour")


def test_what_was_agreed_to_stands_beside_the_person(cast: Cast) -> None:
    entered(cast, submission(**{"persetujuan/setuju_dihitung": "ya", "persetujuan/bahasa": "sasak"}))
    [consent] = victim_of(Case.objects.get()).consents.all()
    assert (consent.capacity, consent.manner, consent.language) == ("self", "spoken", "sas")
    assert consent.purposes == ["aggregate", "record"]
    assert consent.witness
    assert consent.witness.open() == "Kader Contoh"
    assert (consent.given_at, consent.expires_on) == (datetime(2025, 3, 9, 1, 15, tzinfo=UTC), date(2026, 3, 9))


def test_whoever_wrote_it_down_is_the_witness_where_nobody_else_is_named(cast: Cast) -> None:
    entered(cast, submission(saksi_persetujuan=""))
    [consent] = victim_of(Case.objects.get()).consents.all()
    assert consent.witness
    assert consent.witness.open() == "kader_contoh"


@pytest.mark.parametrize(
    ("answers", "fault"),
    [
        ({"setuju_dicatat": "tidak"}, ["consent", "no_consent"]),
        ({"setuju_dicatat": "tidak setuju"}, ["consent", "no_consent"]),
        ({"setuju_dicatat": ""}, ["consent", "needed"]),
        ({"setuju_dicatat": "tidak tahu"}, ["consent", "needed"]),
        ({"saluran": ""}, ["channel", "needed"]),
        ({"hubungan_pelapor": "tidak tahu"}, ["relation", "needed"]),
        ({"jenis_kasus": ""}, ["types", "needed"]),
        ({"uuid": ""}, ["number", "needed"]),
        ({"uuid": "17"}, ["number", "not_a_uuid"]),
        ({"desa": "Negeri Antah"}, ["village", "unknown_area"]),
        ({"desa": ""}, ["village", "no_village"]),
        ({"desa": "52.03.99"}, ["village", "unknown_area"]),
        ({"desa": "", "umum/kecamatan": "52.03.99"}, ["district", "no_village"]),
        ({"submission_time": "2026-03-09T01:15:00"}, ["received", "received_at"]),
        ({"submission_time": "kemarin"}, ["received", "not_a_date"]),
        ({"umum/tanggal_kejadian": "2025-03-10"}, ["happened", "happened_on"]),
        ({"umur": 16}, ["consent_by", "child"]),
        ({"umur": "enam belas"}, ["age", "not_an_age"]),
        ({"persetujuan/siapa_yang_setuju": "wali"}, ["consent_name", "given_by"]),
        ({"saksi_persetujuan": "", "submitted_by": ""}, ["witness", "witness"]),
        ({"korban/tanggal_lahir": "1890-03-31"}, ["birth_date", "birth_date"]),
        ({"nama": "x" * 200}, ["name", "too_long"]),
    ],
)
def test_what_can_not_be_entered_says_why_and_writes_nothing(
    cast: Cast, answers: dict[str, object], fault: list[str]
) -> None:
    batch = checked(cast, submission(**answers))
    assert codes(batch) == [[fault]]
    with pytest.raises(Conflict):
        finish(cast.budi, batch)
    assert not Case.objects.exists()


def test_a_parent_who_is_the_danger_agrees_to_nothing(cast: Cast) -> None:
    told = {"umur": 16, "persetujuan/siapa_yang_setuju": "orang tua", "persetujuan/nama_wali": "Amaq Contoh"}
    batch = checked(cast, submission("satu", **told, **{"kasus/orang_tua_pelaku": "ya"}), submission("dua", **told))
    assert codes(batch) == [[["consent_by", "guardian_conflict"]], []]


@pytest.mark.parametrize("unknown", ["tidak tahu", "Belum tahu", "tidak_mau_menjawab", "-", "n/a"])
def test_an_answer_that_says_nothing_is_left_empty(cast: Cast, unknown: str) -> None:
    told = {"nama": unknown, "umur": unknown, "jenis_kelamin": unknown, "nik": unknown, "kronologi": unknown}
    batch = entered(cast, submission(**told))
    victim = victim_of(Case.objects.get())
    assert outcomes(batch) == {Outcome.WRITTEN: 1}
    assert (victim.name, victim.age_stated, victim.sex, victim.nik) == (None, None, "", None)


def test_who_does_not_want_to_say_who_reported_is_a_relation_too(cast: Cast) -> None:
    entered(cast, submission(hubungan_pelapor="tidak_mau_menjawab"))
    assert Case.objects.get().relation == "withheld"


@pytest.mark.parametrize("village", ["Lentera Jati", "desa lentera jati", "52.03.99.2001", "5203992001"])
def test_a_village_is_known_by_its_name_or_its_code(cast: Cast, village: str) -> None:
    entered(cast, submission(desa=village))
    assert Case.objects.get().area_id == LENTERA_JATI


@pytest.mark.parametrize(
    ("written", "instant"),
    [
        ("2025-03-09T01:15:00", datetime(2025, 3, 9, 1, 15, tzinfo=UTC)),
        ("2025-03-09T09:15:00.123+08:00", datetime(2025, 3, 9, 1, 15, 0, 123000, tzinfo=UTC)),
        ("2025-03-09T01:15:00Z", datetime(2025, 3, 9, 1, 15, tzinfo=UTC)),
        ("9 Maret 2025", datetime(2025, 3, 8, 16, 0, tzinfo=UTC)),
        ("09/03/2025", datetime(2025, 3, 8, 16, 0, tzinfo=UTC)),
    ],
)
def test_the_instant_it_was_received_is_read_in_every_shape(cast: Cast, written: str, instant: datetime) -> None:
    entered(cast, submission(submission_time=written))
    assert Case.objects.get().received_at == instant


def test_a_formula_is_words_and_nothing_is_calculated(cast: Cast) -> None:
    entered(cast, submission(nama='=HYPERLINK("http://contoh.id")', kronologi="+1+1"))
    victim = victim_of(Case.objects.get())
    assert victim.name
    assert victim.name.open() == '=HYPERLINK("http://contoh.id")'


def test_how_the_report_came_may_be_said_once_for_all(cast: Cast) -> None:
    batch = checked(cast, submission(saluran=""), default_channel="outreach")
    finish(cast.budi, batch)
    assert Case.objects.get().channel == "outreach"


# Protected, clocks, notices


def test_violence_is_need_to_know_from_the_first_moment(cast: Cast) -> None:
    entered(cast, submission(jenis_kasus="kekerasan_fisik psikis", **{"kasus/konteks": "kdrt"}))
    case = Case.objects.get()
    assert (case.branch, case.protected, case.settings) == ("violence", True, ["domestic"])
    assert not cases_for(cast.ani.actor, now=NOW).exists(), "no companion sees it until it is assigned"
    assert cases_for(cast.budi.actor, now=NOW).exists()
    for who in (cast.dewi, cast.joko, cast.hasan, cast.kartika):
        assert not cases_for(who.actor, now=NOW).exists()


def test_deadlines_long_past_are_told_once_and_not_case_by_case(cast: Cast) -> None:
    told = {"jenis_kasus": "kekerasan_seksual", "submission_time": "2024-06-01T01:00:00"}
    old = [submission(f"n{n}", nama=f"Orang {n}", **told) for n in range(5)]
    batch = entered(cast, *old)
    clocks = Clock.objects.filter(code="D01")
    assert clocks.count() == 5
    assert all(clock.breached_at == clock.due_at for clock in clocks)
    assert Alert.objects.exists()
    assert set(Alert.objects.values_list("told", flat=True)) == {0}
    check_clocks(lambda: NOW)
    [notice] = Notice.objects.all()
    assert (notice.kind, notice.about_id) == ("cases.entered_late", batch.pk)
    assert [row.user_id for row in notice.recipients.all()] == [cast.budi.user.pk if cast.budi.user else None]


def test_a_deadline_that_is_still_ahead_is_told_as_ever(cast: Cast) -> None:
    entered(cast, submission(jenis_kasus="kekerasan_seksual"))
    clock = Clock.objects.get(code="D01")
    assert clock.breached_at is None
    assert clock.wake_at is not None
    assert not Notice.objects.exists()
    check_clocks(lambda: clock.due_at)
    assert Notice.objects.filter(about_id=clock.about_id).exists()


# Once


def test_the_same_file_twice_enters_each_once(cast: Cast) -> None:
    first, second = submission("satu"), submission("dua", nama="Amaq Lain", umur=40)
    entered(cast, first, second)
    again = checked(cast, first, second, submission("tiga", nama="Papuq Baru", umur=80))
    assert codes(again) == [[["", "entered_already"]], [["", "entered_already"]], []]
    finish(cast.budi, again)
    assert Case.objects.count() == 3


def test_two_imports_that_were_checked_before_either_was_written_enter_it_once(cast: Cast) -> None:
    one, other = checked(cast, submission()), checked(cast, submission())
    finish(cast.budi, one)
    finish(cast.budi, other)
    assert (Case.objects.count(), outcomes(other)) == (1, {Outcome.REFUSED: 1})
    take_back(cast.budi, other)
    assert Case.objects.count() == 1, "what another import entered is not this one's to take back"


def test_a_report_twice_in_one_file_is_one_case(cast: Cast) -> None:
    batch = entered(cast, submission(), submission())
    assert (Case.objects.count(), outcomes(batch)) == (1, {Outcome.WRITTEN: 1, Outcome.REFUSED: 1})


def test_another_group_keeps_its_own_case_of_the_same_number(cast: Cast) -> None:
    entered(cast, submission())
    assert cast.hasan.person is not None
    access.grant_role(System("tests"), cast.hasan.person, role="coordinator", organisation=cast.other_group,
                      reason="pemeran", now=NOW)  # fmt: skip
    assert cast.hasan.user is not None
    cast.hasan.actor = actor_for(cast.hasan.user.pk, now=NOW, second_factor=True)
    batch = received(cast.hasan, cast.other_group, workbook(Laporan=table(submission())))
    map_columns(cast.hasan.actor, batch, mapping=dict(batch.places), options={}, now=NOW)
    finish(cast.hasan, check_rows(cast.hasan.actor, batch, now=NOW))
    assert set(Case.objects.values_list("owner_organisation_id", flat=True)) == {cast.lentera.pk, cast.other_group.pk}


def test_what_was_erased_is_not_written_down_again(cast: Cast) -> None:
    entered(cast, submission())
    erase_case(cast.budi.actor, Case.objects.get(), ground=Ground.ASKED, now=NOW)
    assert codes(checked(cast, submission())) == [[["", "erased"]]]


def test_what_was_erased_as_a_mistake_may_come_in_again_and_then_be_erased_for_good(cast: Cast) -> None:
    entered(cast, submission())
    erase_case(cast.budi.actor, Case.objects.get(), ground=Ground.MISTAKE, now=NOW)
    entered(cast, submission())
    erase_case(cast.budi.actor, Case.objects.get(), ground=Ground.ASKED, now=NOW)
    assert codes(checked(cast, submission())) == [[["", "erased"]]]


def test_what_is_erased_between_check_and_writing_is_refused(cast: Cast) -> None:
    waiting = checked(cast, submission())
    entered(cast, submission())
    erase_case(cast.budi.actor, Case.objects.get(), ground=Ground.ASKED, now=NOW)
    assert outcomes(finish(cast.budi, waiting)) == {Outcome.REFUSED: 1}
    assert not Case.objects.exists()


# Doubles, and who must not know of them


def known(cast: Cast, **more: object) -> Case:
    return make_case(
        cast.lentera, victim={"name": "Ibu Contah", "age_stated": 61, "sex": "P"}, now=NOW - DAY,
        area=Area.objects.get(pk=LENTERA_JATI), **more,
    )  # fmt: skip


def test_who_sounds_alike_is_a_double_and_nothing_is_merged(cast: Cast) -> None:
    case = known(cast)
    batch = checked(cast, submission())
    [row] = ImportRow.objects.filter(batch=batch, state=RowState.ALIKE)
    assert [(twin["key"], twin["why"]) for twin in row.twins] == [(str(case.ref), "sound")]
    with pytest.raises(Invalid):
        decide_row(cast.budi.actor, row, decision="merge", into=str(case.ref))
    with pytest.raises(Invalid):
        decide_all(cast.budi.actor, batch, decision="merge")
    decide_row(cast.budi.actor, row, decision="skip")
    assert not ImportRow.objects.filter(batch=batch, decision="").exclude(number=1).exists()


def test_the_same_number_in_two_rows_is_shown_as_a_double(cast: Cast) -> None:
    nik = "5203995201640001"
    batch = checked(cast, submission("a", nik=nik), submission("b", nik=nik, nama="Orang Lain", umur=20))
    assert list(batch.rows.filter(number__gt=1).values_list("state", flat=True)) == [RowState.READY, RowState.ALIKE]


def another_coordinator(cast: Cast) -> None:
    """Eko coordinates Lentera too."""
    assert cast.eko.person is not None
    assert cast.eko.user is not None
    access.grant_role(System("tests"), cast.eko.person, role="coordinator", organisation=cast.lentera,
                      reason="pemeran", now=NOW - DAY)  # fmt: skip
    cast.eko.actor = actor_for(cast.eko.user.pk, now=NOW, second_factor=True)


def test_a_hidden_case_is_no_double_and_no_entry_for_whom_it_is_hidden_from(cast: Cast) -> None:
    another_coordinator(cast)
    assert cast.eko.person is not None
    entered(cast, submission())
    hidden = Case.objects.get()
    exclude_person(cast.budi.actor, hidden, cast.eko.person, now=NOW)
    batch = checked(cast, submission(), who="eko")
    assert (codes(batch), count_rows(batch).states) == ([[]], {RowState.READY: 1})
    finish(cast.eko, batch)
    assert outcomes(batch) == {Outcome.WRITTEN: 1}, "exactly as if nobody had ever entered it"
    assert Case.objects.count() == 2
    assert codes(checked(cast, submission(), who="eko")) == [[["", "entered_already"]]], "their own"
    take_back(cast.eko, batch)
    assert list(Case.objects.all()) == [hidden]


def test_a_double_that_is_hidden_meanwhile_is_none_any_more(cast: Cast) -> None:
    another_coordinator(cast)
    assert cast.eko.person is not None
    case = known(cast)
    batch = checked(cast, submission(), who="eko")
    assert count_rows(batch).undecided == 1
    exclude_person(cast.budi.actor, case, cast.eko.person, now=NOW)
    pages = [cast.eko.client().get(f"/impor/{batch.pk}/{part}").content.decode() for part in ("", "kembar/")]
    assert count_rows(batch).states == {RowState.READY: 1}
    assert all(case.code not in page for page in pages)


def test_what_is_hidden_from_the_importer_is_taken_back_in_appearance_alone(cast: Cast) -> None:
    another_coordinator(cast)
    assert cast.eko.person is not None
    batch = entered(cast, submission(), who="eko")
    exclude_person(cast.budi.actor, Case.objects.get(), cast.eko.person, now=NOW)
    take_back(cast.eko, batch)
    assert outcomes(batch) == {Outcome.UNDONE: 1}
    assert Case.objects.count() == 1


# Taking back


def test_a_whole_import_is_taken_back_and_counts_no_more(cast: Cast) -> None:
    batch = entered(cast, submission("a"), submission("b", nama="Amaq Lain", umur=40))
    assert CountedVictim.objects.filter(superseded_at=None).count() == 2
    take_back(cast.budi, batch)
    assert (batch.state, outcomes(batch)) == (State.UNDONE, {Outcome.UNDONE: 2})
    assert not Case.objects.exists()
    assert not Party.objects.exists()
    assert not Clock.objects.exists()
    assert not CountedVictim.objects.filter(superseded_at=None).exists()
    entered(cast, submission("a"))
    assert Case.objects.count() == 1, "what was taken back may come in anew"


def test_what_somebody_worked_on_stays_and_is_listed(cast: Cast) -> None:
    batch = entered(cast, submission("a"), submission("b", nama="Amaq Lain", umur=40))
    worked_on = Case.objects.order_by("pk")[0]
    triage_case(cast.budi.actor, worked_on, risk="RK.T", authority="village", now=NOW)
    take_back(cast.budi, batch)
    assert outcomes(batch) == {Outcome.UNDONE: 1, Outcome.KEPT: 1}
    assert list(Case.objects.all()) == [worked_on]
    assert len(reasons(batch)) == 1


def test_a_look_is_no_work(cast: Cast) -> None:
    batch = entered(cast, submission())
    cast.budi.client().get(f"/kasus/{Case.objects.get().pk}/")
    take_back(cast.budi, batch)
    assert not Case.objects.exists()


def test_a_case_held_for_a_court_stays(cast: Cast) -> None:
    batch = entered(cast, submission())
    Case.objects.update(legal_hold=True)
    take_back(cast.budi, batch)
    assert outcomes(batch) == {Outcome.KEPT: 1}


# Several people in one report


def with_people(*persons: tuple[object, ...], name: str = "korban") -> bytes:
    """Two reports; the persons of a repeated group tied to them by `_parent_index`."""
    main = [
        {k: v for k, v in {**submission(key), "_index": n}.items() if not k.startswith("korban/")}
        for n, key in ((1, "satu"), (2, "dua"))
    ]
    heads = ("korban/nama", "korban/jenis_kelamin", "korban/umur", "_index", "_parent_table_name", "_parent_index")
    return workbook(**{"Laporan": table(*main), name: [heads, *persons]})


def test_the_people_of_a_repeated_group_stand_in_one_case(cast: Cast) -> None:
    data = with_people(
        ("Inaq Satu", "P", 40, 1, "Laporan", 1), ("Amaq Satu", "L", 45, 2, "Laporan", 1),
        ("Papuq Dua", "P", 80, 3, "Laporan", 2),
    )  # fmt: skip
    batch = finish(cast.budi, checked(cast, data=data))
    assert outcomes(batch) == {Outcome.WRITTEN: 2, Outcome.MERGED: 1}
    found = sorted(
        sorted(p.name.open() for p in case.parties.filter(role="victim") if p.name) for case in Case.objects.all()
    )
    assert found == [["Amaq Satu", "Inaq Satu"], ["Papuq Dua"]]
    assert all(party.consents.count() == 1 for party in Party.objects.filter(role="victim"))
    take_back(cast.budi, batch)
    assert not Case.objects.exists()


def test_a_case_of_several_that_was_worked_on_stays_with_all_of_them(cast: Cast) -> None:
    data = with_people(("Inaq Satu", "P", 40, 1, "Laporan", 1), ("Amaq Satu", "L", 45, 2, "Laporan", 1))
    batch = finish(cast.budi, checked(cast, data=data))
    case = Case.objects.filter(parties__role="victim").order_by("-received_at", "pk").first()
    worked_on = next(c for c in Case.objects.all() if c.parties.filter(role="victim").count() == 2)
    assert case is not None
    triage_case(cast.budi.actor, worked_on, risk="RK.T", authority="village", now=NOW)
    take_back(cast.budi, batch)
    assert outcomes(batch) == {Outcome.UNDONE: 1, Outcome.KEPT: 2}


@pytest.mark.parametrize("name", ["pelaku", "saksi", "korban_pelaku", "anggaran"])
def test_a_repeated_group_about_others_is_not_read_and_not_kept(cast: Cast, name: str) -> None:
    batch = checked(cast, data=with_people(("Nama Terlapor", "L", 50, 1, "Laporan", 1), name=name))
    [sheet] = batch.outline.open()["sheets"]
    assert sheet["notes"]["unread"] == 1
    assert not any("Nama Terlapor" in map(str, cells_of(row)) for row in batch.rows.all())


def test_whoever_is_accused_is_never_taken_for_the_person(cast: Cast) -> None:
    told = submission(nama="", **{"pelaku/nama": "Nama Terlapor", "nama_pelaku": "Nama Terlapor"})
    entered(cast, told)
    assert not any(p.name and "Terlapor" in p.name.open() for p in Party.objects.all())


# Words of the form


def test_a_word_is_taught_once_and_the_next_file_knows_it(cast: Cast) -> None:
    batch = checked(cast, submission("a", jenis_kasus="surat_surat"), submission("b", jenis_kasus="surat_surat"))
    [strange] = strange_words(batch)
    assert (strange.column, strange.words, strange.rows) == ("types", "surat_surat", 2)
    teach_words(cast.budi.actor, batch, meanings={"types": {strange.digest: "AD.2"}}, now=NOW)
    finish(cast.budi, check_rows(cast.budi.actor, batch, now=NOW))
    assert Case.objects.count() == 2
    assert codes(checked(cast, submission("c", jenis_kasus="Surat-surat", nama="Papuq Tiga", umur=90))) == [[]]
    assert "surat" not in str(list(WordMemory.objects.values_list("digest", "code")))


def test_a_word_that_says_nothing_leaves_the_others(cast: Cast) -> None:
    batch = checked(cast, submission(jenis_kasus="ktp; entah apa"))
    [strange] = strange_words(batch)
    teach_words(cast.budi.actor, batch, meanings={"types": {strange.digest: ""}}, now=NOW)
    assert codes(check_rows(cast.budi.actor, batch, now=NOW)) == [[]]


def test_a_word_stands_for_a_code_of_its_column_alone(cast: Cast) -> None:
    batch = checked(cast, submission(jenis_kasus="entah"))
    [strange] = strange_words(batch)
    for meanings in ({"types": {strange.digest: "X.1"}}, {"name": {strange.digest: "AD.1"}}, {"rahasia": {}}):
        with pytest.raises(Invalid):
            teach_words(cast.budi.actor, batch, meanings=meanings, now=NOW)


# Who, and what is left


def test_an_import_of_reports_is_seen_by_whoever_brought_it_in_alone(cast: Cast) -> None:
    another_coordinator(cast)
    batch = checked(cast, submission())
    for who in cast:
        seen = ImportBatch.objects.filter(visible_to(who.actor), pk=batch.pk).exists()
        assert seen == (who.key == "budi"), who.key


def test_whoever_coordinates_no_more_sees_it_no_more(cast: Cast) -> None:
    batch = checked(cast, submission())
    Grant.objects.filter(person=cast.budi.person).delete()
    assert cast.budi.user is not None
    actor = actor_for(cast.budi.user.pk, now=NOW, second_factor=True)
    assert not ImportBatch.objects.filter(visible_to(actor), pk=batch.pk).exists()


def test_only_a_coordinator_brings_reports_in(cast: Cast) -> None:
    for who in (cast.ani, cast.dewi, cast.hasan, cast.joko, cast.kartika):
        with pytest.raises(Denied):
            received(who, cast.lentera, workbook(Laporan=table(submission())))


def test_nothing_of_the_file_is_kept_once_it_is_in(cast: Cast) -> None:
    batch = entered(cast, submission("a"), submission("b", setuju_dicatat="tidak"), submission("a"))
    assert set(outcomes(batch)) == {Outcome.WRITTEN, Outcome.SKIPPED, Outcome.REFUSED}
    assert not ImportRow.objects.filter(batch=batch, cells__isnull=False).exists()


def test_what_nobody_confirmed_is_swept(cast: Cast) -> None:
    batch = checked(cast, submission())
    assert drop_expired(System("imports"), now=NOW + 8 * DAY) == 1
    assert not ImportRow.objects.filter(batch_id=batch.pk).exists()


def test_the_record_of_acts_holds_no_word_of_a_row(cast: Cast) -> None:
    take_back(cast.budi, entered(cast, submission(nik="5203995201640001")))
    told = str(list(Act.objects.values_list("act", "details")))
    for word in ("Contoh", "5203995201640001", "ekspor", uuid_of("satu"), "surat"):
        assert word not in told
    assert not Exclusion.objects.exists()
