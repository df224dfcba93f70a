"""What an event leaves behind: for who keeps it; with names for who receives people too; with a code for anybody."""

from datetime import timedelta

from django.utils import timezone

from simpul.activities.models import ActionPoint, Certificate, Event
from simpul.activities.passes import new_receipt
from simpul.activities.queries.feedback import slips_of
from simpul.activities.services.actions import add_action
from simpul.activities.services.certificates import issue_certificates, set_certificate_rule
from simpul.activities.services.feedback import open_feedback
from simpul.activities.services.life import hold_event
from simpul.kernel.ids import uuid7
from tests.cast import Cast
from tests.factories.activities import START, SYSTEM, came, make_event, somebody
from tests.matrix import DENIED, INVALID, LOGIN, MOVED, OK, UNSEEN, WRONG_METHOD, Row, row

GONE = 410
DAY = timedelta(days=1)


def _held(cast: Cast, people: int = 6) -> Event:
    event = make_event(cast.forum)
    came(event, *(somebody(f"Peserta {n}") for n in range(people)))
    return hold_event(SYSTEM, event, now=event.ends_at)


def event(cast: Cast) -> dict[str, object]:
    return {"event_id": _held(cast).pk}


def draft(cast: Cast) -> dict[str, object]:
    return {"event_id": make_event(cast.forum, published=False).pk}


def _asked(cast: Cast, **more: int) -> tuple[Event, str]:
    found = _held(cast)
    form = open_feedback(SYSTEM, found, questions=["useful", "best"], now=found.ends_at, **more)
    form.event = found
    return found, slips_of(SYSTEM, form)[0]


def asked(cast: Cast) -> dict[str, object]:
    return {"event_id": _asked(cast)[0].pk}


def code(cast: Cast) -> dict[str, object]:
    """The time for answers is long over: the story's day is 2025."""
    return {"code": _asked(cast)[1]}


def open_code(cast: Cast) -> dict[str, object]:
    """Of an event of yesterday."""
    now = timezone.now()
    found = make_event(cast.forum, starts_at=now - DAY)
    came(found, *(somebody() for _n in range(5)))
    hold_event(SYSTEM, found, now=now)
    form = open_feedback(SYSTEM, found, questions=["useful", "apply", "best"], now=now)
    form.event = found
    return {"code": slips_of(SYSTEM, form)[0]}


def no_code(cast: Cast) -> dict[str, object]:
    return {"code": new_receipt()}


def _certificate(cast: Cast) -> Certificate:
    found = _held(cast, people=1)
    set_certificate_rule(SYSTEM, found, measure="sessions", least=1, signer="Ibu Ketua", now=found.ends_at)
    issue_certificates(SYSTEM, found, now=found.ends_at)
    return Certificate.objects.get(event=found)


def certificate(cast: Cast) -> dict[str, object]:
    return {"certificate_id": _certificate(cast).pk}


def certified(cast: Cast) -> dict[str, object]:
    return {"event_id": _certificate(cast).event_id}


def verdict(cast: Cast) -> dict[str, object]:
    return {"code": _certificate(cast).code}


def no_verdict(cast: Cast) -> dict[str, object]:
    return {"code": "AAAA-BBBB-CCCC"}


def no_certificate(cast: Cast) -> dict[str, object]:
    return {"certificate_id": uuid7()}


def _action(cast: Cast, **more: object) -> ActionPoint:
    due = (START + DAY).date()
    return add_action(SYSTEM, _held(cast), words="Kirim surat", due_on=due, now=START + DAY, **more)  # type: ignore[arg-type]


def action(cast: Cast) -> dict[str, object]:
    return {"action_id": _action(cast, owner_name="Pak Kawil").pk}


def lenteras_action(cast: Cast) -> dict[str, object]:
    return {"action_id": _action(cast, organisation=cast.lentera).pk}


def no_action(cast: Cast) -> dict[str, object]:
    return {"action_id": uuid7()}


GUARDED = {"default": DENIED, "publik": LOGIN}
HIDDEN = {"default": UNSEEN, "publik": LOGIN}
LENTERA = {"ani": OK, "budi": OK}

