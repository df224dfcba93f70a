"""The work list: what is overdue, due today, soon; one's own; one village."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from simpul.cases.queries.worklist import MOST, Filter, Shelf, types_of_cases, worklist_with_counts
from simpul.cases.rules.sight import require_desk
from simpul.web.accounts.guards import signed_in
from simpul.web.cases.desk.forms import VillageForm
from simpul.web.cases.desk.panels import case_rows
from simpul.web.components import Link
from simpul.web.http import Request

WORDS = {
    Shelf.OVERDUE: _("Overdue"),
    Shelf.TODAY: _("Today"),
    Shelf.SOON: _("Soon"),
    Shelf.OPEN: _("All open"),
    Shelf.ENDED: _("Ended"),
}
ADDRESSES = {"terlambat": Shelf.OVERDUE, "hari-ini": Shelf.TODAY, "segera": Shelf.SOON, "semua": Shelf.OPEN}
ADDRESSES["selesai"] = Shelf.ENDED


@signed_in
@require_safe
def worklist(request: Request) -> HttpResponse:
    """For companions, coordinators, and supervisors to whom something was brought; Denied to others."""
    require_desk(request.actor)
    village = VillageForm(request.GET if {"desa", "desa-teks"} & set(request.GET) else None)
    now, wanted = timezone.now(), _wanted(request, village)
    page, counts = worklist_with_counts(request.actor, wanted, now=now, after=_after(request.GET.get("setelah", "")))
    context = {
        "rows": case_rows(page.cases, types_of_cases(page.cases), now=now),
        "chips": _chips(counts, wanted),
        "village": village,
        **_places(wanted),
        "older": f"{_address(wanted)}&setelah={_mark(page.after)}" if page.after else "",
        **_ways(request),
    }
    return render(request, "cases/list.html", context)


def _ways(request: Request) -> dict[str, bool]:
    """What leads on from the list."""
    leads = request.actor.may("case.coordinate")
    return {
        "may_approve": request.actor.may("case.approve_closure"),
        "may_export": request.actor.may("case.export"),
        "may_lead": leads,
        "may_open": leads or request.actor.may("case.record"),
        "is_brought": request.actor.may("case.supervise"),
    }


def _places(wanted: Filter) -> dict[str, object]:
    """Where one is in the list, and the way to what is one's own or everybody's."""
    return {
        "current": _address(wanted),
        "wanted": wanted,
        "shelf": next(word for word, one in ADDRESSES.items() if one is wanted.shelf),
        "whose": _whose(wanted),
        "all": _address(replace(wanted, mine=False, brought=False)) if _whose(wanted) else "",
        "own": _address(replace(wanted, mine=True, brought=False)),
        "brought": _address(replace(wanted, mine=False, brought=True)),
    }


def _whose(wanted: Filter) -> str:
    """As it is written in an address; "" for all one may see."""
    return "dibawa" if wanted.brought else "saya" if wanted.mine else ""


def _wanted(request: Request, village: VillageForm) -> Filter:
    """All villages where none was chosen, and where what was typed may mean several."""
    shelf = ADDRESSES.get(request.GET.get("rak", ""), Shelf.OPEN)
    area = village.cleaned_data.get("desa") if village.is_bound and village.is_valid() else None
    whose, code = request.GET.get("milik"), area.code if area else ""
    return Filter(shelf=shelf, mine=whose == "saya", brought=whose == "dibawa", area_code=code)


def _address(wanted: Filter) -> str:
    word = next(word for word, one in ADDRESSES.items() if one is wanted.shelf)
    village = f"&desa={wanted.area_code}" if wanted.area_code else ""
    whose = f"&milik={_whose(wanted)}" if _whose(wanted) else ""
    return f"?rak={word}{whose}{village}"


def _chips(counts: dict[Shelf, int], wanted: Filter) -> list[Link]:
    """Beyond MOST nobody counts along."""

    def label(shelf: Shelf) -> str:
        if shelf not in counts:
            return str(WORDS[shelf])
        number = f"{MOST}+" if counts[shelf] > MOST else str(counts[shelf])
        return f"{WORDS[shelf]} ({number})"

    return [Link(label(shelf), _address(replace(wanted, shelf=shelf))) for shelf in Shelf]


def _mark(after: tuple[datetime, UUID]) -> str:
    return f"{after[0].timestamp()!r}_{after[1]}"


def _after(mark: str) -> tuple[datetime, UUID] | None:
    """The first page where the mark is none."""
    seconds, _between, key = mark.partition("_")
    try:
        return datetime.fromtimestamp(float(seconds), tz=timezone.get_current_timezone()), UUID(key)
    except (ValueError, OverflowError, OSError):
        return None
