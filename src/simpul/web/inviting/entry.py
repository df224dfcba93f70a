"""Where these pages lead back to."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from simpul.activities.models import Event

INVITATIONS = "inviting:invitations"


def up_to_invitations(event: Event) -> dict[str, Any]:
    return {"up": reverse(INVITATIONS, args=[event.pk]), "up_named": _("Invitations")}
