"""Who gets what of roles, of letting people in and back in, and of who can see what."""

from datetime import UTC, datetime

from simpul.access.emergencies import openings_for
from simpul.access.models import Grant
from simpul.access.queries import grants_for
from simpul.access.services import break_glass, name_deputy, open_recovery
from simpul.accounts.models import Method
from simpul.accounts.services import begin_session
from simpul.accounts.session_store import SessionStore
from simpul.kernel.actor import Actor
from simpul.kernel.ids import uuid7
from simpul.kernel.refs import RecordRef
from tests.cast import NAMES, Cast
from tests.factories.accounts import make_trusted
from tests.matrix import DENIED, INVALID, LOGIN, MOVED, OK, UNSEEN, WRONG_METHOD, Row, Surface, row, surface

EVERYBODY = sorted(name.title() for name in NAMES if name != "publik")


def anis(cast: Cast) -> dict[str, object]:
    return {"grant_id": Grant.objects.get(person=cast.ani.person, superseded_at=None).pk}


def ani(cast: Cast) -> dict[str, object]:
    assert cast.ani.person is not None
    return {"person_id": cast.ani.person.pk}


def ani_waiting(cast: Cast) -> dict[str, object]:
    """Budi has asked for her to be let back in."""
    assert cast.ani.person is not None
    open_recovery(cast.budi.actor, cast.ani.person, now=datetime.now(UTC))
    return ani(cast)


def anis_phone(cast: Cast) -> dict[str, object]:
    assert cast.ani.user is not None
    device, _secret = make_trusted(cast.ani.user)
    return {**ani(cast), "device_id": device.pk}


def anis_browser(cast: Cast) -> dict[str, object]:
    """Signed in with a password, on a computer: a session as the store keeps it."""
    assert cast.ani.user is not None
    store = SessionStore()
    store.save()
    session = begin_session(cast.ani.user, key=store.session_key or "", method=Method.PASSWORD, now=datetime.now(UTC))
    return {**ani(cast), "session_id": session.pk}


def in_lentera(cast: Cast) -> dict[str, object]:
    return {"organisasi": cast.lentera.pk}


def new_volunteer(cast: Cast) -> dict[str, object]:
    return {"id": uuid7(), "name": "Rohani", "role": "companion"}


def a_role(cast: Cast) -> dict[str, object]:
    assert cast.ani.person is not None
    return {
        "organisasi": cast.lentera.pk,
        "peran": "editor",
        "orang": cast.ani.person.pk,
        "reason": "dipilih",
        "yakin": "ya",
    }


ROWS: list[Row] = [
    row("access:grants", default=OK, publik=LOGIN),
    row("access:roles", default=OK, publik=LOGIN),
    row("access:seers", default=OK, publik=LOGIN),
    row(
        "access:seers",
        data=in_lentera,
        default=UNSEEN,
        publik=LOGIN,
        ani=OK,
        budi=OK,
        kartika=OK,
        joko=OK,
        because="of Lentera",
    ),
    row("access:give", default=DENIED, publik=LOGIN, budi=MOVED, dewi=MOVED, kartika=MOVED, joko=OK),
    row(
        "access:give",
        data=in_lentera,
        default=DENIED,
        publik=LOGIN,
        budi=OK,
        dewi=UNSEEN,
        kartika=OK,
        joko=OK,
        because="in Lentera",
    ),
    row("access:check", default=WRONG_METHOD, publik=LOGIN),
    row(
        "access:check",
        method="post",
        data=a_role,
        default=UNSEEN,
        publik=LOGIN,
        budi=MOVED,
        kartika=DENIED,
        because="an editor of Lentera",
    ),
    row("access:give-platform", default=DENIED, publik=LOGIN, joko=OK),
    row("access:give-platform", method="post", default=DENIED, publik=LOGIN, joko=INVALID),
    row("access:grant", anis, default=UNSEEN, publik=LOGIN, ani=OK, budi=OK, kartika=OK, joko=OK),
    row("access:end", anis, default=UNSEEN, publik=LOGIN, ani=OK, budi=OK, kartika=OK, joko=OK),
    row(
        "access:end",
        anis,
        method="post",
        data={"reason": "pindah"},
        default=UNSEEN,
        publik=LOGIN,
        ani=MOVED,
        budi=MOVED,
        kartika=MOVED,
        joko=DENIED,
    ),
    row("access:enrol", default=DENIED, publik=LOGIN, budi=MOVED, dewi=MOVED, kartika=MOVED, joko=OK),
    row(
        "access:recoveries",
        default=DENIED,
        publik=LOGIN,
        budi=OK,
        dewi=OK,
        kartika=OK,
        joko=OK,
    ),
    row("access:recover", ani, default=UNSEEN, publik=LOGIN, ani=OK, budi=OK, kartika=OK),
    row(
        "access:recover",
        ani_waiting,
        default=UNSEEN,
        publik=LOGIN,
        ani=OK,
        budi=OK,
        kartika=OK,
        joko=OK,
        because="who waits to be let back in",
    ),
]


