"""What a reader may ask of the calendar. Sent by GET, so that an answer can be shared and subscribed to."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from simpul.activities.kinds import EventKind
from simpul.activities.queries.events import Narrowing
from simpul.kernel.errors import NotFound
from simpul.organisations.models import Organisation
from simpul.territory.models import Area
from simpul.territory.queries import area_and_path
from simpul.web.choices import offer
from simpul.web.editing.fields import DayField
from simpul.web.territory.forms import AreaField


class CalendarForm(forms.Form):
    """`networks` are those to choose from, none where they are too many for a list."""

    wilayah = AreaField(label=_("Area"), required=False)
    jenis = forms.ChoiceField(label=_("Kind of event"), required=False)
    jaringan = forms.UUIDField(label=_("Network"), required=False)
    seri = forms.UUIDField(label=_("Series"), required=False, widget=forms.HiddenInput)
    sejak = DayField(label=_("From the day"), required=False)

    def __init__(self, data: QueryDict, *, networks: Sequence[Organisation]) -> None:
        filled, named = _with_words(data)
        super().__init__(filled)
        area = self.fields["wilayah"]
        assert isinstance(area, AreaField)
        area.known = named
        offer(self, "jenis", [("", _("All kinds")), *EventKind.choices])
        if networks:
            offered = [("", _("All networks")), *((str(n.pk), n.name) for n in networks)]
            self.fields["jaringan"].widget = forms.Select(choices=offered)
        else:
            self.fields["jaringan"].widget = forms.HiddenInput()
        self.full_clean()

    @property
    def area(self) -> Area | None:
        found: Area | None = self.cleaned_data.get("wilayah")
        return found

    @property
    def since(self) -> date | None:
        found: date | None = self.cleaned_data.get("sejak")
        return found

    def narrowing(self) -> Narrowing:
        """A field in error narrows nothing."""
        given = self.cleaned_data
        return Narrowing(
            network=given.get("jaringan"),
            area_code=self.area.code if self.area else "",
            series=given.get("seri"),
            kinds=(given["jenis"],) if given.get("jenis") else (),
        )

    def kept(self) -> dict[str, str]:
        """The same filters as an address would carry them; the day is where one looks, not what for."""
        given = {**self.cleaned_data, "wilayah": self.area.code if self.area else ""}
        return {name: str(given[name]) for name in self.fields if name != "sejak" and given.get(name)}


def _with_words(data: QueryDict) -> tuple[Mapping[str, Any], Area | None]:
    """An address may carry the code of an area alone; the picker shows what it means. At most one query."""
    if not data.get("wilayah") or data.get("wilayah-teks"):
        return data, None
    filled = data.copy()
    try:
        area, path = area_and_path(str(data["wilayah"]))
    except NotFound:
        filled["wilayah-teks"] = str(data["wilayah"])
        return filled, None
    filled["wilayah-teks"] = filled["wilayah-untuk"] = path
    return filled, area