ROWS: list[Row] = [
    row("outcomes:answer", default=OK),
    row("outcomes:answer", method="post", data={"code": "K7MX"}, default=INVALID),
    row("outcomes:opened", open_code, default=OK),
    row("outcomes:opened", code, default=GONE, because="its time is over"),
    row("outcomes:opened", no_code, default=UNSEEN, because="no such code"),
    row("outcomes:opened", no_code, method="post", default=WRONG_METHOD),
    row("outcomes:check", default=OK),
    row("outcomes:verdict", verdict, default=OK),
    row("outcomes:verdict", no_verdict, default=UNSEEN, because="no such certificate"),
    row("outcomes:learners", default=OK),
    row("outcomes:learners", data={"tahun": "2025"}, default=OK, because="of one year"),
    row("outcomes:own-actions", default=OK, publik=LOGIN),
    row("outcomes:action", action, **HIDDEN, eko=OK),
    row("outcomes:action", lenteras_action, **HIDDEN, eko=OK, **LENTERA, because="promised by Lentera"),
    row("outcomes:action", no_action, **HIDDEN, because="nothing there"),
    row("outcomes:action-finish", lenteras_action, **HIDDEN, eko=OK, **LENTERA),
    row("outcomes:action-finish", lenteras_action, method="post", **HIDDEN, eko=MOVED, **dict.fromkeys(LENTERA, MOVED)),
    *(
        row(f"outcomes:{page}", lenteras_action, **HIDDEN, eko=OK, **dict.fromkeys(LENTERA, DENIED))
        for page in ("action-change", "action-drop")
    ),
    *(
        row(f"outcomes:{page}", action, method="post", **HIDDEN, eko=INVALID)
        for page in ("action-change", "action-drop")
    ),
    *(
        row(f"outcomes:{page}", event, **GUARDED, eko=OK)
        for page in (
            "actions", "action-new", "feedback", "certificates", "certificate-rule", "scores", "scores-paste",
            "minutes", "minutes-pdf", "record-pdf",
        )
    ),
    *(
        row(f"outcomes:{page}", event, method="post", **GUARDED, eko=INVALID)
        for page in ("action-new", "certificate-rule", "scores-paste", "minutes")
    ),
    row("outcomes:feedback", event, method="post", data={"days": "x"}, **GUARDED, eko=INVALID),
    row("outcomes:feedback", asked, **GUARDED, eko=OK, because="it is asked"),
    row("outcomes:feedback", draft, **HIDDEN, eko=OK, because="a draft"),
    row("outcomes:slips", asked, **GUARDED, eko=OK),
    row("outcomes:slips", event, **GUARDED, eko=UNSEEN, because="nothing is asked"),
    row("outcomes:feedback-close", asked, **{**GUARDED, "default": WRONG_METHOD}),
    row("outcomes:feedback-close", asked, method="post", **GUARDED, eko=MOVED),
    row("outcomes:scores", event, method="post", **GUARDED, eko=MOVED, because="nothing was changed"),
    row("outcomes:certificate-issue", certified, **{**GUARDED, "default": WRONG_METHOD}),
    row("outcomes:certificate-issue", certified, method="post", **GUARDED, eko=MOVED),
    row("outcomes:certificates", certified, **GUARDED, eko=OK, because="given out"),
    row("outcomes:certificates-pdf", certified, **GUARDED, eko=OK),
    row("outcomes:certificates-pdf", event, **GUARDED, eko=UNSEEN, because="none was given"),
    *(
        row(f"outcomes:{page}", certificate, **GUARDED, eko=OK)
        for page in ("certificate-pdf", "certificate-correct", "certificate-withdraw")
    ),
    *(
        row(f"outcomes:{page}", no_certificate, **HIDDEN, because="nothing there")
        for page in ("certificate-pdf", "certificate-correct", "certificate-withdraw")
    ),
    *(
        row(f"outcomes:{page}", certificate, method="post", **GUARDED, eko=INVALID)
        for page in ("certificate-correct", "certificate-withdraw")
    ),
]  # fmt: skip
