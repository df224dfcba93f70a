"""The API: events. Whoever organises plans; whoever receives people notes them; a receipt opens one registration."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from simpul.activities.models import Event, Invitation
from simpul.activities.passes import new_receipt, pass_of
from simpul.activities.services.hosting import add_coverage, name_co_host
from simpul.activities.services.invitations import invite
from simpul.activities.services.letters import invite_person
from simpul.activities.services.life import close_event, hold_event
from simpul.activities.services.programme import add_contribution, add_item
from simpul.activities.services.questions import add_question
from simpul.activities.services.registrations import withdraw
from simpul.activities.services.seats import reserve_seats
from simpul.kernel.localized import LocalizedText
from tests.activities.test_acts import make_series
from tests.cast import Cast
from tests.factories.activities import SYSTEM, came, enrol, make_event, session_of
from tests.factories.activities import somebody as somebody_else
from tests.matrix import CONFLICT, CREATED, DENIED, OK, TOKEN_NEEDED, UNSEEN, Row
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


def a_change(cast: Cast) -> Mapping[str, object]:
    return {**a_receipt(cast), **somebody(cast)}


def no_change(cast: Cast) -> Mapping[str, object]:
    return {**no_receipt(cast), **somebody(cast)}


def a_session(cast: Cast) -> Mapping[str, object]:
    """Of the one event there is."""
    row = Event.objects.get()
    times = {"starts_at": row.starts_at.isoformat(), "ends_at": row.ends_at.isoformat()}
    return {**times, "title": {"id": "Sesi pertama"}}


def a_point(cast: Cast) -> dict[str, object]:
    row = session_of(planned(cast))
    made = add_item(SYSTEM, row, title=LocalizedText(id="Pembukaan"), now=datetime.now(UTC))
    return {"session_id": row.pk, "point_id": made.pk}


def a_voice(cast: Cast) -> dict[str, object]:
    row = planned(cast)
    made = add_contribution(SYSTEM, row, part="speaker", name="Ibu Contoh", now=datetime.now(UTC))
    return {"event_id": row.pk, "row_id": made.pk}


def a_group(cast: Cast) -> Mapping[str, object]:
    return {"organisation": str(cast.lentera.pk)}


def groups(cast: Cast) -> Mapping[str, object]:
    return {"organisations": [str(cast.lentera.pk)]}


def a_co_host(cast: Cast) -> dict[str, object]:
    return {"row_id": name_co_host(SYSTEM, planned(cast), organisation=cast.lentera, now=datetime.now(UTC)).pk}


def coverage(cast: Cast) -> dict[str, object]:
    row, now = planned(cast), datetime.now(UTC)
    made = add_coverage(SYSTEM, row, title="Liputan", published_on=now.date() - A_DAY, now=now)
    return {"event_id": row.pk, "row_id": made.pk}


def a_series(cast: Cast) -> Mapping[str, object]:
    said = {"title": {"id": "Semidaring"}, "kind": "EV.05", "visibility": "public", "starts_on": "2025-06-01"}
    return {**said, "organisation": str(cast.forum.pk)}


def letter(cast: Cast) -> dict[str, object]:
    return {"invitation_id": invite_person(SYSTEM, planned(cast), name="Ibu Contoh", now=datetime.now(UTC))[0].pk}


def code(cast: Cast) -> Mapping[str, object]:
    return {"receipt": invite_person(SYSTEM, planned(cast), name="Ibu Contoh", now=datetime.now(UTC))[1]}


def asked(cast: Cast) -> dict[str, object]:
    row = planned(cast)
    invite(SYSTEM, row, organisations=[cast.lentera], now=datetime.now(UTC))
    return {"invitation_id": Invitation.objects.get(event=row).pk}


def with_seats(cast: Cast) -> dict[str, object]:
    return {"event_id": planned(cast, capacity=5).pk}


def two_for_a_group(cast: Cast) -> Mapping[str, object]:
    return {**a_group(cast), "seats": 2}


def kept_seats(cast: Cast) -> dict[str, object]:
    row = planned(cast, capacity=5)
    made, _code = reserve_seats(SYSTEM, row, organisation=cast.lentera, seats=2, now=datetime.now(UTC))
    return {"event_id": row.pk, "row_id": made.pk}


def a_question(cast: Cast) -> dict[str, object]:
    row, label = planned(cast), LocalizedText(id="Ukuran kaus?")
    made = add_question(SYSTEM, row, kind="text", label=label, now=datetime.now(UTC))
    return {"event_id": row.pk, "question_id": made.pk}


def attended(cast: Cast) -> dict[str, object]:
    (person,) = came(Event.objects.get(pk=begun(cast)["event_id"]), somebody_else("Ibu Contoh"))
    return {"check_in_id": person.attendances.get().pk}


EMPTY = 204
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
    writing("change_registered", data=a_change, default=OK, publik=OK),
    writing("change_registered", data=no_change, default=UNSEEN, publik=UNSEEN, because="by one nobody was given"),
    writing("erase_registered", data=a_receipt, default=OK, publik=OK),
    # The programme, and who holds it.
    writing("create_session", event, data=a_session, eko=CREATED),
    writing("replace_session", session, method="put", data=a_session, eko=OK),
    writing("delete_session", session, method="delete", eko=CONFLICT, because="its only one"),
    writing("create_point", session, data={"title": {"id": "Pembukaan"}}, eko=CREATED),
    writing("delete_point", a_point, method="delete", eko=EMPTY),
    writing("create_contributor", event, data={"part": "speaker", "name": "Ibu Contoh"}, eko=CREATED),
    writing("delete_contributor", a_voice, method="delete", eko=EMPTY),
    writing("create_co_host", event, data=a_group, eko=CREATED),
    writing("confirm_co_hosting", a_co_host, default=UNSEEN, budi=OK, kartika=OK),
    writing("delete_co_host", a_co_host, method="delete", eko=EMPTY, budi=EMPTY, kartika=EMPTY),
    writing("create_event_coverage", event, data={"title": "Liputan", "published_on": "2025-06-01"}, eko=CREATED),
    writing("delete_event_coverage", coverage, method="delete", eko=EMPTY),
    writing("create_event_series", data=a_series, eko=CREATED),
    writing("change_event_series", series, method="patch", headers=FIRST, data={"rhythm": "monthly"}, eko=OK),
    writing(
        "create_series_break",
        series,
        data={"since": "2025-07-01", "until": "2025-07-09", "reason": "Libur"},
        eko=CREATED,
    ),
    # Who is asked to come, and what.
    reading("list_invitations", event, default=DENIED, publik=TOKEN_NEEDED, eko=OK),
    writing("invite_organisations", event, data=groups, eko=OK),
    writing("remind_invited", event, eko=OK),
    writing("create_letter", event, data={"name": "Ibu Contoh"}, eko=CREATED),
    writing("renew_invitation", letter, eko=OK),
    writing("delete_invitation", letter, method="delete", eko=EMPTY),
    writing("decline_invitation", asked, default=UNSEEN, ani=OK, budi=OK, kartika=OK),
    writing("decline_by_letter", data=code, default=OK, publik=OK),
    writing("decline_by_letter", data=no_receipt, default=UNSEEN, publik=UNSEEN, because="by one nobody was given"),
    writing("keep_seats", with_seats, data=two_for_a_group, eko=CREATED),
    writing("free_seats", kept_seats, method="delete", eko=EMPTY),
    writing("create_question", event, data={"kind": "text", "label": {"id": "Ukuran kaus?"}}, eko=CREATED),
    writing("delete_question", a_question, method="delete", eko=EMPTY),
    # Who receives people.
    writing("create_presence", held, data={"name": "Ibu Contoh", "minutes": 30}, eko=OK),
    writing("undo_noted", attended, data=BECAUSE, eko=OK),
    writing("remind_registered", event, eko=OK),
]
