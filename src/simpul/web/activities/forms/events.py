"""What an organiser says of an event: a few questions to begin with, then one part after the other."""

from collections.abc import Mapping
from typing import Any, ClassVar, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from simpul.activities.kinds import EventKind, Mode, PhotoConsent, Question, Visibility
from simpul.activities.models import Event
from simpul.web.activities.forms.times import MomentField, TimesForm
from simpul.web.choices import offer
from simpul.web.components import Text
from simpul.web.editing.forms.entries import KeyedForm
from simpul.web.editing.versions import VersionedForm
from simpul.web.territory.forms import AreaField

LONGEST: Final = 160


class BeginForm(KeyedForm, TimesForm):
    """Enough for a draft. `hosts` are the organisations the actor may hold events for, `series` those they keep."""

    organisation = forms.ChoiceField(label=_("Who holds it?"))
    title = forms.CharField(label=_("What is it called?"), max_length=LONGEST)
    kind = forms.ChoiceField(label=_("Kind of event"), choices=EventKind.choices)
    series = forms.ChoiceField(
        label=_("Is it one of a series?"), required=False, help_text=_("It gets the next number by itself.")
    )
    mode = forms.ChoiceField(label=_("How do people take part?"), choices=Mode.choices, widget=forms.RadioSelect)
    field_order = (
        "key",
        "organisation",
        "title",
        "kind",
        "series",
        "day",
        "begins",
        "ends",
        "last_day",
        "zone",
        "mode",
    )

    def __init__(self, *args: Any, hosts: Mapping[str, str], series: Mapping[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "organisation", hosts.items())
        if len(hosts) == 1:
            self.fields["organisation"].widget = forms.HiddenInput()
            self.fields["organisation"].initial = next(iter(hosts))
        offer(self, "series", [("", _("No")), *series.items()])
        if not series:
            del self.fields["series"]


class AboutForm(VersionedForm):
    title = forms.CharField(label=_("What is it called?"), max_length=LONGEST)
    summary = forms.CharField(
        label=_("What is it about, and for whom?"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Shown on the page of the event. No names of people you accompany."),
    )
    kind = forms.ChoiceField(label=_("Kind of event"), choices=EventKind.choices)
    title_en = forms.CharField(label=_("Title in English"), required=False, max_length=LONGEST)
    summary_en = forms.CharField(
        label=_("What it is about, in English"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    names: ClassVar[tuple[str, ...]] = ("kind",)
    two: ClassVar[tuple[str, ...]] = ("title", "summary")


class PlaceForm(VersionedForm):
    mode = forms.ChoiceField(label=_("How do people take part?"), choices=Mode.choices, widget=forms.RadioSelect)
    venue = forms.CharField(
        label=_("Building or hall"), required=False, max_length=200, help_text=_("For example the village hall.")
    )
    area = AreaField(label=_("In which village or town?"), required=False)
    joining_link = forms.CharField(
        label=_("Link to the online meeting"),
        required=False,
        max_length=500,
        widget=forms.TextInput(attrs={"type": "url", "autocomplete": "off"}),
        help_text=_("Only those who have a seat read it, on the page of their registration."),
    )
    names: ClassVar[tuple[str, ...]] = ("mode", "venue", "area", "joining_link")

    @classmethod
    def values_of(cls, row: Event) -> dict[str, Any]:
        link = row.joining_link.open() if row.joining_link else ""
        return {"mode": row.mode, "venue": row.venue, "area": row.area, "joining_link": link}

    @classmethod
    def initial_of(cls, row: Event) -> dict[str, Any]:
        return {"version": row.version, **cls.values_of(row)}


class AudienceForm(VersionedForm):
    visibility = forms.ChoiceField(
        label=_("Who may see that it is held?"), choices=Visibility.choices, widget=forms.RadioSelect
    )
    is_sensitive = forms.BooleanField(
        label=_("Nobody is to be named"),
        required=False,
        help_text=_("For meetings of people in danger: heads are counted, there is no registration and no list."),
    )
    photo_consent = forms.ChoiceField(
        label=_("Did those in the pictures agree?"),
        choices=PhotoConsent.choices,
        required=False,
        help_text=_("Until they did, pictures are shown to the organisers alone."),
    )
    names: ClassVar[tuple[str, ...]] = ("visibility", "is_sensitive", "photo_consent")


class SeatsForm(VersionedForm):
    """`capacity` is not among `names`: seats are given out under a lock of their own."""

    takes_registrations = forms.BooleanField(
        label=_("People register beforehand"),
        required=False,
        help_text=_("With a form on their phone, without an account. Else they are noted at the door."),
    )
    capacity = forms.IntegerField(
        label=_("How many seats?"),
        required=False,
        min_value=1,
        max_value=100_000,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short", "autocomplete": "off"}),
        help_text=_("Empty where there is room for everybody. When all are taken, the others wait in line."),
    )
    registration_opens_at = MomentField(
        label=_("Registration opens"), required=False, help_text=_("Empty: as soon as it is announced.")
    )
    registration_closes_at = MomentField(
        label=_("Registration closes"), required=False, help_text=_("Empty: when it ends.")
    )
    offer_hours = forms.IntegerField(
        label=_("How many hours is a freed seat kept for the next in line?"),
        min_value=1,
        max_value=168,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short", "autocomplete": "off"}),
    )
    asks = forms.MultipleChoiceField(
        label=_("What do you ask beside the name and a number or address?"),
        choices=Question.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("As little as you need. Nobody has to answer."),
    )
    names: ClassVar[tuple[str, ...]] = (
        "takes_registrations",
        "registration_opens_at",
        "registration_closes_at",
        "offer_hours",
        "asks",
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.zoned(options.get("initial") or {})

    def zoned(self, initial: Mapping[str, Any]) -> None:
        for name in ("registration_opens_at", "registration_closes_at"):
            field = self.fields[name]
            assert isinstance(field, MomentField)
            field.zone = initial.get("zone", field.zone)

    @classmethod
    def initial_of(cls, row: Event) -> dict[str, Any]:
        return {**super().initial_of(row), "capacity": row.capacity, "zone": row.clock}


class AfterForm(VersionedForm):
    recording_url = forms.CharField(
        label=_("Link to the recording"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"type": "url", "autocomplete": "off"}),
    )
    names: ClassVar[tuple[str, ...]] = ("recording_url",)


PARTS: Final[Mapping[str, tuple[Text, type[VersionedForm]]]] = {
    "isi": (_("What it is about"), AboutForm),
    "tempat": (_("Where"), PlaceForm),
    "terbuka": (_("Who may see it"), AudienceForm),
    "pendaftaran": (_("Registration and seats"), SeatsForm),
    "rekaman": (_("Recording"), AfterForm),
}


class ReasonForm(forms.Form):
    """For a step that has to be explained; those who registered read it."""

    reason = forms.CharField(
        label=_("Why?"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}), help_text=_("Everybody reads it.")
    )


class MoveForm(ReasonForm, TimesForm):
    field_order = ("day", "begins", "ends", "last_day", "zone", "reason")


class AgainForm(KeyedForm, TimesForm):
    """When the same is held again: its length is that of the first."""

    ends = None  # type: ignore[assignment]
    last_day = None  # type: ignore[assignment]
    zone = None  # type: ignore[assignment]
