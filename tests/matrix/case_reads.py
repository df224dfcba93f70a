"""What is no page of a case and could tell of one: lists, counts, finding, likeness, links, alerts, letters, files.

Of four matters of one group: one that it shares; one of violence, with nobody assigned; one hidden from its
coordinator; one that was brought to the supervisor. Each holds the same NIK, a need whose time is over, and a letter to
an office.
"""

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from simpul.cases.export_kinds import Part
from simpul.cases.models import Case
from simpul.cases.queries.duplicates import known_already, likely_duplicates_for
from simpul.cases.queries.exports import exports_for
from simpul.cases.queries.referrals import letters_for_office, unanswered_for
from simpul.cases.queries.waiting import Waiting, waiting_for
from simpul.cases.queries.worklist import Filter, Shelf, worklist, worklist_with_counts
from simpul.cases.rules.telling import told_of_case
from simpul.cases.services.exports import prepare_export, request_export
from simpul.cases.services.finding import find_cases
from simpul.cases.services.helping import add_need
from simpul.cases.services.sight import escalate_case
from simpul.kernel.actor import Actor
from simpul.web.cases.desk.leading import case_page
from tests.cast import Cast
from tests.factories.cases import MAKER, NOW, make_case, victim_of
from tests.factories.referrals import make_office, make_referral
from tests.matrix import Surface, surface

NIK = "9903994107640001"
LATER = NOW + timedelta(days=30)
Seen = Callable[[Actor, Cast], object]


def world(cast: Cast) -> None:
    """Made once for everybody of the cast; a matter is told by what stands as its number in another register."""
    if Case.objects.exists():
        return
    office = make_office(cast)
    kinds: dict[str, dict[str, Any]] = {
        "shared": {"actor": cast.ani.actor},
        "violence": {"types": ["K.F"]},
        "hidden": {"actor": cast.ani.actor, "types": ["PA.2"], "hide_from": [cast.budi.person]},
        "brought": {},
    }
    for name, told in kinds.items():
        case = make_case(cast.lentera, victim={"nik": NIK, "age_stated": 40}, **told)
        Case.objects.filter(pk=case.pk).update(external_register_number=name)
        add_need(MAKER, victim_of(case), kind="SV.07", time_frame="week", now=NOW)
        make_referral(cast, case=Case.objects.select_related("area").get(pk=case.pk), office=office)
        if name == "brought":
            escalate_case(MAKER, case, to=cast.support, reason="Buntu", now=NOW)


def of(cases: Iterable[Case]) -> str:
    return " ".join(sorted(case.external_register_number for case in cases))


def in_world(seen: Seen) -> Seen:
    def call(actor: Actor, cast: Cast) -> object:
        world(cast)
        return seen(actor, cast)

    return call


def _listed(actor: Actor, cast: Cast) -> str:
    return of(worklist(actor, Filter(shelf=Shelf.OPEN), now=LATER).cases)


def _counted(actor: Actor, cast: Cast) -> tuple[int, int]:
    """Beside the list, and on the home."""
    _page, counts = worklist_with_counts(actor, Filter(), now=LATER)
    return counts[Shelf.OVERDUE], waiting_for(actor, now=LATER).get(Waiting.OVERDUE, 0)


def _found(actor: Actor, cast: Cast) -> str:
    return of(find_cases(actor, nik=NIK, now=LATER))


def _found_by_number(actor: Actor, cast: Cast) -> str:
    codes = Case.objects.values_list("code", flat=True)
    return of(case for code in codes for case in find_cases(actor, number=code, now=LATER))


def _known(actor: Actor, cast: Cast) -> str:
    """Said on the first screen, while another case is opened."""
    return of(one.case for one in known_already(actor, cast.lentera, nik=NIK, now=LATER))


def _alike(actor: Actor, cast: Cast) -> str:
    shared = Case.objects.get(external_register_number="shared")
    return of(one.case for one in likely_duplicates_for(actor, shared, now=LATER))


def _linked(actor: Actor, cast: Cast) -> str:
    return of(case for case in Case.objects.all() if case_page(actor, case.pk))


def _alerted(actor: Actor, cast: Cast) -> str:
    """Of what is due, and of the companions those alone who help in it."""
    return of(
        case for case in Case.objects.all() if actor.user_id in told_of_case(case, ("companion", "coordinator"), NOW)
    )


def _taken_out(actor: Actor, cast: Cast) -> int:
    told: dict[str, Any] = {"kind": "xlsx", "part": Part(), "reason": "Laporan", "password": "empat kata yang panjang"}
    row = prepare_export(actor, request_export(actor, cast.lentera, **told, now=LATER), now=LATER)
    return exports_for(actor, now=LATER).get(pk=row.pk).case_count


def _letters(actor: Actor, cast: Cast) -> int:
    return letters_for_office(actor, now=NOW).count()


def _unanswered(actor: Actor, cast: Cast) -> str:
    return of(row.case for row in unanswered_for(actor, now=NOW))


ANI, BUDI = "brought hidden shared", "brought shared violence"
SURFACES: list[Surface] = [
    surface("cases listed", in_world(_listed), default="", ani=ANI, budi=BUDI, kartika="brought"),
    surface("cases counted", in_world(_counted), default=(0, 0), ani=(3, 3), budi=(3, 3), kartika=(1, 1)),
    surface("cases found by NIK", in_world(_found), default="denied", ani=ANI, budi=BUDI, kartika="brought", hasan=""),
    surface(
        "cases found by number", in_world(_found_by_number), default="denied", ani=ANI, budi=BUDI, kartika="brought",
        hasan="",
    ),
    surface("cases known already", in_world(_known), default="", ani=ANI, budi=BUDI, kartika="brought"),
    surface("cases alike", in_world(_alike), default="unseen", ani="brought hidden", budi="brought violence"),
    surface("where notices lead", in_world(_linked), default="", ani=ANI, budi=BUDI, kartika="brought"),
    surface("who is alerted", in_world(_alerted), default="", ani=ANI, budi=BUDI),
    surface("the register taken out", in_world(_taken_out), default="denied", budi=3),
    surface("letters at an office", in_world(_letters), default=0, citra=4),
    surface("letters without an answer", in_world(_unanswered), default="", ani=ANI, budi=BUDI, kartika="brought"),
]  # fmt: skip