LEADERS = ("budi", "kartika")
ROWS += [
    row("access:devices", ani, default=UNSEEN, publik=LOGIN, **dict.fromkeys(LEADERS, OK)),
    row("access:sign-out-device", anis_phone, default=UNSEEN, publik=LOGIN, **dict.fromkeys(LEADERS, OK)),
    row(
        "access:sign-out-device",
        anis_phone,
        method="post",
        default=UNSEEN,
        publik=LOGIN,
        **dict.fromkeys(LEADERS, MOVED),
    ),
    row("access:sign-out-session", anis_browser, default=UNSEEN, publik=LOGIN, **dict.fromkeys(LEADERS, OK)),
    row(
        "access:sign-out-session",
        anis_browser,
        method="post",
        default=UNSEEN,
        publik=LOGIN,
        **dict.fromkeys(LEADERS, MOVED),
    ),
]


def lentera(cast: Cast) -> dict[str, object]:
    return {"organisation_id": cast.lentera.pk}


def its_deputy(cast: Cast) -> dict[str, object]:
    """Ani stands in for Budi."""
    assert cast.ani.person is not None
    deputy = name_deputy(cast.budi.actor, cast.ani.person, organisation=cast.lentera, now=datetime.now(UTC))
    return {"deputy_id": deputy.pk}


def its_opening(cast: Cast) -> dict[str, object]:
    """Budi opened something of Lentera's a moment ago."""
    reason = "Penyintas menelepon malam ini; pendampingnya tidak bisa dihubungi."
    ref = RecordRef("cases.case", uuid7())
    opening = break_glass(cast.budi.actor, ref, organisation=cast.lentera, reason=reason, now=datetime.now(UTC))
    return {"opening_id": opening.pk}


def anis_name(cast: Cast) -> dict[str, object]:
    assert cast.ani.person is not None
    return {"orang": cast.ani.person.pk}


ROWS += [
    row("access:emergencies", default=OK, publik=LOGIN),
    row("access:break-glass", default=DENIED, publik=LOGIN, budi=OK),
    row("access:break-glass", method="post", default=DENIED, publik=LOGIN, budi=422, because="nothing filled in"),
    row("access:name-deputy", lentera, default=UNSEEN, publik=LOGIN, budi=OK),
    row("access:name-deputy", lentera, method="post", data=anis_name, default=UNSEEN, publik=LOGIN, budi=MOVED),
    row("access:end-deputy", its_deputy, default=UNSEEN, publik=LOGIN, ani=OK, budi=OK),
    row("access:end-deputy", its_deputy, method="post", default=UNSEEN, publik=LOGIN, ani=MOVED, budi=MOVED),
    row("access:opening", its_opening, default=UNSEEN, publik=LOGIN, budi=OK, kartika=OK, joko=OK),
    row("access:close-glass", its_opening, default=UNSEEN, publik=LOGIN, budi=OK, kartika=DENIED, joko=DENIED),
    row(
        "access:close-glass",
        its_opening,
        method="post",
        default=UNSEEN,
        publik=LOGIN,
        budi=MOVED,
        kartika=DENIED,
        joko=DENIED,
    ),
]


def _opened(actor: Actor, cast: Cast) -> int:
    its_opening(cast)
    return openings_for(actor).count()


def _held(actor: Actor, cast: Cast) -> list[str]:
    return sorted(grants_for(actor, now=cast.now).values_list("person__name", flat=True))


SURFACES: list[Surface] = [
    surface(
        "grants_for",
        _held,
        default=[],
        ani=["Ani"],
        budi=["Ani", "Budi"],
        citra=["Citra"],
        dewi=["Dewi", "Fitri", "Gede"],
        eko=["Eko"],
        fitri=["Fitri"],
        gede=["Gede"],
        hasan=["Hasan"],
        indah=["Indah"],
        joko=EVERYBODY,
        kartika=["Ani", "Budi", "Kartika"],
    ),
]
