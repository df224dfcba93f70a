"""The questions of an import, one page each."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from simpul.interop.limits import MOST_BYTES
from simpul.interop.models import Decision
from simpul.interop.queries import Strange
from simpul.interop.reading import too_big
from simpul.interop.recipes import Recipe, Text
from simpul.interop.tables import Line, words_of
from simpul.interop.words import Chosen
from simpul.organisations.kinds import OrganisationKind
from simpul.web.choices import offer


class UploadForm(forms.Form):
    """`key` is the client's own for the form: the same file sent twice under it is one import."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    home = forms.ChoiceField(label=_("Whose import is it?"), widget=forms.RadioSelect)
    file = forms.FileField(
        label=_("The file"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
        help_text=_("An Excel file (.xlsx) or a CSV, up to 20 MB and 50,000 rows."),
        allow_empty_file=True,
    )

    def __init__(self, *args: Any, homes: Mapping[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["home"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(homes.items())
        if len(homes) == 1:
            field.widget = forms.HiddenInput()
            field.initial = next(iter(homes))

    def clean_key(self) -> UUID:
        key: UUID = self.cleaned_data["key"]
        if key.version != 7:
            raise forms.ValidationError(_("Open this page anew, then choose the file again."), code="key")
        return key

    def clean_file(self) -> "UploadedFile[bytes]":
        return _small_enough(self.cleaned_data["file"])


class FormForm(forms.Form):
    """The form by which rows were written down."""

    file = forms.FileField(
        label=_("The form (XLSForm)"),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        help_text=_("In KoboToolbox: the project, three dots, Download XLS."),
        allow_empty_file=True,
    )

    def clean_file(self) -> "UploadedFile[bytes]":
        return _small_enough(self.cleaned_data["file"])


def _small_enough(file: "UploadedFile[bytes]") -> "UploadedFile[bytes]":
    if (file.size or 0) > MOST_BYTES:
        raise forms.ValidationError(str(too_big().message), code="too_big")
    return file


class TableForm(forms.Form):
    sheet = forms.TypedChoiceField(label=_("Which sheet?"), coerce=int)
    header_row = forms.TypedChoiceField(
        label=_("In which row do the names of the columns stand?"), coerce=int, widget=forms.RadioSelect
    )
    header_depth = forms.TypedChoiceField(
        label=_("How many rows of names?"),
        coerce=int,
        choices=[(1, _("One")), (2, _("Two: a group above, the names below"))],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, sheets: Sequence[str], lines: Sequence[Line], **options: Any) -> None:
        super().__init__(*args, **options)
        sheet, row = self.fields["sheet"], self.fields["header_row"]
        assert isinstance(sheet, forms.ChoiceField)
        assert isinstance(row, forms.ChoiceField)
        sheet.choices = list(enumerate(sheets))
        row.choices = [(line.number, f"{line.number}. {_excerpt(line)}") for line in lines]
        if len(sheets) < 2:
            sheet.widget = forms.HiddenInput()


def _excerpt(line: Line) -> str:
    return " · ".join(words for cell in line.cells if (words := words_of(cell)))[:100]


class ColumnsForm(forms.Form):
    """One question a column of the file: `kolom-3` is the fourth. And what holds for rows that don't say."""

    default_kind = forms.ChoiceField(
        label=_("Where neither the row nor the name tells what kind it is"),
        required=False,
        choices=[("", _("ask me row by row")), *OrganisationKind.choices],
    )

    def __init__(self, *args: Any, recipe: Recipe, heads: Sequence[str], **options: Any) -> None:
        super().__init__(*args, **options)
        if recipe.column("kind") is None:
            del self.fields["default_kind"]
        for name in sorted(recipe.silent):
            self.fields[f"default_{name}"] = _for_all(recipe, name)
        choices = [("", _("leave out")), *((column.name, column.label) for column in recipe.columns)]
        self.places = list(range(len(heads)))
        for place, head in enumerate(heads):
            label = head or _("Column %(letter)s (no name)") % {"letter": letter_of(place)}
            self.fields[f"kolom-{place}"] = forms.ChoiceField(label=label, choices=choices, required=False)

    def mapping(self) -> dict[int, str]:
        return {place: self.cleaned_data[f"kolom-{place}"] for place in self.places}

    def options(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in self.fields if name.startswith("default_")}

    def for_all(self) -> list[forms.BoundField]:
        """The questions that hold for all rows that are silent."""
        return [self[name] for name in self.fields if name.startswith("default_")]

    @classmethod
    def initial_of(cls, mapping: Mapping[int, str], options: Mapping[str, Any]) -> dict[str, Any]:
        named = {f"kolom-{place}": name for place, name in mapping.items()}
        return {**named, **{name: value for name, value in options.items() if name.startswith("default_")}}


def _for_all(recipe: Recipe, name: str) -> forms.ChoiceField:
    column = recipe.column(name)
    assert column is not None
    assert isinstance(column.read, Chosen)
    label = _("%(column)s, where a row does not say") % {"column": column.label}
    silent = _("ask me row by row") if column.required else column.hint
    return forms.ChoiceField(label=label, required=False, choices=[("", silent), *column.read.choices()])


class WordsForm(forms.Form):
    """One question a word. Nothing chosen: it stays unknown."""

    SILENT: Final = "-"

    def __init__(self, *args: Any, recipe: Recipe, strange: Sequence[Strange], **options: Any) -> None:
        super().__init__(*args, **options)
        self.strange = {f"kata-{one.column}-{one.digest}": one for one in strange}
        self.labels = {column.name: column.label for column in recipe.columns}
        for name, one in self.strange.items():
            column = recipe.column(one.column)
            assert column is not None
            assert isinstance(column.read, Chosen)
            choices = [("", _("not yet")), (self.SILENT, _("it says nothing")), *column.read.choices()]
            self.fields[name] = forms.ChoiceField(label=one.words[:100], choices=choices, required=False)

    def clean(self) -> None:
        if not any(self.cleaned_data.values()):
            raise forms.ValidationError(_("Say of at least one word what it means."), code="nothing")

    def meanings(self) -> Iterator[tuple[str, str, str]]:
        """Column, digest of the word, code."""
        for name, code in self.cleaned_data.items():
            if code:
                yield self.strange[name].column, self.strange[name].digest, "" if code == self.SILENT else code

    def questions(self) -> list[tuple[Strange, Text, forms.BoundField]]:
        return [(one, self.labels[one.column], self[name]) for name, one in self.strange.items()]


def letter_of(place: int) -> str:
    """The letter Excel writes above a column: 0 is "A", 26 is "AA"."""
    letters, number = "", place + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


class DecideForm(forms.Form):
    """What becomes of one row with doubles; `into` and `winning` count for merging alone."""

    decision = forms.ChoiceField(choices=[c for c in Decision.choices if c[0]], required=False)
    into = forms.CharField(required=False)
    winning = forms.MultipleChoiceField(required=False)

    def __init__(self, *args: Any, columns: Sequence[str], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "winning", [(name, name) for name in columns])


class AllForm(forms.Form):
    decision = forms.ChoiceField(choices=[c for c in Decision.choices if c[0]])
