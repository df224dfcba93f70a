"""A file of an event."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from simpul.activities.kinds import Visibility
from simpul.activities.rules.papers import EventPaper
from simpul.documents.services.keeping import LONGEST
from simpul.kernel.actor import Actor
from simpul.web.documents.fields import UploadField, UploadInput


class EventPaperForm(forms.Form):
    """`key` is the client's own id of what is entered: sent twice, it is entered once."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("What is it?"), choices=EventPaper.choices)
    title = forms.CharField(
        label=_("Title"), max_length=LONGEST, help_text=_("Such as “Slides of the first session”. No names of people.")
    )
    audience = forms.ChoiceField(label=_("Who may open it?"), choices=Visibility.choices, widget=forms.RadioSelect)
    file = UploadField(label=_("File"))

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        widget = self.fields["file"].widget
        assert isinstance(widget, UploadInput)
        widget.actor = actor
