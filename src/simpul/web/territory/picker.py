"""The area picker as a form field.

One text field. Without JavaScript the form is sent with what was typed; where that may mean several areas, the same
form comes back with everything kept and the areas to choose from as radio buttons. With JavaScript the field is a
combobox (`area-picker.js`). Either way a text that means one area only is simply understood.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from simpul.kernel.errors import NotFound
from simpul.kernel.text import fold, squeeze
from simpul.territory.models import Area
from simpul.territory.names import CODE
from simpul.territory.queries import path_of, paths_of, search_areas

MOST = 12


@dataclass(frozen=True, slots=True)
class Typed:
    """What was sent: the text, the code chosen for it, and the text that choice was offered for."""

    text: str = ""
    code: str = ""
    asked: str = ""

    @property
    def chosen(self) -> str:
        """The code, unless the text was changed after it was chosen."""
        return self.code if not self.asked or fold(self.asked) == fold(self.text) else ""


class AreaPicker(forms.Widget):
    """Sends `name` (the code), `name-teks` (what was typed) and `name-untuk` (the text the code was chosen for)."""

    kinds: Sequence[str] | None = None
    within: str | None = None

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.candidates: list[Area] = []

    def value_from_datadict(
        self, data: Mapping[str, Any], files: MultiValueDict[str, Any] | Mapping[str, Any], name: str
    ) -> Typed:
        sent = (data.get(name + part, "") for part in ("-teks", "", "-untuk"))
        text, code, asked = (squeeze(value)[:200] if isinstance(value, str) else "" for value in sent)
        return Typed(text, code, asked)

    def value_omitted_from_data(
        self, data: Mapping[str, Any], files: MultiValueDict[str, Any] | Mapping[str, Any], name: str
    ) -> bool:
        return name not in data and f"{name}-teks" not in data

    def id_for_label(self, id_: str) -> str:
        return id_

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        typed = value if isinstance(value, Typed) else _written(value)
        given = self.build_attrs(self.attrs, attrs)
        paths = paths_of(self.candidates)
        context = {
            "name": name,
            "id": given.pop("id", f"id_{name}"),
            "attrs": given,
            "typed": typed,
            "candidates": [(a, paths[a.code]) for a in self.candidates],
            "url": reverse("territory:search"),
            "kinds": ",".join(self.kinds or ()),
            "within": self.within or "",
        }
        return SafeString(render_to_string("components/area-picker.html", context))


class AreaField(forms.Field):
    """An area; `cleaned_data` holds the `Area`, None where it may be left out.

    `kinds` and `within` narrow what may be chosen. `initial` is a code or an Area.
    """

    widget = AreaPicker
    known: Area | None = None  # already fetched by whoever made the form
    default_error_messages = {
        "required": _("Choose an area."),
        "unknown": _("No area is called that. Check the spelling, or write only a part of the name."),
        "several": _("Several areas match. Choose the one you mean."),
        "outside": _("This area can't be chosen here. Choose another one."),
    }

    def __init__(self, *, kinds: Sequence[str] | None = None, within: str | None = None, **options: Any) -> None:
        super().__init__(**options)
        self.kinds, self.within = kinds, within
        self.picker.kinds, self.picker.within = kinds, within

    @property
    def picker(self) -> AreaPicker:
        assert isinstance(self.widget, AreaPicker)
        return self.widget

    def clean(self, value: Any) -> Area | None:
        typed = value if isinstance(value, Typed) else _written(value)
        if typed.chosen:
            return self._allowed(typed.chosen)
        if typed.text:
            return self._understood(typed.text)
        if self.required:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return None

    def has_changed(self, initial: Any, data: Any) -> bool:
        before, now = _written(initial), data if isinstance(data, Typed) else _written(data)
        return before.code != now.chosen or (not now.chosen and bool(now.text))

    def _allowed(self, code: str) -> Area:
        found = self._current(code)
        outside = self.within and not f"{code}.".startswith(f"{self.within}.")
        if found is None or outside or (self.kinds and found.kind not in self.kinds):
            raise forms.ValidationError(self.error_messages["outside"], code="outside")
        return found

    def _current(self, code: str) -> Area | None:
        if self.known and self.known.code == code:
            return None if self.known.valid_until else self.known
        return Area.objects.filter(code=code, valid_until=None).first() if CODE.fullmatch(code) else None

    def _understood(self, text: str) -> Area:
        found = search_areas(text, within=self.within, kinds=self.kinds, limit=MOST)
        paths, typed = paths_of(found), fold(text)
        # The whole path, else the one title: "Kabupaten Sumbawa" is not Kabupaten Sumbawa Barat.
        exact = [a for a in found if fold(paths[a.code]) == typed] or [a for a in found if fold(a.title) == typed]
        if len(exact or found) == 1:
            return (exact or found)[0]
        self.picker.candidates = found
        code = "several" if found else "unknown"
        raise forms.ValidationError(self.error_messages[code], code=code)


def _written(value: Any) -> Typed:
    """An area or its code as the field would have been sent for it."""
    code = value.code if isinstance(value, Area) else str(value or "")
    if not CODE.fullmatch(code):
        return Typed(text=code)
    try:
        path = path_of(code)
    except NotFound:
        return Typed(text=code)
    return Typed(text=path, code=code, asked=path)
