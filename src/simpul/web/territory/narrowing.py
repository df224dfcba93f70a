"""A list that is narrowed by area and network, asked by GET so that an answer can be shared."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from simpul.kernel.errors import NotFound
from simpul.organisations.models import Organisation
from simpul.territory.models import Area
from simpul.territory.queries import area_and_path
from simpul.web.territory.forms import AreaField


class NarrowingForm(forms.Form):
    """With the fields `wilayah` and `jaringan`, which a form of this kind names as it orders them.

    `networks` are those to choose from, none where they are too many for a list.
    """

    def __init__(self, data: QueryDict, *, networks: Sequence[Organisation]) -> None:
        filled, named = _with_words(data)
        super().__init__(filled)
        area = self.fields["wilayah"]
        assert isinstance(area, AreaField)
        area.known = named
        if networks:
            offered = [("", _("All networks")), *((str(n.pk), n.name) for n in networks)]
            self.fields["jaringan"].widget = forms.Select(choices=offered)
        else:
            self.fields["jaringan"].widget = forms.HiddenInput()

    @property
    def area(self) -> Area | None:
        found: Area | None = self.cleaned_data.get("wilayah")
        return found

    def kept(self) -> dict[str, str]:
        """What was asked, as an address would carry it."""
        asked = {**self.cleaned_data, "wilayah": self.area.code if self.area else ""}
        return {name: str(asked[name]) for name in self.fields if asked.get(name)}


def _with_words(data: QueryDict) -> tuple[Mapping[str, Any], Area | None]:
    """An address may carry a code alone; the picker shows what it means. An unknown code is left to the field.

    With the area, where it was fetched for that. At most one query.
    """
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
