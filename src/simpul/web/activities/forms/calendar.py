"""What a reader may ask of the calendar. Sent by GET, so that an answer can be shared and subscribed to."""

from collections.abc import Sequence
from datetime import date

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from simpul.activities.kinds import EventKind
from simpul.activities.queries.events import Narrowing
from simpul.organisations.models import Organisation
from simpul.web.choices import offer
from simpul.web.editing.fields import DayField
from simpul.web.territory.forms import AreaField
from simpul.web.territory.narrowing import NarrowingForm


class CalendarForm(NarrowingForm):
    """Of the calendar."""

    wilayah = AreaField(label=_("Area"), required=False)
    jenis = forms.ChoiceField(label=_("Kind of event"), required=False)
    jaringan = forms.UUIDField(label=_("Network"), required=False)
    seri = forms.UUIDField(label=_("Series"), required=False, widget=forms.HiddenInput)
    sejak = DayField(label=_("From the day"), required=False)

    def __init__(self, data: QueryDict, *, networks: Sequence[Organisation]) -> None:
        super().__init__(data, networks=networks)
        offer(self, "jenis", [("", _("All kinds")), *EventKind.choices])
        self.full_clean()

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
        return {name: asked for name, asked in super().kept().items() if name != "sejak"}
