"""How an organisation is made up: the terms of its board; of a village group also its decrees and divisions."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from simpul.kernel.errors import NotFound
from simpul.kernel.localized import LocalizedText
from simpul.kernel.time import Zone, local_date
from simpul.organisations.kinds import OrganisationKind
from simpul.organisations.models import BoardTerm, Decree, Division, Organisation
from simpul.organisations.queries.structure import decrees_of, structure_of
from simpul.organisations.services.village_groups import (
    NewBoard,
    NewDecree,
    add_division,
    begin_board_term,
    end_division,
    record_decree,
)
from simpul.web.accounts.guards import signed_in
from simpul.web.components import Text
from simpul.web.editing.entry import accepted, changed_already, entry, form_page, sent
from simpul.web.editing.forms.entries import EndForm
from simpul.web.editing.forms.structure import BoardForm, DecreeForm, DivisionForm
from simpul.web.http import Request


@signed_in
@require_safe
def structure(request: Request, key: UUID) -> HttpResponse:
    row = entry(request, key)
    context = {
        "row": row,
        "is_group": row.kind == OrganisationKind.VILLAGE_GROUP,
        "structure": structure_of(row, local_date(timezone.now(), Zone.WIB)),
    }
    return render(request, "editing/structure.html", context)


@signed_in
def board(request: Request, key: UUID) -> HttpResponse:
    """A new term; the one that runs ends the day this begins."""
    row = entry(request, key)
    decrees = decrees_of(row)
    form = BoardForm(sent(request), decrees={str(decree.pk): decree.number for decree in decrees})
    if accepted(form, lambda: _begun(request, row, form, {str(decree.pk): decree for decree in decrees})):
        return _back(request, row, _("The new term is entered."))
    return form_page(request, "form", form, {"row": row, "title": _("A new term of the board")})


def _begun(request: Request, row: Organisation, form: BoardForm, decrees: dict[str, Decree]) -> BoardTerm:
    given = form.cleaned_data
    term = NewBoard(given["since"], given["until"], given["women"], given["men"])
    decree = decrees.get(given.get("decree", ""))
    return begin_board_term(request.actor, row, board=term, decree=decree, now=timezone.now())


@signed_in
def decree(request: Request, key: UUID) -> HttpResponse:
    row = _group(request, key)
    form = DecreeForm(sent(request))

    def write() -> object:
        return record_decree(request.actor, row, decree=NewDecree(**form.cleaned_data), now=timezone.now())

    if accepted(form, write):
        return _back(request, row, _("The decree is entered."))
    return form_page(request, "form", form, {"row": row, "title": _("Another decree (SK)")})


@signed_in
def division(request: Request, key: UUID) -> HttpResponse:
    row = _group(request, key)
    today = local_date(timezone.now(), Zone.WIB)
    form = DivisionForm(sent(request), initial={"since": today})

    def write() -> object:
        name = LocalizedText(id=form.cleaned_data["name"], en=form.cleaned_data["name_en"])
        return add_division(request.actor, row, name=name, since=form.cleaned_data["since"], now=timezone.now())

    if accepted(form, write):
        return _back(request, row, _("The division is entered."))
    return form_page(request, "form", form, {"row": row, "title": _("A new division")})


@signed_in
def close_division(request: Request, key: UUID, row: UUID) -> HttpResponse:
    group = _group(request, key)
    found = Division.objects.filter(organisation=group, pk=row).select_related("organisation").first()
    if found is None:
        raise NotFound("organisations.division", row)
    if found.superseded_at is not None:
        return changed_already(request, "editing:structure", group)
    form = EndForm(sent(request), initial={"until": local_date(timezone.now(), Zone.WIB)})
    if accepted(form, lambda: end_division(request.actor, found, now=timezone.now(), **form.cleaned_data)):
        return _back(request, group, _("Saved: the division ends on that day. What it did stays."))
    title = _("The division %(name)s ends") % {"name": found.name}
    return form_page(request, "form", form, {"row": group, "title": title})


def _group(request: Request, key: UUID) -> Organisation:
    """Divisions and decrees are a village group's. NotFound for others."""
    row = entry(request, key)
    if row.kind != OrganisationKind.VILLAGE_GROUP:
        raise NotFound("organisations.organisation", key)
    return row


def _back(request: Request, row: Organisation, said: Text) -> HttpResponse:
    messages.success(request, str(said))
    return redirect("editing:structure", row.pk)
