"""Kinds and notices for tests."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, date, datetime
from typing import Any

from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy

from simpul.accounts.models import User
from simpul.kernel.actor import Actor, System
from simpul.kernel.ids import uuid7
from simpul.kernel.refs import RecordRef
from simpul.notices.kinds import NoticeKind, Shape, declared
from simpul.notices.models import Notice
from simpul.notices.services.sending import send_notice

NOW = datetime(2025, 2, 7, 2, 0, tzinfo=UTC)
SENDER = System("tests")

PLAIN = NoticeKind("tests.plain", title=gettext_lazy("Home"))
TOLD = NoticeKind(
    "tests.told",
    title=gettext_lazy("Account"),
    summary=SimpleLazyObject(lambda: "%(code)s / %(day)s / %(number)s"),
    params={"code": Shape.CODE, "day": Shape.DAY, "number": Shape.NUMBER},
)
PARAMS = {"code": "K7Q2-M4TD", "day": date(2025, 2, 9), "number": 1200}


@contextmanager
def kinds_of_tests() -> Iterator[None]:
    with ExitStack() as stack:
        for kind in (PLAIN, TOLD):
            stack.enter_context(declared(kind))
        yield


def about(kind: str = "tests.record") -> RecordRef:
    return RecordRef(kind, uuid7())


def send(
    *to: User,
    actor: Actor = SENDER,
    urgent: bool = False,
    chain: Sequence[User] = (),
    now: datetime = NOW,
    **more: Any,
) -> Notice:
    more = {"kind": PLAIN.key, "about": about(), **more}
    return send_notice(
        actor,
        recipients=[user.pk for user in to],
        urgent=urgent,
        escalate_to=[user.pk for user in chain],
        now=now,
        **more,
    )
