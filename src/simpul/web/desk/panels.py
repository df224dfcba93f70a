"""Which cards each role finds on its home, in no particular order: a card knows how urgent it is."""

from collections.abc import Callable, Iterator
from typing import Any, Final

from django.db.models import QuerySet

from simpul.kernel.actor import Member
from simpul.organisations.queries.announcements import unread_for
from simpul.web.components import Panel
from simpul.web.desk import entries, groups, networks, platform
from simpul.web.desk.due import Desk
from simpul.web.http import Request

Card = Callable[[Desk], Iterator[Panel]]

CARDS: Final[dict[str, tuple[Card, ...]]] = {
    "companion": (groups.my_group, groups.unread_announcements, entries.points_nearby),
    "coordinator": (
        groups.volunteers,
        groups.unread_announcements,
        groups.agree_memberships,
        groups.ending_roles,
        groups.confirm_own,
    ),
    "supervisor": (groups.accompanied, groups.ending_roles),
    "service_officer": (groups.my_organisation, groups.unread_announcements, entries.nothing_to_check),
    "facilitator": (
        networks.forum,
        groups.unread_announcements,
        networks.applications,
        groups.agree_memberships,
        groups.confirm_own,
    ),
    "monitoring_officer": (groups.my_organisation,),
    "editor": (entries.profile_gaps, groups.unread_announcements, groups.confirm_own),
    "secretariat": (networks.secretariat, networks.applications, groups.ending_roles, groups.confirm_own),
    "official": (groups.my_organisation, entries.nothing_to_check),
    "auditor": (platform.record_of_acts,),
    "operator": (platform.health, platform.this_simpul),
}


def home_lists(request: Request) -> dict[str, QuerySet[Any, Any]]:
    """What is counted for cards of several roles."""
    actor = request.actor
    roles = actor.roles if isinstance(actor, Member) else frozenset[str]()
    if not any(groups.unread_announcements in CARDS.get(role, ()) for role in roles):
        return {}
    return {groups.ANNOUNCEMENTS: unread_for(actor)}


def home_panels(request: Request) -> list[Panel]:
    """The cards of every role the reader holds, each once."""
    if not isinstance(request.actor, Member):
        return []
    desk = Desk(request)
    cards = dict.fromkeys(card for role in CARDS if role in request.actor.roles for card in CARDS[role])
    return [panel for card in cards for panel in card(desk)]
