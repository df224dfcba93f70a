"""The request as Simpul's pages see it."""

from collections.abc import Mapping
from typing import Final

from django.http import HttpRequest

from simpul.accounts.models import User
from simpul.kernel.actor import Actor

# The session's word that its owner showed a second factor when signing in. Written at sign-in, read by the actor.
SECOND_FACTOR: Final = "second_factor"


class Request(HttpRequest):
    """A request with the actor of this moment; every view takes one."""

    actor: Actor
    waiting_roles: frozenset[str]  # roles this person holds but may not use before a second factor
    unread: int  # notices in this person's inbox that they have not opened
    tally: Mapping[str, int]  # on a home: name of a list -> how many are on it (`web.home.panels`)
    user: User  # AnonymousUser when nobody is signed in: pages ask `actor`, never `user`
