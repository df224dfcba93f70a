"""What waits for those who keep entries."""

from datetime import timedelta
from typing import Final

from django.utils import timezone

from simpul.kernel.time import Zone, local_date
from simpul.organisations.queries.presence import not_confirmed_since
from simpul.web.components import Panel
from simpul.web.http import Request

A_YEAR: Final = timedelta(days=365)


def home_panels(request: Request) -> list[Panel]:
    """Organisations of the actor's own that nobody has found active for a year."""
    if not request.actor.may("organisation.edit"):
        return []
    since = local_date(timezone.now(), Zone.WIB) - A_YEAR
    waiting = not_confirmed_since(request.actor, since)
    return [Panel("editing/panel_confirm.html", {"waiting": waiting}, "waiting", 30)] if waiting else []
