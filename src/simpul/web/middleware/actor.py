"""Who is asking: the actor of this moment, resolved once a request and only where somebody asks."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from simpul.access import queries as access
from simpul.accounts.models import User
from simpul.kernel.actor import Actor, Anonymous, Member

# The session's word that a second factor was shown when signing in; written by the pages of accounts.
SECOND_FACTOR = "second_factor"
