"""Sessions, what is on in each, and who does it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from simpul.activities.kinds import Part
from simpul.kernel.localized import LocalizedText
from simpul.web.activities.forms.times import TimesForm
from simpul.web.choices import offer
from simpul.web.editing.fields import DayField, in_two

LONGEST = 160


class TitledForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=LONGEST)
    title_en = forms.CharField(label=_("Title in English"), max_length=LONGEST, required=False)

    def titled(self) -> LocalizedText | None:
        texts = in_two(self.cleaned_data, "title")
        return LocalizedText(texts) if texts else None


class SessionForm(TitledForm, TimesForm):
    """The zone is that of the event, and not asked."""

    track = forms.CharField(
        label=_("Room or group"), max_length=60, required=False, help_text=_("Where several are held at once.")
    )
    field_order = ("title", "day", "begins", "ends", "last_day", "track", "title_en")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["title"].required = False
        self.fields["zone"].widget = forms.HiddenInput()

    def said(self) -> dict[str, Any]:
        return {"title": self.titled(), "track": self.cleaned_data["track"], **self.times()}


class ItemForm(TitledForm):
    minutes = forms.IntegerField(
        label=_("How many minutes?"),
        required=False,
        min_value=1,
        max_value=1440,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short", "autocomplete": "off"}),
    )

    def said(self) -> dict[str, Any]:
        return {"title": self.titled(), "minutes": self.cleaned_data["minutes"]}


class VoiceForm(forms.Form):
    """`items` are the points of the programme, and the event as a whole."""

    part = forms.ChoiceField(label=_("As what?"), choices=Part.choices, widget=forms.RadioSelect)
    name = forms.CharField(label=_("Name"), max_length=160, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    position = forms.CharField(
        label=_("Office"), max_length=120, required=False, help_text=_("The office, not the person: head of Bappeda.")
    )
    item = forms.ChoiceField(label=_("On which point of the programme?"), required=False)
    is_public = forms.BooleanField(
        label=_("They agreed that their name is shown"),
        required=False,
        help_text=_("Else everybody reads only the office, and you the name."),
    )

    def __init__(self, *args: Any, items: Mapping[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "item", [("", _("The event as a whole")), *items.items()])


class CoHostForm(forms.Form):
    search = forms.CharField(
        label=_("Name of the organisation"),
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
        help_text=_("It is shown once its own people say that it is so."),
    )


class CoverageForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=200)
    url = forms.CharField(
        label=_("Address of the page"), max_length=200, required=False, widget=forms.TextInput(attrs={"type": "url"})
    )
    published_on = DayField(
        label=_("Published on"), help_text=_("The day it came out, which is seldom the day of the event.")
    )
