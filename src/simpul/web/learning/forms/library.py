"""What the library is asked and told."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from simpul.activities.kinds import Visibility
from simpul.activities.library_kinds import MOST_MINUTES, MOST_TEXT, FileKind, ItemKind, Readers, Tongue
from simpul.activities.models import LibraryEdition, LibraryItem
from simpul.activities.queries.library import Shelf
from simpul.activities.result_kinds import MOST_PEOPLE
from simpul.documents.services.keeping import LONGEST
from simpul.kernel.actor import Actor
from simpul.organisations.sectors import Sector
from simpul.web.choices import offer
from simpul.web.documents.fields import UploadField, UploadInput
from simpul.web.editing.fields import DayField, out_of_two
from simpul.web.learning.forms.hosting import Hosted


class ShelfForm(forms.Form):
    """Sent by GET; a field in error narrows nothing."""

    jenis = forms.ChoiceField(label=_("What kind?"), required=False)
    untuk = forms.ChoiceField(label=_("For whom?"), required=False)
    bahasa = forms.ChoiceField(label=_("In which language?"), required=False)

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        every = pgettext_lazy("library", "Any")
        offer(self, "jenis", [("", every), *ItemKind.choices])
        offer(self, "untuk", [("", every), *Readers.choices])
        offer(self, "bahasa", [("", every), *Tongue.choices])
        self.full_clean()

    def shelf(self) -> Shelf:
        given = self.cleaned_data
        return Shelf(kind=given.get("jenis", ""), readers=given.get("untuk", ""), language=given.get("bahasa", ""))

    @property
    def asked(self) -> bool:
        return any(self.cleaned_data.values())


class ItemForm(Hosted):
    organisation = forms.ChoiceField(label=_("Which organisation keeps it?"))
    kind = forms.ChoiceField(label=_("What kind?"), choices=ItemKind.choices, widget=forms.RadioSelect)
    title = forms.CharField(label=_("Title"), max_length=160)
    about = forms.CharField(
        label=_("What one finds in it"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    readers = forms.ChoiceField(label=_("For whom?"), choices=Readers.choices, widget=forms.RadioSelect)
    sector = forms.ChoiceField(
        label=_("About what?"), choices=[("", _("Several things")), *Sector.choices], required=False
    )
    visibility = forms.ChoiceField(label=_("Who may read it?"), choices=Visibility.choices, widget=forms.RadioSelect)
    title_en = forms.CharField(label=_("Title in English"), max_length=160, required=False)
    about_en = forms.CharField(
        label=_("What one finds in it, in English"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def said(self) -> dict[str, Any]:
        return self.told("title", "kind", "readers", "sector", "visibility")


def item_said(item: LibraryItem) -> dict[str, Any]:
    """The fields of an ItemForm that says this."""
    names = ("kind", "readers", "sector", "visibility", "version")
    return {
        **{name: getattr(item, name) for name in names},
        **out_of_two(item.title, "title"),
        **out_of_two(item.about, "about"),
    }


class EditionForm(forms.Form):
    """`tongues` are those that may be chosen; where one is rewritten, it alone."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    language = forms.ChoiceField(label=_("In which language?"))
    text = forms.CharField(
        label=_("Text"),
        max_length=MOST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 18}),
        help_text=_("An empty line between paragraphs. A heading begins with “# ”, a point with “- ”."),
    )
    link = forms.CharField(
        label=_("Address of the video"), max_length=200, required=False, widget=forms.TextInput(attrs={"type": "url"})
    )
    minutes = forms.IntegerField(
        label=_("How many minutes does it take?"),
        required=False,
        min_value=1,
        max_value=MOST_MINUTES,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, tongues: Sequence[Tongue], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "language", [(tongue.value, tongue.label) for tongue in tongues])


def edition_said(row: LibraryEdition) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ("version", "language", "text", "link", "minutes")}


class EditionFileForm(forms.Form):
    key = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("What is it?"), choices=FileKind.choices, widget=forms.RadioSelect)
    title = forms.CharField(label=_("Title"), max_length=LONGEST)
    file = UploadField(label=_("File"))

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        widget = self.fields["file"].widget
        assert isinstance(widget, UploadInput)
        widget.actor = actor


class ReadingForm(forms.Form):
    organisation = forms.ChoiceField(label=_("Which group?"))
    language = forms.ChoiceField(label=_("In which language?"))
    read_on = DayField(label=_("On which day?"))
    people = forms.IntegerField(
        label=_("How many of you?"),
        required=False,
        min_value=1,
        max_value=MOST_PEOPLE,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, groups: Mapping[str, str], tongues: Sequence[Tongue], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "organisation", groups.items())
        offer(self, "language", [(tongue.value, tongue.label) for tongue in tongues])
