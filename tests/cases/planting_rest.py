"""The words of what happens around cases: requests about data, care, closures, breaches, files, imports."""

from datetime import timedelta
from typing import Any, Final

from simpul.cases.export_kinds import Part
from simpul.cases.models import Case, Consent, Transfer
from simpul.cases.services.breaches import note_breach_step, record_breach
from simpul.cases.services.care import check_in, report_threat, settle_threat
from simpul.cases.services.closing import decline_closure, end_case
from simpul.cases.services.consents import give_consent, withdraw_consent
from simpul.cases.services.desk_rules import set_desk_rules
from simpul.cases.services.exports import collect_export, prepare_export, request_export
from simpul.cases.services.handover import replace_companion
from simpul.cases.services.keeping import extend_keeping, hold_case, lift_restriction, release_case, restrict_case
from simpul.cases.services.rights import check_identity, grant_request, receive_request, refuse_request
from simpul.cases.services.rights_file import find_file
from simpul.cases.services.sight import assign_companion
from simpul.cases.services.transfer_answers import refuse_transfer
from tests.cases.planting import FAR, TAKER, Planted, Taken
from tests.factories import kobo
from tests.factories.cases import MAKER, NOW, make_case, victim_of
from tests.factories.documents import picture, send
from tests.factories.transfers import make_coordinator

LATER: Final = NOW + timedelta(hours=3)
SHARED: Final = frozenset({"ani", "budi"})  # a matter of social protection, which the whole group shares
LEADS: Final = frozenset({"budi"})
FETCHED: Final = 2  # files of the register, the first one with names


def plant_rest(found: Planted) -> None:
    """After `plant`: closures are agreed to by somebody else from here on."""
    case = Case.objects.select_related("area", "owner_organisation").get(pk=found.ids["case"][0])
    _signed(found, case)
    _asked(found, case)
    _stopped(found, case)
    _relieved(found)
    _cared(found)
    _breached(found)
    _answered_elsewhere(found)
    _closed(found, case)
    _taken_out(found)
    _brought_in(found)


def _word(found: Planted, what: str, readers: frozenset[str]) -> str:
    return found.word("rest", what, readers)


def _signed(found: Planted, case: Case) -> None:
    """On the screen, by a telephone that would say where and by whom."""
    ani, drawn = found.cast.ani.actor, picture("PNG", tell=_word(found, "tandatangan", frozenset()))
    given = give_consent(
        ani, victim_of(case), capacity="self", purposes=["record"], language="id", manner="signature",
        proof=send(ani, drawn, now=NOW), expires_on=FAR, now=NOW,
    )  # fmt: skip
    found.note("consent", given.pk)


def _asked(found: Planted, case: Case) -> None:
    """Access that was given, and a refusal with its reason."""
    budi = found.cast.budi.actor
    for kind in ("access", "erasure"):
        row = receive_request(
            found.cast.ani.actor, found.cast.lentera, kind=kind, capacity="self", now=NOW,
            applicant=_word(found, f"pemohon{kind}", LEADS), words=_word(found, f"permintaan{kind}", LEADS),
        )  # fmt: skip
        check_identity(budi, row, proof="ktp", now=NOW)
        find_file(budi, row, victim_of(case), now=NOW)
        found.note("request", row.pk)
        if kind == "access":
            grant_request(budi, row, now=NOW)
        else:
            refuse_request(budi, row, ground="endangers", reason=_word(found, "menolak", LEADS), now=NOW)


def _stopped(found: Planted, case: Case) -> None:
    budi = found.cast.budi.actor
    row = restrict_case(budi, case, reason=_word(found, "batas", SHARED), now=NOW)
    lift_restriction(budi, row, reason=_word(found, "lepas", SHARED), now=NOW)
    release_case(budi, hold_case(budi, case, reason=_word(found, "tahan", SHARED), now=NOW), now=NOW)
    extend_keeping(budi, case, until=FAR, reason=_word(found, "perpanjang", SHARED), now=NOW)
    consent = Consent.objects.get(party=victim_of(case), manner="spoken")
    by = _word(found, "mencabut", SHARED)
    withdraw_consent(budi, consent, capacity="guardian", withdrawn_by=by, now=LATER)


