"""Keeping the library: a new item, its languages and files, publishing and withdrawing it."""

from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from simpul.activities.kinds import Visibility
from simpul.activities.library_kinds import Readers, Tongue
from simpul.activities.models import LibraryEdition, LibraryItem
from simpul.activities.queries.library import edition_for, item_for, languages_of
from simpul.activities.rules.library import require_item_keeper
from simpul.activities.services.library import add_item, change_item, publish_item, withdraw_item, write_edition
from simpul.activities.states import MANAGE
from simpul.documents.services.keeping import add_document
from simpul.kernel.errors import Denied
from simpul.kernel.ids import uuid7
from simpul.organisations.models import Organisation
from simpul.web.accounts.guards import signed_in
from simpul.web.activities.entry import accepted, asked, pressed
from simpul.web.activities.keeping import hosts_of
from simpul.web.activities.views.organising import form_page
from simpul.web.documents.uploads import sealed_uploads
from simpul.web.editing.entry import sent
from simpul.web.http import Request
from simpul.web.learning.forms.library import EditionFileForm, EditionForm, ItemForm, edition_said, item_said
from simpul.web.learning.views.library import PAGE, kept


def _mine(request: Request, item_id: UUID) -> LibraryItem:
    found = item_for(request.actor, item_id)
    require_item_keeper(request.actor, found)
    return found


@signed_in
@form_page
def add(request: Request) -> HttpResponse:
    hosts = {str(one.pk): one for one in hosts_of(request.actor)}
    if not hosts:
        raise Denied(MANAGE)
    form = _item_form(request, hosts)
    made: list[LibraryItem] = []

    act = lambda: made.append(_added(request, hosts, form))  # noqa: E731
    if accepted(form, act):
        messages.success(request, _("It is a draft. Now write it in a language."))
        return redirect("learning:edition-new", made[0].pk)
    up = {"up": reverse("learning:library"), "up_named": _("Library")}
    context = {"form": form, "title": _("Something new for the library"), **up}
    return render(request, "activities/form.html", context, status=422 if form.errors else 200)


def _item_form(request: Request, hosts: Mapping[str, Organisation]) -> ItemForm:
    usual = {"key": uuid7(), "organisation": next(iter(hosts)), "visibility": Visibility.PUBLIC.value}
    initial = {**usual, "readers": Readers.EVERYBODY.value}
    return ItemForm(sent(request), initial=initial, hosts={key: one.name for key, one in hosts.items()})


def _added(request: Request, hosts: Mapping[str, Organisation], form: ItemForm) -> LibraryItem:
    host, key = hosts[form.cleaned_data["organisation"]], form.cleaned_data["key"]
    return add_item(request.actor, host, id=key, now=timezone.now(), **form.said())


@signed_in
@form_page
def change(request: Request, item_id: UUID) -> HttpResponse:
    found = _mine(request, item_id)
    form = ItemForm(sent(request), initial=item_said(found))

    def act() -> None:
        seen = form.cleaned_data["version"] or 0
        change_item(request.actor, found, seen=seen, now=timezone.now(), **form.said())

    return asked(
        request, form, act, title=_("What is said of it"), said=_("Saved."), back=PAGE, to=[found.pk],
        **kept(found),
    )  # fmt: skip


@signed_in
@form_page
def edition_new(request: Request, item_id: UUID) -> HttpResponse:
    found = _mine(request, item_id)
    there = set(languages_of([found])[found.pk])
    form = EditionForm(sent(request), tongues=[tongue for tongue in Tongue if tongue not in there])
    return _written(request, found, form, _("Write it in a language"))


@signed_in
@form_page
def edition_change(request: Request, item_id: UUID, language: str) -> HttpResponse:
    found = _mine(request, item_id)
    row = edition_for(request.actor, item_id, language)
    form = EditionForm(sent(request), initial=edition_said(row), tongues=[Tongue(row.language)])
    return _written(request, found, form, _("Rewrite it"))


def _written(request: Request, found: LibraryItem, form: EditionForm, title: str) -> HttpResponse:
    def act() -> None:
        given = dict(form.cleaned_data)
        write_edition(request.actor, found, seen=given.pop("version"), now=timezone.now(), **given)

    return asked(request, form, act, title=title, said=_("Saved."), back=PAGE, to=[found.pk], **kept(found))


@signed_in
@form_page
@sealed_uploads
def edition_file(request: Request, item_id: UUID, language: str) -> HttpResponse:
    found = _mine(request, item_id)
    row = edition_for(request.actor, item_id, language)
    initial = {"key": uuid7(), "kind": "audio"}
    form = EditionFileForm(sent(request), request.FILES or None, actor=request.actor, initial=initial)
    act = lambda: _filed(request, row, form)  # noqa: E731
    return asked(
        request, form, act, title=_("Add a recording or a file"), said=_("The file is kept."), back=PAGE,
        to=[found.pk], lead=row.get_language_display(), multipart=True, action=_("Keep this file"),
        **kept(found),
    )  # fmt: skip


def _filed(request: Request, row: LibraryEdition, form: EditionFileForm) -> None:
    given = dict(form.cleaned_data)
    key, file, audience = given.pop("key"), given.pop("file"), row.item.visibility
    add_document(request.actor, row.ref, id=key, upload=file, audience=audience, now=timezone.now(), **given)


@signed_in
@require_POST
def publish(request: Request, item_id: UUID) -> HttpResponse:
    found = item_for(request.actor, item_id)
    act = lambda: publish_item(request.actor, found, now=timezone.now())  # noqa: E731
    return pressed(request, act, said=_("Published: those it is for can read it now."), back=PAGE, to=[item_id])


@signed_in
@require_POST
def withdraw(request: Request, item_id: UUID) -> HttpResponse:
    found = item_for(request.actor, item_id)
    act = lambda: withdraw_item(request.actor, found, now=timezone.now())  # noqa: E731
    return pressed(request, act, said=_("Taken off the shelf."), back=PAGE, to=[item_id])
