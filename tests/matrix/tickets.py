"""Lists of people for a mobile service and counted events: for the group that keeps them, and nobody else at all."""

from simpul.cases.models import OutreachCount, QueueTicket
from simpul.cases.queries.tickets import outreach_for, tickets_for
from simpul.cases.services.outreach import count_outreach
from simpul.cases.services.tickets import add_to_ticket, open_ticket
from simpul.kernel.actor import Actor
from tests.cast import Cast
from tests.factories.cases import MAKER, NOW, village
from tests.matrix import DENIED, INVALID, LOGIN, MOVED, OK, UNSEEN, WRONG_METHOD, Row, Surface, row, surface


def _ticket(cast: Cast) -> QueueTicket:
    return open_ticket(MAKER, cast.lentera, area=village(), service_on=NOW.date(), now=NOW)


def _event(cast: Cast) -> OutreachCount:
    return count_outreach(
        MAKER, cast.lentera, area=village(), held_on=NOW.date(), topic="rights", women=9, men=8, now=NOW
    )


def a_list(cast: Cast) -> dict[str, object]:
    return {"ticket_id": _ticket(cast).pk}


def somebody(cast: Cast) -> dict[str, object]:
    entry = add_to_ticket(MAKER, _ticket(cast), person={"name": "Contoh"}, documents=["family_card"], now=NOW)
    return {"entry_id": entry.pk}


def an_event(cast: Cast) -> dict[str, object]:
    return {"event_id": _event(cast).pk}


KEEPERS = {"ani": OK, "budi": OK, "hasan": OK}
SENT = {"ani": INVALID, "budi": INVALID}
GROUP = {"ani": OK, "budi": OK}

ROWS: list[Row] = [
    *(row(f"tickets:{page}", default=DENIED, publik=LOGIN, **KEEPERS) for page in ("list", "outreach")),
    *(row(f"tickets:{page}", default=DENIED, publik=LOGIN, **KEEPERS) for page in ("new", "outreach-new")),
    *(
        row(f"tickets:{page}", method="post", default=DENIED, publik=LOGIN, **SENT, hasan=INVALID)
        for page in ("new", "outreach-new")
    ),
    row("tickets:ticket", a_list, default=UNSEEN, publik=LOGIN, **GROUP),
    row("tickets:ticket", a_list, method="post", default=UNSEEN, publik=LOGIN, **GROUP, because="names shown"),
    row("tickets:add", a_list, default=UNSEEN, publik=LOGIN, **GROUP),
    row("tickets:add", a_list, method="post", default=UNSEEN, publik=LOGIN, **SENT),
    row("tickets:results", somebody, default=UNSEEN, publik=LOGIN, **GROUP),
    row("tickets:results", somebody, method="post", default=UNSEEN, publik=LOGIN, **SENT),
    row("tickets:correct", somebody, default=UNSEEN, publik=LOGIN, **GROUP),
    row("tickets:correct", somebody, method="post", default=UNSEEN, publik=LOGIN, **SENT),
    row("tickets:allow", somebody, default=WRONG_METHOD, publik=LOGIN),
    row("tickets:allow", somebody, method="post", default=UNSEEN, publik=LOGIN, ani=DENIED, budi=MOVED),
    row("tickets:remove", somebody, default=WRONG_METHOD, publik=LOGIN),
    row("tickets:remove", somebody, method="post", default=UNSEEN, publik=LOGIN, ani=MOVED, budi=MOVED),
    row("tickets:outreach-withdraw", an_event, default=WRONG_METHOD, publik=LOGIN),
    row("tickets:outreach-withdraw", an_event, method="post", default=UNSEEN, publik=LOGIN, ani=MOVED, budi=MOVED),
]


def _lists(actor: Actor, cast: Cast) -> int:
    if not QueueTicket.objects.exists():
        _ticket(cast)
    return len(tickets_for(actor))


def _events(actor: Actor, cast: Cast) -> int:
    if not OutreachCount.objects.exists():
        _event(cast)
    return len(outreach_for(actor))


SURFACES: list[Surface] = [
    surface("tickets_for", _lists, default=0, ani=1, budi=1),
    surface("outreach_for", _events, default=0, ani=1, budi=1),
]
