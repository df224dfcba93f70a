"""The API: events. Whoever organises plans; whoever receives people notes them; a receipt opens one registration."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from simpul.activities.models import Event
from simpul.activities.passes import new_receipt, pass_of
from simpul.activities.services.life import close_event, hold_event
from simpul.activities.services.registrations import withdraw
from tests.activities.test_acts import make_series
from tests.cast import Cast
from tests.factories.activities import SYSTEM, enrol, make_event, session_of
from tests.matrix import CREATED, DENIED, OK, TOKEN_NEEDED, UNSEEN, Row
from tests.matrix.api import FIRST, reading, writing

A_DAY = timedelta(days=1)


def planned(cast: Cast, **more: object) -> Event:
    """Of the forum, a month from whenever this runs."""
    now = datetime.now(UTC).replace(microsecond=0)
    given = {"starts_at": now + 30 * A_DAY, "now": now - A_DAY, "published": True, **more}
    return make_event(cast.forum, **given)  # type: ignore[arg-type]


def event(cast: Cast) -> dict[str, object]:
    return {"event_id": planned(cast).pk}


def draft(cast: Cast) -> dict[str, object]:
    return {"event_id": planned(cast, published=False).pk}


def begun(cast: Cast) -> dict[str, object]:
    now = datetime.now(UTC)
    return {"event_id": planned(cast, starts_at=now - A_DAY, now=now - 9 * A_DAY).pk}


def held(cast: Cast) -> dict[str, object]:
    row = Event.objects.get(pk=begun(cast)["event_id"])
    hold_event(SYSTEM, row, now=datetime.now(UTC))
    return {"event_id": row.pk}


def closed(cast: Cast) -> dict[str, object]:
    row = Event.objects.get(pk=held(cast)["event_id"])
    close_event(SYSTEM, row, now=datetime.now(UTC))
    return {"event_id": row.pk}


def series(cast: Cast) -> dict[str, object]:
    return {"series_id": make_series(cast.forum).pk}


def session(cast: Cast) -> dict[str, object]:
    return {"session_id": session_of(planned(cast)).pk}


def nameless(cast: Cast) -> dict[str, object]:
    return {"session_id": session_of(planned(cast, is_sensitive=True)).pk}


def a_pass(cast: Cast) -> Mapping[str, object]:
    """Of somebody registered for the one event there is."""
    receipt = new_receipt()
    enrol(Event.objects.get(), receipt=receipt, now=datetime.now(UTC))
    return {"pass_code": pass_of(receipt)}


def an_event(cast: Cast) -> Mapping[str, object]:
    begin = datetime.now(UTC).replace(microsecond=0) + A_DAY
    return {
        "organisation": str(cast.forum.pk), "kind": "EV.04", "title": {"id": "Lokakarya"}, "mode": "online",
        "visibility": "public", "starts_at": begin.isoformat(), "ends_at": (begin + A_DAY).isoformat(),
    }  # fmt: skip


def later(cast: Cast) -> Mapping[str, object]:
    begin = datetime.now(UTC).replace(microsecond=0) + 40 * A_DAY
    return {"starts_at": begin.isoformat(), "ends_at": (begin + A_DAY).isoformat(), "reason": "Aula dipakai"}


def another_time(cast: Cast) -> Mapping[str, object]:
    return {"starts_at": later(cast)["starts_at"]}


def somebody(cast: Cast) -> Mapping[str, object]:
    return {"name": "Inaq Sari", "phone": "081234567890"}


def a_receipt(cast: Cast) -> Mapping[str, object]:
    receipt = new_receipt()
    enrol(planned(cast), receipt=receipt, now=datetime.now(UTC))
    return {"receipt": receipt}


def an_offer(cast: Cast) -> Mapping[str, object]:
    row, now, receipt = planned(cast, capacity=1), datetime.now(UTC), new_receipt()
    first = enrol(row, now=now - A_DAY / 2)
    enrol(row, receipt=receipt, now=now - A_DAY / 3)
    withdraw(SYSTEM, first, now=now - A_DAY / 4)
    return {"receipt": receipt}


def no_receipt(cast: Cast) -> Mapping[str, object]:
    return {"receipt": new_receipt()}


def of_a_year(cast: Cast) -> Mapping[str, object]:
    return {"since": "2025-06-01", "until": "2026-06-01"}


BECAUSE = {"reason": "Hujan deras"}
A_HALL = {"venue": "Aula"}
ROWS: list[Row] = [
    reading("list_events"),
    reading("read_event", event),
    reading("read_event", draft, default=UNSEEN, eko=OK, because="not announced yet"),
    reading("list_event_series"),
    reading("read_event_series", series, data=of_a_year),
    writing("plan_event", data=an_event, eko=CREATED),
    writing(
        "change_planned_event", draft, method="patch", headers=FIRST, data={"venue": "Aula"}, default=UNSEEN, eko=OK
    ),
    writing("copy_event", event, data=another_time, eko=CREATED),
    writing("announce_event", draft, default=UNSEEN, eko=OK),
    writing("move_event", event, data=later, eko=OK),
    writing("cancel_planned_event", event, data=BECAUSE, eko=OK),
    writing("note_event_held", begun, eko=OK),
    writing("close_held_event", held, eko=OK),
    writing("reopen_closed_event", closed, data=BECAUSE, eko=OK),
    writing("set_event_capacity", event, method="put", data={"capacity": 40}, eko=OK),
    # Whoever has a token registers somebody, as everybody may on the page.
    writing("create_registration", event, data=somebody, default=CREATED),
    writing("create_check_in", session, data=a_pass, eko=OK),
    writing("create_walk_in", session, data=somebody, eko=OK),
    writing("replace_heads", nameless, method="put", data={"rows": [{"number": 12, "sex": "P"}]}, eko=OK),
    reading("read_attendance", event, default=DENIED, publik=TOKEN_NEEDED, eko=OK),
    # The receipt is what lets; no account, and no other receipt.
    writing("read_registration", data=a_receipt, default=OK, publik=OK),
    writing("read_registration", data=no_receipt, default=UNSEEN, publik=UNSEEN, because="by one nobody was given"),
    writing("accept_seat", data=an_offer, default=OK, publik=OK),
    writing("withdraw_from_event", data=a_receipt, default=OK, publik=OK),
]
