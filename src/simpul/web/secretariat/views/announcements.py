"""Announcements: written, read, corrected, and who has read them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from simpul.access.tidings import tell_of_announcement
from simpul.kernel.ids import uuid7
from simpul.kernel.time import Zone, local_date
from simpul.organisations.models import Announcement, AnnouncementVersion, Organisation
from simpul.organisations.queries.announcements import (
    announcement_for,
    announcements_for,
    readers_of,
    reading_by,
    versions_of,
)
from simpul.organisations.queries.networks import member_organisations
from simpul.organisations.rules.organisations import authorise, may
from simpul.organisations.secretariat import MANAGE
from simpul.organisations.services.announcements import announce, correct_announcement, read_announcement
from simpul.web.accounts.guards import private, signed_in
from simpul.web.editing.entry import accepted, entry, sent
from simpul.web.editing.fields import out_of_two
from simpul.web.http import Request
from simpul.web.secretariat.forms import AnnounceForm, CorrectForm

MOST_MEMBERS = 200


@signed_in
@require_safe
def inbox(request: Request) -> HttpResponse:
    """What went to the reader's organisations, and what their network wrote."""
    return render(request, "secretariat/inbox.html", {"listed": announcements_for(request.actor)})


@signed_in
@require_safe
def sent_list(request: Request, key: UUID) -> HttpResponse:
    network = entry(request, key, MANAGE)
    context = {"row": network, "listed": announcements_for(request.actor, network)}
    return render(request, "secretariat/announcements.html", context)


@signed_in
def write(request: Request, key: UUID) -> HttpResponse:
    network = entry(request, key, MANAGE)
    form = AnnounceForm(sent(request), members=_members(request, network), initial={"key": uuid7()})
    made: list[Announcement] = []
    if accepted(form, lambda: made.append(_announced(request, network, form))):
        messages.success(request, _("It is out. Below you see who has read it; the text for WhatsApp is ready."))
        return redirect("secretariat:announcement", made[0].pk)
    context = {"row": network, "form": form, "title": _("Write to the members"), "action": _("Send to the members")}
    return render(request, "secretariat/form.html", context, status=422 if form.errors else 200)


def _members(request: Request, network: Organisation) -> list[Organisation]:
    today = local_date(timezone.now(), Zone.WIB)
    return list(member_organisations(request.actor, network, on=today, levels=1)[:MOST_MEMBERS])


def _announced(request: Request, network: Organisation, form: AnnounceForm) -> Announcement:
    now, key = timezone.now(), form.cleaned_data["key"]
    title, body = form.texts()
    made = announce(request.actor, network, title=title, body=body, id=key, now=now, **form.audience())
    tell_of_announcement(made, 1, now=now)
    return made


@signed_in
def announcement(request: Request, row: UUID) -> HttpResponse:
    """The last version with those before it. One press says for the reader's organisation that it was read."""
    found = announcement_for(request.actor, row)
    if request.method == "POST":
        read_announcement(request.actor, found, now=timezone.now())
        messages.success(request, _("Thank you: the secretariat sees that your organisation has read it."))
        return redirect("secretariat:announcement", found.pk)
    return private(render(request, "secretariat/announcement.html", _page(request, found)))


def _page(request: Request, found: Announcement) -> dict[str, Any]:
    versions = versions_of(found)
    return {
        "announcement": found,
        "version": versions[0],
        "former": versions[1:],
        "was_read": reading_by(request.actor, found, versions[0].number),
        "share": _for_whatsapp(request, versions[0]),
        **_readers(request, found, versions[0].number),
    }


def _readers(request: Request, found: Announcement, number: int) -> dict[str, Any]:
    """Who has read it, for who keeps the network."""
    if not may(request.actor, MANAGE, found.network):
        return {"keeps": False}
    readers = readers_of(found, number)
    return {"keeps": True, "readers": readers, "unread": sum(1 for reader in readers if reader.read_at is None)}


def _for_whatsapp(request: Request, version: AnnouncementVersion) -> str:
    language = get_language() or "id"
    title, body = (text.to(language) if text else "" for text in (version.title, version.body))
    address = request.build_absolute_uri(reverse("secretariat:announcement", args=[version.announcement_id]))
    return f"*{title}*\n\n{body}\n\n{address}"


@signed_in
def correct(request: Request, row: UUID) -> HttpResponse:
    """A further version; everybody it went to is told that there is one."""
    found = announcement_for(request.actor, row)
    authorise(request.actor, MANAGE, found.network)
    last = versions_of(found)[0]
    first = {"seen": last.number, **out_of_two(last.title, "title"), **out_of_two(last.body, "body")}
    form = CorrectForm(sent(request), initial=first)
    if accepted(form, lambda: _corrected(request, found, form)):
        messages.success(request, _("Corrected. The former text can still be read, and everybody was told."))
        return redirect("secretariat:announcement", found.pk)
    context = {"row": found.network, "form": form, "title": _("Correct the announcement")}
    return render(request, "secretariat/form.html", context, status=422 if form.errors else 200)


def _corrected(request: Request, found: Announcement, form: CorrectForm) -> None:
    now, seen = timezone.now(), form.cleaned_data["seen"]
    title, body = form.texts()
    made = correct_announcement(request.actor, found, title=title, body=body, seen=seen, now=now)
    tell_of_announcement(found, made.number, now=now)
