"""Which sheets there are: of a village each year, of a regency each quarter that is out."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from simpul.kernel.actor import Actor
from simpul.releases.queries.published import periods_for
from simpul.releases.tables import Level
from simpul.territory.models import AreaKind
from simpul.web.components import Link
from simpul.web.data.paper import SHEETS
from simpul.web.data.reading import readable
from simpul.web.data.words import period_words
from simpul.web.territory.forms import AreaField

_KINDS = (AreaKind.REGENCY, AreaKind.CITY, AreaKind.VILLAGE, AreaKind.URBAN_VILLAGE)


class SheetForm(forms.Form):
    wilayah = AreaField(
        label=_("Village, regency or city"),
        help_text=_("Of a village there is a sheet a year, of a regency or city one a quarter."),
        kinds=_KINDS,
    )


def sheets_page(actor: Actor, form: SheetForm) -> dict[str, Any]:
    page: dict[str, Any] = {"form": form}
    if not form.is_bound or not form.is_valid():
        return page
    area = form.cleaned_data["wilayah"]
    page |= {"area": area, "sheets": []}
    if area.level not in SHEETS:
        return page
    periods = periods_for(actor, readable(actor, Level(area.level))[0].key)
    language = get_language() or "id"
    page["sheets"] = [
        Link(period_words(row.label, language), reverse("data:sheet", args=[area.code, row.label]))
        for row in reversed(periods)
    ]
    return page
