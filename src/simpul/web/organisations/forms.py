"""What a reader may ask: of the directory, and of a network. Sent by GET, so that an answer can be shared."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from simpul.organisations.at_work import AT_WORK_FOR
from simpul.organisations.kinds import OrganisationKind
from simpul.organisations.models import Organisation
from simpul.organisations.queries.directory import Search
from simpul.organisations.sectors import Sector
from simpul.web.choices import offer
from simpul.web.territory.forms import AreaField
from simpul.web.territory.narrowing import NarrowingForm

MONTH = AT_WORK_FOR / 12  # twelve of them are the time a confirmation holds
LONGEST_SEARCH = 120


class DirectoryForm(NarrowingForm):
    """A search of the directory."""

    q = forms.CharField(
        label=_("Name"),
        required=False,
        max_length=LONGEST_SEARCH,
        widget=forms.TextInput(attrs={"type": "search", "enterkeyhint": "search", "placeholder": _("e.g. perempuan")}),
    )
    wilayah = AreaField(label=_("Area"), required=False)
    isu = forms.ChoiceField(label=_("Issue"), required=False)
    jenis = forms.ChoiceField(label=_("Kind"), required=False)
    jaringan = forms.UUIDField(label=_("In the network"), required=False)
    aktif = forms.TypedChoiceField(
        label=_("Confirmed active"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[
            ("", _("At any time, or never")),
            ("3", _("In the last 3 months")),
            ("6", _("In the last 6 months")),
            ("12", _("In the last 12 months")),
        ],
    )

    def __init__(self, data: QueryDict, *, networks: Sequence[Organisation]) -> None:
        super().__init__(data, networks=networks)
        offer(self, "isu", [("", _("All issues")), *Sector.choices])
        offer(self, "jenis", [("", _("All kinds")), *OrganisationKind.choices])

    def search(self, today: date) -> Search:
        """What could be understood; a field in error narrows nothing."""
        self.full_clean()
        given = self.cleaned_data
        area, months = given.get("wilayah"), given.get("aktif")
        return Search(
            text=given.get("q", ""),
            area_code=area.code if area else None,
            sector=given.get("isu") or None,
            kind=given.get("jenis") or None,
            network=given.get("jaringan"),
            active_since=today - MONTH * months if months else None,
        )


class DayForm(forms.Form):
    """On which day. Left out, or impossible, it is `today`."""

    pada = forms.DateField(
        label=_("On the day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "class": "short"}, format="%Y-%m-%d"),
    )

    def __init__(self, data: QueryDict, *, today: date) -> None:
        filled = data.copy()
        filled.setdefault("pada", today.isoformat())
        super().__init__(filled)
        self.today = today
        self.full_clean()

    @property
    def day(self) -> date:
        return self.cleaned_data.get("pada") or self.today

    @property
    def is_past(self) -> bool:
        return self.day < self.today


class LevelsForm(DayForm):
    """On which day, and through how many levels."""

    tingkat = forms.ChoiceField(
        label=_("Through"),
        required=False,
        choices=[
            ("", _("all levels")),
            ("1", _("direct members only")),
            ("2", _("two levels")),
            ("3", _("three levels")),
        ],
    )

    @property
    def levels(self) -> int | None:
        chosen = self.cleaned_data.get("tingkat")
        return int(chosen) if chosen else None


class OtherForm(DayForm):
    """Which other organisation: looked for by name, then named by its key."""

    cari = forms.CharField(
        label=_("The other organisation"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    dengan = forms.UUIDField(required=False, widget=forms.HiddenInput)

    @property
    def text(self) -> str:
        return str(self.cleaned_data.get("cari") or "")

    @property
    def other(self) -> UUID | None:
        """None while a name is being looked for: that asks for another one."""
        return None if self.text else self.cleaned_data.get("dengan")
