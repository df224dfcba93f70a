"""The calendar is for everybody; an event is kept by its host's people, and its participants are read by those who
receive them. Eko's forum holds what is held here; Ani's group is asked to hold one together with it.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone

from simpul.activities.kinds import Part, Rhythm, Visibility
from simpul.activities.models import Event, EventSeries
from simpul.activities.services.attendance import check_in
from simpul.activities.services.certificates import issue_certificates, set_certificate_rule
from simpul.activities.services.hosting import add_coverage, name_co_host
from simpul.activities.services.life import hold_event
from simpul.activities.services.programme import add_contribution, add_item
from simpul.activities.services.series import create_series
from simpul.kernel.ids import uuid7
from simpul.kernel.localized import LocalizedText
from tests.cast import Cast
from tests.factories.activities import NOW, SYSTEM, came, enrol, make_event, session_of, somebody
from tests.matrix import DENIED, INVALID, LOGIN, MOVED, OK, UNSEEN, WRONG_METHOD, Row, row


def soon() -> datetime:
    return timezone.now().replace(minute=0, second=0, microsecond=0) + timedelta(days=10)


def _event(cast: Cast, **more: object) -> Event:
    return make_event(cast.forum, **{"starts_at": soon(), **more})


def event(cast: Cast) -> dict[str, object]:
    return {"event_id": _event(cast).pk}


def draft(cast: Cast) -> dict[str, object]:
    return {"event_id": _event(cast, published=False).pk}


def for_organisers(cast: Cast) -> dict[str, object]:
    return {"event_id": _event(cast, visibility=Visibility.HOSTS).pk}


def own_seat(cast: Cast) -> dict[str, object]:
    row = enrol(_event(cast), actor=cast.ani.actor, as_self=True, now=timezone.now())
    return {"registration_id": row.pk}


def own_paper(cast: Cast) -> dict[str, object]:
    """Ani was there, and was given a certificate."""
    found = make_event(cast.forum)
    row = enrol(found, actor=cast.ani.actor, as_self=True)
    check_in(SYSTEM, session_of(found), participant=row.participant, now=found.starts_at)
    held = hold_event(SYSTEM, found, now=found.ends_at)
    set_certificate_rule(SYSTEM, held, measure="sessions", least=1, signer="Ibu Ketua", now=found.ends_at)
    issue_certificates(SYSTEM, held, now=found.ends_at)
    return {"registration_id": row.pk}


def nothing(cast: Cast) -> dict[str, object]:
    return {"event_id": uuid7()}


def part(name: str) -> Callable[[Cast], dict[str, object]]:
    return lambda cast: {**event(cast), "part": name}


def step(name: str) -> Callable[[Cast], dict[str, object]]:
    return lambda cast: {**event(cast), "step": name}


def opening(cast: Cast) -> dict[str, object]:
    return {**draft(cast), "step": "umumkan"}


def _session(cast: Cast, **more: object) -> UUID:
    return session_of(_event(cast, **more)).pk


def session(cast: Cast) -> dict[str, object]:
    return {"session_id": _session(cast)}


def counted(cast: Cast) -> dict[str, object]:
    return {"session_id": _session(cast, is_sensitive=True, takes_registrations=False)}


def no_session(cast: Cast) -> dict[str, object]:
    return {"session_id": uuid7()}


def item(cast: Cast) -> dict[str, object]:
    made = add_item(SYSTEM, session_of(_event(cast)), title=LocalizedText(id="Pembukaan"), now=NOW)
    return {"item_id": made.pk}


def voice(cast: Cast) -> dict[str, object]:
    made = add_contribution(SYSTEM, _event(cast), part=Part.SPEAKER, name="Ibu Contoh", now=NOW)
    return {"row_id": made.pk}


def co_host(cast: Cast) -> dict[str, object]:
    return {"row_id": name_co_host(SYSTEM, _event(cast), organisation=cast.lentera, now=NOW).pk}


def coverage(cast: Cast) -> dict[str, object]:
    made = add_coverage(SYSTEM, _event(cast), title="Liputan", published_on=NOW.date(), now=NOW)
    return {"row_id": made.pk}


def attended(cast: Cast) -> dict[str, object]:
    found = make_event(cast.forum)
    (person,) = came(found, somebody("Ibu Contoh"))
    return {"attendance_id": person.attendances.get().pk}


def no_attendance(cast: Cast) -> dict[str, object]:
    return {"attendance_id": uuid7()}


def _series(cast: Cast) -> EventSeries:
    return create_series(
        SYSTEM, cast.forum, title=LocalizedText(id="Semidaring Contoh"), kind="EV.05", visibility=Visibility.PUBLIC,
        rhythm=Rhythm.WEEKLY, starts_on=NOW.date(), now=NOW,
    )  # fmt: skip


def series(cast: Cast) -> dict[str, object]:
    return {"series_id": _series(cast).pk}


def no_series(cast: Cast) -> dict[str, object]:
    return {"series_id": uuid7()}


def paper(cast: Cast) -> dict[str, object]:
    return {**event(cast), "document_id": uuid7()}


# Who may hold events somewhere, whatever their organisation.
HOLDERS = {"budi": OK, "eko": OK, "gede": OK, "dewi": OK, "kartika": OK}
HELD = dict.fromkeys(HOLDERS, INVALID)
GUARDED = {"default": DENIED, "publik": LOGIN}

ROWS: list[Row] = [
    row("activities:calendar", default=OK),
    row("activities:calendar", data={"tampilan": "daftar"}, default=OK, because="as a list"),
    row("activities:calendar", data={"tampilan": "peta"}, default=OK, because="as a map"),
    row("activities:feed", default=OK),
    row("activities:series", series, default=OK),
    row("activities:series", no_series, default=UNSEEN, because="nothing there"),
    row("activities:event", event, default=OK),
    row("activities:event", draft, default=UNSEEN, eko=OK, because="a draft"),
    row("activities:event", for_organisers, default=UNSEEN, eko=OK, because="for the organisers"),
    row("activities:event", nothing, default=UNSEEN, because="nothing there"),
    row("activities:event-ics", event, default=OK),
    row("activities:event-ics", draft, default=UNSEEN, eko=OK, because="a draft"),
    row("activities:card", event, default=OK),
    row("activities:card", for_organisers, default=UNSEEN, eko=OK, because="for the organisers"),
    row("activities:register", event, default=OK),
    row("activities:register", event, method="post", default=INVALID),
    row("activities:register", draft, default=UNSEEN, eko=OK, because="a draft"),
    row("activities:mine", default=OK),
    row("activities:mine", method="post", data={"receipt": "K7MX"}, default=INVALID),
    row("activities:own", default=OK, publik=LOGIN),
    row("activities:own-answer", own_seat, default=WRONG_METHOD, publik=LOGIN),
    row("activities:own-answer", own_seat, method="post", default=UNSEEN, publik=LOGIN, ani=MOVED),
    row("activities:own-certificate", own_paper, default=UNSEEN, publik=LOGIN, ani=OK),
    row("activities:own-certificate", own_seat, default=UNSEEN, publik=LOGIN, because="none was given"),
    *(row(f"activities:{page}", **GUARDED, **HOLDERS) for page in ("kept", "begin", "series-new")),
    *(row(f"activities:{page}", method="post", **GUARDED, **HELD) for page in ("begin", "series-new")),
    *(row(f"activities:{page}", series, **GUARDED, eko=OK) for page in ("series-change", "series-break")),
    *(
        row(f"activities:{page}", series, method="post", **GUARDED, eko=INVALID)
        for page in ("series-change", "series-break")
    ),
    *(
        row(f"activities:{page}", event, **GUARDED, eko=OK)
        for page in (
            "manage", "again", "programme", "session-new", "voice-new", "co-host-new", "coverage-new", "papers",
            "paper-new", "participants", "attendance",
        )
    ),
    *(
        row(f"activities:{page}", event, method="post", **GUARDED, eko=INVALID)
        for page in ("again", "session-new", "voice-new", "co-host-new", "coverage-new", "paper-new")
    ),
    row("activities:manage", draft, default=UNSEEN, publik=LOGIN, eko=OK, because="a draft"),
    row("activities:participants", event, method="post", **GUARDED, eko=UNSEEN, because="of nobody"),
    row(
        "activities:participants", event, method="post", data={"langkah": "ingatkan"}, **GUARDED, eko=MOVED,
        because="to remind",
    ),
    *(row("activities:part", part(name), **GUARDED, eko=OK, because=name) for name in (
        "isi", "tempat", "terbuka", "pendaftaran", "rekaman",
    )),
    row("activities:part", part("lain"), **GUARDED, eko=UNSEEN, because="no such part"),
    row("activities:part", part("isi"), method="post", **GUARDED, eko=INVALID),
    *(row("activities:step", step(name), **GUARDED, eko=OK, because=name) for name in ("pindahkan", "batalkan")),
    row("activities:step", step("lain"), default=UNSEEN, publik=LOGIN, because="no such step"),
    row("activities:step", step("batalkan"), method="post", **GUARDED, eko=INVALID),
    row("activities:step", opening, method="post", default=UNSEEN, publik=LOGIN, eko=MOVED, because="to announce"),
    *(row(f"activities:{page}", session, **GUARDED, eko=OK) for page in ("session-change", "item-new")),
    *(
        row(f"activities:{page}", session, method="post", **GUARDED, eko=INVALID)
        for page in ("session-change", "item-new")
    ),
    *(
        row(f"activities:{page}", make, default=WRONG_METHOD, publik=LOGIN)
        for page, make in (
            ("session-remove", session), ("item-remove", item), ("voice-remove", voice), ("co-host-remove", co_host),
            ("co-host-confirm", co_host), ("coverage-remove", coverage), ("paper-remove", paper),
        )
    ),
    *(
        row(f"activities:{page}", make, method="post", **GUARDED, eko=MOVED)
        for page, make in (
            ("session-remove", session), ("item-remove", item), ("voice-remove", voice), ("coverage-remove", coverage),
        )
    ),
    row("activities:co-host-remove", co_host, method="post", **GUARDED, eko=MOVED, because="as the owner"),
    row("activities:co-host-confirm", co_host, method="post", default=UNSEEN, publik=LOGIN, budi=MOVED, kartika=MOVED),
    row("activities:paper-remove", paper, method="post", **GUARDED, eko=UNSEEN, because="no such paper"),
    *(row(f"activities:{page}", session, **GUARDED, eko=OK) for page in ("door", "walk-in", "sheet", "signed")),
    *(
        row(f"activities:{page}", no_session, default=UNSEEN, publik=LOGIN, because="nothing there")
        for page in ("door", "walk-in", "sheet", "signed", "heads", "session-change")
    ),
    row("activities:door", session, method="post", data={"langkah": "kode", "code": "2222222222"}, **GUARDED,
        eko=INVALID),
    row("activities:walk-in", session, method="post", **GUARDED, eko=INVALID),
    row("activities:signed", session, method="post", **GUARDED, eko=INVALID),
    row("activities:heads", counted, **GUARDED, eko=OK),
    row("activities:heads", counted, method="post", data={"n-P-": "x"}, **GUARDED, eko=INVALID),
    row("activities:undo", attended, **GUARDED, eko=OK),
    row("activities:undo", attended, method="post", **GUARDED, eko=INVALID),
    row("activities:undo", no_attendance, default=UNSEEN, publik=LOGIN, because="nothing there"),
]  # fmt: skip
