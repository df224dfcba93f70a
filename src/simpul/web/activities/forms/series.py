"""A series: what comes again, how often, and when not."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from simpul.activities.kinds import EventKind, Rhythm, Visibility
from simpul.kernel.localized import LocalizedText
from simpul.web.choices import offer
from simpul.web.editing.fields import DayField, in_two
from simpul.web.editing.forms.entries import KeyedForm
from simpul.web.editing.versions import VersionedForm


class SeriesWords(forms.Form):
    title = forms.CharField(label=_("What is the series called?"), max_length=160)
    about = forms.CharField(
        label=_("What is it about, and for whom?"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    kind = forms.ChoiceField(label=_("Kind of event"), choices=EventKind.choices)
    rhythm = forms.ChoiceField(
        label=_("How often is it due?"),
        choices=Rhythm.choices,
        required=False,
        widget=forms.RadioSelect,
        help_text=_("Its page then says in how many of the weeks it was held."),
    )
    starts_on = DayField(label=_("The first is due on"))
    ends_on = DayField(label=_("The last may be due on"), required=False)
    visibility = forms.ChoiceField(label=_("Who may see it?"), choices=Visibility.choices, widget=forms.RadioSelect)
    title_en = forms.CharField(label=_("Title in English"), required=False, max_length=160)
    about_en = forms.CharField(
        label=_("What it is about, in English"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class SeriesForm(KeyedForm, SeriesWords):
    organisation = forms.ChoiceField(label=_("Who holds it?"))
    field_order = ("key", "organisation", "title")

    def __init__(self, *args: Any, hosts: Mapping[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "organisation", hosts.items())
        if len(hosts) == 1:
            self.fields["organisation"].widget = forms.HiddenInput()
            self.fields["organisation"].initial = next(iter(hosts))

    def said(self) -> dict[str, Any]:
        given = self.cleaned_data
        names = ("kind", "rhythm", "starts_on", "ends_on", "visibility")
        about = in_two(given, "about")
        texts = {"title": LocalizedText(in_two(given, "title")), "about": LocalizedText(about) if about else None}
        return {"id": given["key"], **{name: given[name] for name in names}, **texts}


class SeriesChangeForm(VersionedForm, SeriesWords):
    names: ClassVar[tuple[str, ...]] = ("kind", "rhythm", "starts_on", "ends_on", "visibility")
    two: ClassVar[tuple[str, ...]] = ("title", "about")


class BreakForm(forms.Form):
    valid_from = DayField(label=_("From"))
    valid_until = DayField(label=_("Until"), help_text=_("The first day on which one may be due again."))
    reason = forms.CharField(
        label=_("Why?"), max_length=120, help_text=_("For example Ramadan, or the end of the year.")
    )
