"""What people ask about their own data: the group writes it down, its coordinator answers, the supervisor for a child;
keeping and erasing is the coordinator's.
"""

from simpul.cases.models import RightsRequest
from simpul.cases.queries.rights import requests_for
from simpul.cases.services.breaches import record_breach
from simpul.cases.services.keeping import restrict_case
from simpul.cases.services.rights import check_identity, grant_request, receive_request, refuse_request
from simpul.cases.services.rights_file import find_file
from simpul.kernel.actor import Actor
from tests.cast import Cast
from tests.factories.cases import MAKER, NOW, make_case, victim_of
from tests.matrix import DENIED, INVALID, LOGIN, MOVED, OK, UNSEEN, Row, Surface, row, surface


def made(cast: Cast, kind: str = "access") -> RightsRequest:
    return receive_request(MAKER, cast.lentera, kind=kind, capacity="self", applicant="Pemohon", now=NOW)


def asked(cast: Cast) -> dict[str, object]:
    return {"key": made(cast).pk}


def for_a_child(cast: Cast) -> dict[str, object]:
    request = receive_request(MAKER, cast.lentera, kind="access", capacity="parent", applicant="Pemohon", now=NOW)
    child = victim_of(make_case(cast.lentera, types=["K.F"], victim={"age_stated": 9}))
    check_identity(MAKER, request, proof="ktp", now=NOW)
    return {"key": find_file(MAKER, request, child, now=NOW).pk}


def ready(cast: Cast, kind: str = "access") -> RightsRequest:
    request = made(cast, kind)
    check_identity(MAKER, request, proof="ktp", now=NOW)
    return find_file(MAKER, request, victim_of(make_case(cast.lentera, victim={"age_stated": 30})), now=NOW)


def granted(cast: Cast) -> dict[str, object]:
    return {"key": grant_request(MAKER, ready(cast), now=NOW).pk}


def refused(cast: Cast) -> dict[str, object]:
    return {"key": refuse_request(MAKER, made(cast), ground="no_file", now=NOW).pk}


def a_case(cast: Cast) -> dict[str, object]:
    return {"case_id": make_case(cast.lentera, victim={"age_stated": 40}).pk}


def a_stop(cast: Cast) -> dict[str, object]:
    case = make_case(cast.lentera, victim={"age_stated": 40})
    return {"case_id": case.pk, "key": restrict_case(MAKER, case, reason="Diminta", now=NOW).pk}


def hidden(cast: Cast) -> dict[str, object]:
    """From its own coordinator."""
    return {"case_id": make_case(cast.lentera, actor=cast.ani.actor, types=["K.S"], hide_from=[cast.budi.person]).pk}


def breach(cast: Cast) -> dict[str, object]:
    made = record_breach(
        MAKER, cast.lentera, what="Ponsel hilang", cause="device", classes=["contact"], noticed_at=NOW, now=NOW
    )
    return {"key": made.pk}


def letter(cast: Cast) -> dict[str, object]:
    return {**breach(cast), "to": "orang"}


KEEPERS = {"budi": OK, "kartika": OK, "joko": OK}
PAPERS = dict.fromkeys(("budi", "kartika", "dewi", "joko"), OK)
COUNTER = {"ani": OK, "budi": OK, "hasan": OK, "kartika": OK}
NOBODY = {"default": UNSEEN, "publik": LOGIN}
LEADS = {"default": DENIED, "publik": LOGIN, "budi": OK}

ROWS: list[Row] = [
    row("rights:list", default=DENIED, publik=LOGIN, **COUNTER),
    row("rights:received", default=DENIED, publik=LOGIN, **COUNTER),
    row("rights:new", default=DENIED, publik=LOGIN, ani=OK, budi=OK, hasan=OK),
    row("rights:new", method="post", default=DENIED, publik=LOGIN, ani=INVALID, budi=INVALID, hasan=INVALID),
    row("rights:one", asked, **NOBODY, budi=OK),
    row("rights:one", for_a_child, **NOBODY, budi=OK, kartika=OK, because="for a child"),
    row("rights:one", asked, method="post", **NOBODY, budi=OK),
    row("rights:identity", asked, **NOBODY, budi=OK),
    row("rights:identity", asked, method="post", **NOBODY, budi=INVALID),
    row("rights:file", asked, **NOBODY, budi=OK),
    row("rights:file", asked, method="post", **NOBODY, budi=INVALID),
    row("rights:choose", asked, method="post", **NOBODY),
    row("rights:grant", asked, **NOBODY, budi=OK),
    row("rights:grant", for_a_child, **NOBODY, budi=DENIED, kartika=OK, because="for a child"),
    row("rights:grant", asked, method="post", **NOBODY, budi=INVALID),
    row("rights:refuse", asked, **NOBODY, budi=OK),
    row("rights:refuse", for_a_child, **NOBODY, budi=DENIED, kartika=OK, because="for a child"),
    row("rights:refuse", asked, method="post", **NOBODY, budi=INVALID),
    row("rights:told", asked, **NOBODY, because="not answered"),
    row("rights:told", refused, **NOBODY, budi=OK),
    row("rights:told-paper", refused, method="post", **NOBODY, budi=OK),
    row("rights:copy", asked, **NOBODY, budi=409, because="not granted"),
    row("rights:copy", granted, **NOBODY, budi=OK),
    row("rights:copy", granted, method="post", **NOBODY, budi=OK),
    row("rights:keeping-rules", **LEADS),
    row("rights:keeping-rules", method="post", default=DENIED, publik=LOGIN, budi=INVALID),
    row("rights:use", a_stop, **NOBODY, ani=DENIED, budi=OK),
    row("rights:use", a_stop, method="post", **NOBODY, ani=DENIED, budi=INVALID),
    row("rights:case", a_case, method="post", **NOBODY, ani=DENIED, budi=MOVED),
]
ROWS += [
    row("rights:breaches", default=DENIED, publik=LOGIN, **KEEPERS),
    row("rights:breach-new", default=DENIED, publik=LOGIN, **KEEPERS),
    row("rights:breach-new", method="post", default=DENIED, publik=LOGIN, budi=INVALID, kartika=INVALID, joko=INVALID),
    row("rights:breach", breach, **NOBODY, **KEEPERS),
    row("rights:breach", breach, method="post", **NOBODY, budi=INVALID, kartika=INVALID, joko=INVALID),
    row("rights:breach-letter", letter, method="post", **NOBODY, **KEEPERS),
    row("rights:papers", default=DENIED, publik=LOGIN, **PAPERS),
    row("rights:papers", method="post", default=DENIED, publik=LOGIN, **dict.fromkeys(PAPERS, INVALID)),
]
for page in ("case", "restrict", "hold", "extend", "erase"):
    ROWS += [
        row(f"rights:{page}", a_case, **NOBODY, ani=DENIED, budi=OK),
        row(f"rights:{page}", hidden, **NOBODY, ani=DENIED, because="hidden from Budi"),
    ]
for form in ("restrict", "hold", "extend", "erase"):
    ROWS.append(row(f"rights:{form}", a_case, method="post", **NOBODY, ani=DENIED, budi=INVALID))


def _seen(actor: Actor, cast: Cast) -> int:
    """One for oneself, one for a child."""
    if not RightsRequest.objects.exists():
        asked(cast)
        for_a_child(cast)
    return requests_for(actor).count()


SURFACES: list[Surface] = [surface("requests_for", _seen, default=0, budi=2, kartika=1)]
