"""What one has promised, on one's home until it is done."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from simpul.activities.models import ActionPoint
from simpul.activities.queries.actions import own_actions
from simpul.kernel.actor import Member
from simpul.web.components import Panel, Task
from simpul.web.desk.due import SHOWN, Due, number
from simpul.web.http import Request
from simpul.web.outcomes.promised import action_rows

PROMISED = "action-points"
BARE = frozenset({"official", "service_officer", "auditor", "operator"})


def home_lists(request: Request) -> dict[str, QuerySet[ActionPoint, Any]]:
    """Of those whose home counts anything at all: others are told by notices, and find theirs on its page."""
    actor = request.actor
    if not isinstance(actor, Member) or actor.roles <= BARE:
        return {}
    return {PROMISED: own_actions(actor)}


def home_panels(request: Request) -> list[Panel]:
    count = request.tally.get(PROMISED, 0)
    if not count:
        return []
    rows = action_rows(own_actions(request.actor)[:SHOWN], timezone.now())
    tasks = [Task(row.words, row.state, row.tone, row.href, _("until %(day)s") % {"day": row.due}) for row in rows]
    title = ngettext("%(n)s thing you promised", "%(n)s things you promised", count) % {"n": number(count)}
    href = reverse("outcomes:own-actions")
    due = Due(title, "", tasks, max(count - SHOWN, 0), _("All action points"), href)
    return [due.panel(22)]
