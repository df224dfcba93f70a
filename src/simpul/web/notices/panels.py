"""Parts of the pages of notices: their tabs, and what was sent in numbers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, pgettext
from django.utils.translation import gettext as _

from simpul.notices.models import Channel, Notice
from simpul.notices.queries.inbox import waiting_for
from simpul.notices.queries.standing import Standing
from simpul.notices.states import State
from simpul.web import formats
from simpul.web.components import Link, Panel, Row, Text
from simpul.web.http import Request
from simpul.web.notices.rows import rows_of, title_of

SHOWN: Final = 3  # urgent ones on a home; the inbox has them all
# Handed over to whom: never more than is known.
HANDED_OVER: Final[dict[Channel, Text]] = {
    Channel.MAIL: gettext_lazy("handed over to the mail server"),
    Channel.PUSH: gettext_lazy("handed over to the phone's notification service"),
    Channel.GATEWAY: gettext_lazy("handed over to the message gateway"),
}


@dataclass(frozen=True, slots=True)
class SentRow:
    """A line of what one sent."""

    href: str
    title: Text
    when: datetime
    opened: int
    recipients: int


def tabs() -> list[Link]:
    return [
        Link(pgettext("notices", "Received"), reverse("notices:inbox")),
        Link(pgettext("notices", "Sent"), reverse("notices:sent")),
        Link(_("How I am told"), reverse("notices:wishes")),
    ]


def sent_rows(notices: list[Notice], opened: Mapping[UUID, tuple[int, int]]) -> list[SentRow]:
    return [
        SentRow(
            reverse("notices:standing", args=[notice.pk]),
            title_of(notice),
            notice.sent_at,
            *opened.get(notice.pk, (0, 0)),
        )
        for notice in notices
    ]


def standing_rows(standing: Standing) -> list[Row]:
    """Opened first: that alone says that somebody read it."""
    opened = _("%(opened)s of %(all)s") % {"opened": _number(standing.opened), "all": _number(standing.recipients)}
    rows = [Row(_("Opened"), opened)]
    if standing.escalated:
        rows.append(Row(_("Passed on, because nobody looked"), _number(standing.escalated)))
    for channel in Channel:
        if states := standing.by_channel.get(channel):
            said = [f"{_number(states[s])} {_became(channel, s)}" for s in State if s in states]
            rows.append(Row(channel.label, ", ".join(said)))
    return rows


def _became(channel: Channel, state: State) -> Text:
    return HANDED_OVER[channel] if state is State.SENT else state.label


def _number(value: int) -> str:
    return formats.number(value, language=get_language() or "id")


def home_panels(request: Request) -> list[Panel]:
    """Urgent notices, first on the home of whoever has not opened them. No query where nothing is unread."""
    if not request.unread:
        return []
    waiting = list(waiting_for(request.actor).filter(notice__urgent=True)[:SHOWN])
    if not waiting:
        return []
    rows = rows_of(request.actor, waiting)
    return [Panel("notices/panel.html", {"rows": rows, "more": request.unread > len(rows)}, "waiting", 0)]
