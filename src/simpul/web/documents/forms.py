"""Adding a paper, giving it a new version, changing its words, removing it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from simpul.documents.models import Document, RemovalReason
from simpul.documents.services.keeping import LONGEST
from simpul.kernel.actor import Actor
from simpul.organisations.papers import PaperKind
from simpul.organisations.visibility import Audience
from simpul.web.documents.fields import UploadField, UploadInput


class WordsForm(forms.Form):
    kind = forms.ChoiceField(label=_("What is it?"), choices=PaperKind.choices)
    title = forms.CharField(
        label=_("Title"), max_length=LONGEST, help_text=_("Such as “Annual report 2024”. No names of people.")
    )
    audience = forms.ChoiceField(label=_("Who may open it?"), choices=Audience.choices, widget=forms.RadioSelect)


class _WithFile(forms.Form):
    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        widget = self.fields["file"].widget
        assert isinstance(widget, UploadInput)
        widget.actor = actor


class PaperForm(_WithFile, WordsForm):
    """`key` is the client's own id of what is entered: sent twice, it is entered once."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    file = UploadField(label=_("File"))

    field_order = ["key", "kind", "title", "audience", "file"]


class VersionForm(_WithFile):
    key = forms.UUIDField(widget=forms.HiddenInput)
    file = UploadField(label=_("The new file"))


class DescribeForm(WordsForm):
    version = forms.IntegerField(widget=forms.HiddenInput)

    @classmethod
    def values_of(cls, document: Document) -> dict[str, Any]:
        return {
            "version": document.version,
            "kind": document.kind,
            "title": document.title.open() if document.title else "",
            "audience": document.audience,
        }


class RemoveForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("Why?"),
        choices=[(code, label) for code, label in RemovalReason.choices if code != RemovalReason.ERASED],
        widget=forms.RadioSelect,
    )