def _relieved(found: Planted) -> None:
    cast, successor = found.cast, make_coordinator(found.cast.lentera, "Murni").person
    case = make_case(cast.lentera, actor=MAKER)
    found.note("relieved", case.pk)
    assert cast.ani.person
    assert successor
    assign_companion(cast.budi.actor, case, cast.ani.person, now=NOW)
    replace_companion(
        cast.budi.actor, case, leaving=cast.ani.person, successor=successor, asked="agrees",
        reason=_word(found, "diganti", LEADS), now=NOW,
    )  # fmt: skip


def _cared(found: Planted) -> None:
    cast = found.cast
    check_in(
        cast.ani.actor, cast.lentera, feeling="tired", weights=["stories"], relief=["rest"], now=NOW,
        words=_word(found, "kabar", SHARED), shared_with=cast.budi.person,
    )  # fmt: skip
    told = frozenset({*SHARED, "kartika"})
    threat = report_threat(
        cast.ani.actor, cast.lentera, danger="followed", is_now=False, words=_word(found, "ancaman", told), now=NOW
    )
    settle_threat(cast.budi.actor, threat, done=_word(found, "ditangani", told), now=NOW)
    found.note("threat", threat.pk)


def _breached(found: Planted) -> None:
    budi, kept = found.cast.budi.actor, frozenset({"budi", "kartika", "joko"})
    row = record_breach(
        budi, found.cast.lentera, what=_word(found, "bocor", kept), cause="paper", classes=["identity"],
        noticed_at=NOW, now=NOW,
    )  # fmt: skip
    note_breach_step(budi, row, kind="measure", words=_word(found, "tindakan", kept), now=NOW)
    found.note("breach", row.pk)


def _answered_elsewhere(found: Planted) -> None:
    """The other group can't take the shared matter over, and says why."""
    transfer = Transfer.objects.get(pk=found.ids["transfer"][0])
    words = _word(found, "takbisa", frozenset({*SHARED, TAKER}))
    refuse_transfer(found.cast.played[TAKER].actor, transfer, words=words, now=LATER)


def _closed(found: Planted, case: Case) -> None:
    cast = found.cast
    set_desk_rules(
        cast.budi.actor, cast.lentera, approves_closure=True, checkins="chosen", reason="Musyawarah", now=NOW
    )
    row = end_case(cast.ani.actor, case, outcome="met", reason=_word(found, "mintatutup", SHARED), now=LATER)
    assert row
    decline_closure(cast.budi.actor, row, words=_word(found, "belumtutup", SHARED), now=LATER)
    found.note("closure", row.pk)


def _taken_out(found: Planted) -> None:
    """With names and without, fetched; one that was made and left, and one that is not made yet."""
    budi, home = found.cast.budi.actor, found.cast.lentera
    for number, kind in enumerate(("xlsx", "pdf", "xlsx", "xlsx")):
        password = f"Zqsandi{number}yangpanjang"
        found.secrets.append(password)
        told: dict[str, Any] = {"reason": _word(found, f"keluar{number}", LEADS)}
        if number == 0:
            told |= {"unmasked": True, "unmasking_reason": _word(found, f"bernama{number}", LEADS)}
        row = request_export(budi, home, kind=kind, part=Part(), password=password, now=NOW, **told)
        found.note("export" if number in (0, FETCHED + 1) else "other_export", row.pk)
        if number < FETCHED:
            data = collect_export(budi, prepare_export(budi, row, now=NOW), now=NOW)
            found.files.append(Taken(kind, number == 0, password, data))
        elif number == FETCHED:
            prepare_export(budi, row, now=NOW)


def _brought_in(found: Planted) -> None:
    """A file of KoboCollect, read and not entered."""
    batch = kobo.received(
        found.cast.budi, found.cast.lentera, name=f"{_word(found, 'berkas', LEADS)}.xlsx",
        data=kobo.workbook(
            Laporan=kobo.table(
                kobo.submission(nama=_word(found, "koborang", LEADS), kronologi=_word(found, "kobokisah", LEADS))
            )
        ),
    )  # fmt: skip
    found.note("batch", batch.pk)
    found.note("row", *batch.rows.values_list("pk", flat=True))
