"""The library as one reads it: the shelf, an item, one of its languages; and which group has read what."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from simpul.activities.library_kinds import Tongue
from simpul.activities.models import LibraryEdition, LibraryItem
from simpul.activities.queries.library import (
    by_group,
    edition_for,
    editions_of,
    groups_reading,
    item_for,
    items_for,
    languages_of,
    readings_for,
)
from simpul.activities.rules.events import RECORD
from simpul.activities.rules.library import may_keep_item
from simpul.activities.services.library import note_reading
from simpul.activities.states import MANAGE
from simpul.kernel.errors import Denied
from simpul.kernel.time import Zone, local_date
from simpul.organisations.models import Organisation
from simpul.web.accounts.guards import signed_in
from simpul.web.activities.entry import asked
from simpul.web.activities.rows import said
from simpul.web.activities.views.organising import form_page
from simpul.web.components import Link
from simpul.web.editing.entry import sent
from simpul.web.http import Request
from simpul.web.learning.forms.library import ReadingForm, ShelfForm
from simpul.web.learning.keeping import keeping_of, pieces_of, sounds_of
from simpul.web.learning.reading import blocks_of, minutes_to_read

MOST: Final = 60
MOST_READINGS: Final = 500
PAGE: Final = "learning:item"


@require_safe
def shelf(request: Request) -> HttpResponse:
    form = ShelfForm(request.GET)
    rows = list(items_for(request.actor, form.shelf()).order_by("-created_at", "-id")[: MOST + 1])
    tongues = languages_of(rows[:MOST])
    found = [(item, [tongue.label for tongue in tongues[item.pk]]) for item in rows[:MOST]]
    context = {
        "form": form,
        "rows": found,
        "more": len(rows) > MOST,
        "may_add": request.actor.may(MANAGE),
        "may_see_readings": request.actor.may(RECORD) or request.actor.may(MANAGE),
    }
    return render(request, "learning/library.html", context)


@require_safe
def item(request: Request, item_id: UUID) -> HttpResponse:
    found = item_for(request.actor, item_id)
    editions = editions_of(found)
    context = {
        "item": found,
        "editions": sounds_of(request.actor, editions),
        "keeps": may_keep_item(request.actor, found),
        "hidden": found.owner_organisation.in_safety_mode,
        "may_note": request.actor.may(RECORD) and bool(editions),
        "readings": list(readings_for(request.actor).filter(item=found)[:MOST])
        if request.user.is_authenticated
        else [],
    }
    return render(request, "learning/item.html", context)


@require_safe
def edition(request: Request, item_id: UUID, language: str) -> HttpResponse:
    """Read without a script. A public one is the same for everybody, and is kept on the phone (`keeping`)."""
    found = edition_for(request.actor, item_id, language)
    context = {
        "item": found.item,
        "edition": found,
        "blocks": blocks_of(found.text),
        "minutes": found.minutes or (minutes_to_read(found.text) if found.text else None),
        "others": _others(found),
        "hidden": found.item.owner_organisation.in_safety_mode,
        "keeping": keeping_of(request, found.item),
        **pieces_of(request.actor, found),
    }
    return render(request, "learning/edition.html", context)


def _others(found: LibraryEdition) -> list[Link]:
    rows = LibraryEdition.objects.filter(item=found.item_id).exclude(pk=found.pk).values_list("language", flat=True)
    order = list(Tongue.values)
    return [
        Link(Tongue(code).label, reverse("learning:edition", args=[found.item_id, code]))
        for code in sorted(rows, key=order.index)
    ]


@signed_in
@form_page
def read(request: Request, item_id: UUID) -> HttpResponse:
    """A group says that it has read it together."""
    found = item_for(request.actor, item_id)
    groups = {str(one.pk): one for one in groups_reading(request.actor)}
    if not groups:
        raise Denied(RECORD)
    form = _reading_form(request, found, groups)

    act = lambda: _noted(request, found, groups, form)  # noqa: E731
    title = said(found.title, get_language() or "id")
    return asked(
        request, form, act, title=_("We have read it together"), said=_("Noted."), back=PAGE, to=[found.pk],
        lead=title, up=reverse(PAGE, args=[found.pk]), up_named=title,
    )  # fmt: skip


def _reading_form(request: Request, found: LibraryItem, groups: Mapping[str, Organisation]) -> ReadingForm:
    tongues = languages_of([found])[found.pk]
    initial = {"organisation": next(iter(groups)), "read_on": _today()}
    initial["language"] = _first(tongues)
    named = {key: one.name for key, one in groups.items()}
    return ReadingForm(sent(request), initial=initial, groups=named, tongues=tongues)


def _noted(request: Request, found: LibraryItem, groups: Mapping[str, Organisation], form: ReadingForm) -> None:
    given = dict(form.cleaned_data)
    group = groups[given.pop("organisation")]
    note_reading(request.actor, found, organisation=group, now=timezone.now(), **given)


def _first(tongues: list[Tongue]) -> str:
    return tongues[0].value if tongues else ""


def _today() -> Any:
    return local_date(timezone.now(), Zone.WIB)


@signed_in
@require_safe
def readings(request: Request) -> HttpResponse:
    """Which group has read what, of the groups in reach; and what village groups have not read yet."""
    if not (request.actor.may(RECORD) or request.actor.may(MANAGE)):
        raise Denied(RECORD)
    rows = list(readings_for(request.actor)[:MOST_READINGS])
    groups = by_group(rows)
    read_by = {group.organisation.pk for group in groups}
    waiting = [one for one in groups_reading(request.actor) if one.pk not in read_by]
    return render(request, "learning/readings.html", {"groups": groups, "waiting": waiting})


def kept(found: LibraryItem) -> dict[str, str]:
    """Where a form about it leads back to."""
    return {"up": reverse(PAGE, args=[found.pk]), "up_named": said(found.title, get_language() or "id")}
