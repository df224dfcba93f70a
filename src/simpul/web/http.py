"""The request as Simpul's pages see it."""

from django.http import HttpRequest

from simpul.accounts.models import User
from simpul.kernel.actor import Actor


class Request(HttpRequest):
    """A request with the actor of this moment; every view takes one."""

    actor: Actor
    user: User  # AnonymousUser when nobody is signed in: pages ask `actor`, never `user`
