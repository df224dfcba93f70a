"""Who is asked to come is known to who keeps the event; a letter is opened by its code alone, whoever types it."""

from simpul.activities.models import Invitation, SeatReservation
from simpul.activities.passes import new_receipt
from simpul.activities.services.invitations import invite
from simpul.activities.services.letters import invite_person
from simpul.activities.services.questions import add_question
from simpul.activities.services.seats import reserve_seats
from simpul.kernel.ids import uuid7
from simpul.kernel.localized import LocalizedText
from tests.cast import Cast
from tests.factories.activities import NOW, SYSTEM
from tests.matrix import INVALID, LOGIN, MOVED, OK, UNSEEN, WRONG_METHOD, Row, row
from tests.matrix.activities import GUARDED, _event, draft, event


def letter(cast: Cast) -> dict[str, object]:
    return {"invitation_id": invite_person(SYSTEM, _event(cast), name="Ibu Contoh", now=NOW)[0].pk}


def code(cast: Cast) -> dict[str, object]:
    return {"receipt": invite_person(SYSTEM, _event(cast), name="Ibu Contoh", now=NOW)[1]}


def asked(cast: Cast) -> dict[str, object]:
    """Ani's and Budi's group is asked."""
    found = _event(cast)
    invite(SYSTEM, found, organisations=[cast.lentera], now=NOW)
    return {"invitation_id": Invitation.objects.get(event=found).pk}


def no_letter(cast: Cast) -> dict[str, object]:
    return {"invitation_id": uuid7()}


def kept(cast: Cast) -> dict[str, object]:
    found = _event(cast, capacity=5)
    reserve_seats(SYSTEM, found, organisation=cast.lentera, seats=2, now=NOW)
    return {"row_id": SeatReservation.objects.get(event=found).pk}


def question(cast: Cast) -> dict[str, object]:
    made = add_question(SYSTEM, _event(cast), kind="text", label=LocalizedText(id="Ukuran kaus?"), now=NOW)
    return {"question_id": made.pk}


KEPT = ("invitations", "organisation-new", "person-new", "seats", "questions", "question-new", "transport")
ROWS: list[Row] = [
    row("inviting:letter", default=OK),
    row("inviting:letter", method="post", data={"receipt": new_receipt()}, default=INVALID, because="of nobody"),
    row("inviting:letter", method="post", data=code, default=OK, because="with its code"),
    *(row(f"inviting:{page}", event, **GUARDED, eko=OK) for page in KEPT),
    row("inviting:invitations", draft, default=UNSEEN, publik=LOGIN, eko=OK, because="a draft"),
    row("inviting:invitations", event, method="post", **GUARDED, eko=MOVED, because="to remind"),
    *(
        row(f"inviting:{page}", event, method="post", **GUARDED, eko=INVALID)
        for page in ("organisation-new", "person-new", "seats", "question-new")
    ),
    row("inviting:transport", event, method="post", data={"amount": "x"}, **GUARDED, eko=INVALID),
    row("inviting:list", event, default=WRONG_METHOD, publik=LOGIN),
    row("inviting:list", event, method="post", **GUARDED, eko=OK),
    row("inviting:paper", letter, **GUARDED, eko=OK),
    row("inviting:paper", no_letter, default=UNSEEN, publik=LOGIN, because="nothing there"),
    *(
        row(f"inviting:{page}", make, default=WRONG_METHOD, publik=LOGIN)
        for page, make in (
            ("again", letter), ("withdraw", letter), ("decline", asked), ("release", kept),
            ("question-remove", question),
        )
    ),
    row("inviting:again", letter, method="post", **GUARDED, eko=OK),
    row("inviting:withdraw", letter, method="post", **GUARDED, eko=MOVED),
    row("inviting:release", kept, method="post", **GUARDED, eko=MOVED),
    row("inviting:question-remove", question, method="post", **GUARDED, eko=MOVED),
    # By the people of the organisation that was asked.
    row("inviting:decline", asked, method="post", default=UNSEEN, publik=LOGIN, ani=MOVED, budi=MOVED, kartika=MOVED),
    *(
        row(f"inviting:{page}", no_letter, method="post", default=UNSEEN, publik=LOGIN, because="nothing there")
        for page in ("again", "withdraw", "decline")
    ),
]  # fmt: skip
