"""Whose board it is: the people of a network's members, through any number of levels, and who keeps the network."""

from uuid import UUID

from django.db.models import Q

from simpul.kernel.actor import Actor
from simpul.kernel.errors import NotFound
from simpul.organisations.models import Organisation
from simpul.organisations.rules.organisations import KIND, may, own_organisations
from simpul.organisations.rules.reach import members_of
from simpul.organisations.secretariat import MANAGE


def on_board(actor: Actor) -> frozenset[UUID]:
    """The actor's organisations, as those whose boards they use."""
    return own_organisations(actor) if actor.allows("board.read") else frozenset()


def reads_board(actor: Actor, network: Organisation) -> bool:
    """By a membership that the member itself agreed to: being named by a network opens nothing to it, or of it."""
    own = on_board(actor)
    if network.pk in own or may(actor, MANAGE, network):
        return True
    return bool(own) and Organisation.objects.filter(members_of([network.pk]), Q(pk__in=own)).exists()


def require_board(actor: Actor, network: Organisation) -> None:
    """NotFound for everybody else: that there is something on it is nobody's business."""
    if not reads_board(actor, network):
        raise NotFound(KIND, network.pk)
