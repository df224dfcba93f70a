"""What a secretariat writes, and what members put on the board."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from simpul.kernel.localized import LocalizedText
from simpul.organisations.models import Organisation
from simpul.organisations.secretariat import BoardSide, ReadinessStage, ResourceKind, ServiceKind, ServiceOutcome
from simpul.web.editing.fields import DayField, in_two
from simpul.web.editing.forms.entries import KeyedForm

CHOSEN: Final = "pilihan"
ALL_LEVELS: Final = 9


class MembersField(forms.MultipleChoiceField):
    """Some of the members; cleaned: organisations."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.CheckboxSelectMultiple, required=False, **options)
        self.known: dict[str, Organisation] = {}

    def offer(self, members: Sequence[Organisation]) -> None:
        self.known = {str(row.pk): row for row in members}
        self.choices = [(key, row.name) for key, row in self.known.items()]

    def clean(self, value: Any) -> Any:
        return [self.known[key] for key in super().clean(value)]


class TextsForm(forms.Form):
    """A title and a text, in Indonesian and, where wanted, in English."""

    title = forms.CharField(label=_("Title"), max_length=160)
    body = forms.CharField(label=_("Text"), max_length=4000, widget=forms.Textarea(attrs={"rows": 8}))
    title_en = forms.CharField(label=_("Title in English"), max_length=160, required=False)
    body_en = forms.CharField(
        label=_("Text in English"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 6})
    )

    def texts(self) -> tuple[LocalizedText, LocalizedText]:
        title, body = (LocalizedText(in_two(self.cleaned_data, name) or {}) for name in ("title", "body"))
        return title, body


class AnnounceForm(KeyedForm, TextsForm):
    to = forms.ChoiceField(
        label=_("Who shall read it?"),
        choices=[
            ("1", _("Our own members")),
            (str(ALL_LEVELS), _("Our members and the members of our member networks")),
            (CHOSEN, _("Only those chosen below")),
        ],
        widget=forms.RadioSelect,
        initial="1",
    )
    chosen = MembersField(label=_("Chosen members"))
    field_order = ("title", "body", "to", "chosen", "title_en", "body_en")

    def __init__(self, *args: Any, members: Sequence[Organisation], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["chosen"]
        assert isinstance(field, MembersField)
        field.offer(members)

    def audience(self) -> dict[str, Any]:
        to = self.cleaned_data["to"]
        return {"levels": None, "chosen": self.cleaned_data["chosen"]} if to == CHOSEN else {"levels": int(to)}


class CorrectForm(TextsForm):
    seen = forms.IntegerField(widget=forms.HiddenInput)


class ServiceForm(KeyedForm):
    kind = forms.ChoiceField(label=_("Which service?"), choices=ServiceKind.choices)
    served_on = DayField(label=_("On which day"))
    members = MembersField(label=_("For whom?"), help_text=_("Choose none where it was for all members at once."))
    outcome = forms.ChoiceField(
        label=_("What came of it?"), choices=ServiceOutcome.choices, widget=forms.RadioSelect, initial="done"
    )
    summary = forms.CharField(
        label=_("In a sentence"), max_length=300, required=False, help_text=_("No names of people.")
    )

    def __init__(self, *args: Any, members: Sequence[Organisation], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["members"]
        assert isinstance(field, MembersField)
        field.offer(members)


class PeriodForm(forms.Form):
    tahun = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2100, required=False)


class StageForm(forms.Form):
    organisation = forms.ChoiceField(label=_("Which member?"))
    stage = forms.ChoiceField(label=_("Which stage?"), choices=ReadinessStage.choices, widget=forms.RadioSelect)
    reached_on = DayField(label=_("On which day"))
    evidence = forms.CharField(
        label=_("Where this can be seen"),
        max_length=300,
        help_text=_("An attendance list, a letter of readiness, minutes of the founding."),
    )
    formed = forms.ChoiceField(
        label=_("Which network was formed?"), required=False, help_text=_("Only for the last stage.")
    )

    def __init__(
        self, *args: Any, members: Sequence[Organisation], networks: Sequence[Organisation], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.known = {str(row.pk): row for row in (*members, *networks)}
        _offer(self.fields["organisation"], [(str(row.pk), row.name) for row in members])
        _offer(self.fields["formed"], [("", "–"), *((str(row.pk), row.name) for row in networks)])

    def said(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        chosen = {name: self.known.get(given[name]) for name in ("organisation", "formed")}
        return {**given, **chosen}


class BoardForm(KeyedForm):
    organisation = forms.ChoiceField(label=_("For which organisation?"))
    side = forms.ChoiceField(label=_("Is it needed or offered?"), choices=BoardSide.choices, widget=forms.RadioSelect)
    kind = forms.ChoiceField(label=_("Of what kind?"), choices=ResourceKind.choices)
    title = forms.CharField(label=_("In a few words"), max_length=120)
    text = forms.CharField(
        label=_("More about it"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    until = DayField(label=_("On the board until"), required=False, help_text=_("Half a year at most."))
    contact = forms.CharField(
        label=_("How do they reach you?"),
        max_length=200,
        help_text=_("Told only to those whose answer you accept."),
    )

    def __init__(self, *args: Any, mine: Sequence[Organisation], **options: Any) -> None:
        super().__init__(*args, **options)
        self.mine = {str(row.pk): row for row in mine}
        _offer(self.fields["organisation"], [(key, row.name) for key, row in self.mine.items()])

    def said(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        return {**given, "organisation": self.mine[given["organisation"]]}


class ReplyForm(forms.Form):
    organisation = forms.ChoiceField(label=_("For which organisation?"))
    words = forms.CharField(label=_("Your answer"), max_length=500, widget=forms.Textarea(attrs={"rows": 4}))
    contact = forms.CharField(
        label=_("How do they reach you?"),
        max_length=200,
        help_text=_("Told only when they accept your answer; you then read theirs."),
    )

    def __init__(self, *args: Any, mine: Sequence[Organisation], **options: Any) -> None:
        super().__init__(*args, **options)
        self.mine = {str(row.pk): row for row in mine}
        _offer(self.fields["organisation"], [(key, row.name) for key, row in self.mine.items()])

    def said(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        return {**given, "organisation": self.mine[given["organisation"]]}


def _offer(field: forms.Field, choices: Sequence[tuple[str, str]]) -> None:
    assert isinstance(field, forms.ChoiceField)
    field.choices = list(choices)


def year_of(form: PeriodForm, today: date) -> int:
    return (form.cleaned_data.get("tahun") if form.is_valid() else None) or today.year
