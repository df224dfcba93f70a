"""Whose import it may be: the organisations where one may import, the networks the rows become members of, the
response or the event that they tell of.
"""

from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext as _

from simpul.activities.models import Response
from simpul.activities.rules.events import organisers_of
from simpul.interop.recipes import Recipe
from simpul.kernel.actor import Actor
from simpul.organisations.kinds import NETWORKS
from simpul.organisations.models import Organisation
from simpul.organisations.rules.organisations import within
from simpul.web.meetings.held import meeting_meant, meetings_of

NOBODY: Final = "-"
OF_THEIR_OWN: Final = frozenset({"people", "cases"})  # rows that an organisation keeps for itself
_MOST: Final = 50


def homes_of(actor: Actor, recipe: Recipe) -> dict[str, str]:
    """Choice -> words. For organisations: a network, whose members the rows become, or the directory alone.

    Nothing where the actor may import nothing of the kind.
    """
    scope = actor.scope(recipe.permission)
    if not scope:
        return {}
    if recipe.key == "organisations":
        networks = Organisation.objects.filter(within(actor.scope("membership.manage")), kind__in=NETWORKS)
        named = {
            str(o.pk): _("members of %(network)s") % {"network": o.name} for o in networks.order_by("sort_key")[:_MOST]
        }
        return {**named, NOBODY: _("entries of the directory, members of nothing yet")}
    if recipe.key == "responses":
        led = Response.objects.filter(within(scope, "network__")).order_by("-valid_from", "-pk")
        return {str(pk): name for pk, name in led.values_list("pk", "name")[:_MOST]}
    if recipe.key == "meetings":
        return meetings_of(actor)
    homes = Organisation.objects.filter(pk__in=scope.organisations())
    if recipe.key == "memberships":
        homes = homes.filter(kind__in=NETWORKS)
    return {str(o.pk): o.name for o in homes.order_by("sort_key")[:_MOST]}


def owner_of(actor: Actor, recipe: Recipe, home: str) -> tuple[UUID | None, dict[str, Any]]:
    """The organisation of the import, at which the actor holds the permission, and the recipe's options."""
    held = actor.scope(recipe.permission).organisations()
    if home == NOBODY:
        return min(held, default=None), {}
    chosen = UUID(home)
    if recipe.key == "responses":
        response = Response.objects.get(pk=chosen)
        owner = response.network_id if response.network_id in held else min(held, default=None)
        return owner, {"response": home}
    if recipe.key == "meetings":
        event, options = meeting_meant(chosen)
        return min(organisers_of(event) & held, default=None) or min(held, default=None), options
    owner = chosen if chosen in held else min(held, default=None)
    return owner, {"network": home} if recipe.key not in OF_THEIR_OWN else {}
