"""What an organisation says of itself, and to whom."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from simpul.organisations.services.profiles import change_profile, set_field_visibility
from simpul.web.accounts.guards import signed_in
from simpul.web.editing.entry import entry, sent, versioned
from simpul.web.editing.forms.profile import GROUPS, VisibilityForm
from simpul.web.http import Request


@signed_in
def change(request: Request, key: UUID, part: str) -> HttpResponse:
    row = entry(request, key)
    if part not in GROUPS:
        raise Http404
    title, group = GROUPS[part]

    def write(changes: dict[str, Any], seen_version: int) -> object:
        return change_profile(request.actor, row, changes=changes, seen_version=seen_version, now=timezone.now())

    form = group.of(row, sent(request))
    return versioned(request, row, form, write, title=title, said=_("Saved. The entry shows it at once."))


@signed_in
def visibility(request: Request, key: UUID) -> HttpResponse:
    row = entry(request, key)

    def write(changes: dict[str, Any], seen_version: int) -> object:
        return set_field_visibility(
            request.actor, row, audiences=changes, seen_version=seen_version, now=timezone.now()
        )

    form = VisibilityForm.of(row, sent(request))
    said = _("Saved. Who sees what changed at once.")
    return versioned(request, row, form, write, title=_("Who sees what"), said=said)
