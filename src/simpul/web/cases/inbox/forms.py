"""What the desk writes."""

from typing import Any, Final
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from simpul.cases.complaint_kinds import Verdict
from simpul.cases.kinds import CASE_TYPES
from simpul.web.choices import offer
from simpul.web.territory.forms import AreaField

LONGEST: Final = 4_000
# What the desk decides on this page: a case is opened on its own, and taking back is the reporter's.
OFFERED: Final = (Verdict.UPHELD, Verdict.PARTLY, Verdict.REJECTED, Verdict.REDIRECTED, Verdict.DUPLICATE)


class AnswerForm(forms.Form):
    id = forms.UUIDField(widget=forms.HiddenInput)
    words = forms.CharField(
        label=_("Write to the person"),
        help_text=_("They read it with their receipt. Plain words, no names."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class DecideForm(forms.Form):
    id = forms.UUIDField(widget=forms.HiddenInput)
    verdict = forms.ChoiceField(
        label=_("What is decided?"), choices=[(v.value, v.label) for v in OFFERED], widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("What the person reads"),
        help_text=_("Why, and what happens now. Plain and warm."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    reason = forms.CharField(
        label=_("Why, for ourselves"),
        help_text=_("It stays here."),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    same_as = forms.ChoiceField(label=_("If made twice: which came first?"), required=False)

    def __init__(self, *args: Any, others: list[tuple[str, Any]], **options: Any) -> None:
        options.setdefault("auto_id", "decide_%s")  # the page has another form with a field of words
        super().__init__(*args, **options)
        offer(self, "same_as", [("", "—"), *others])

    def first(self) -> UUID | None:
        return UUID(self.cleaned_data["same_as"]) if self.cleaned_data["same_as"] else None


class BecomeForm(forms.Form):
    """What has to be known to keep a case; everything else is carried over."""

    area = AreaField(label=_("In which village?"), kinds=("village", "urban_village"))
    types = forms.MultipleChoiceField(
        label=_("What is it about? More than one is fine."),
        choices=[(code, label) for code, label in CASE_TYPES.items() if code.count(".") < 2],
        widget=forms.CheckboxSelectMultiple,
    )
    words = forms.CharField(
        label=_("What the person reads"),
        help_text=_("That a companion goes on with them, and when. Plain and warm."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class AssignForm(forms.Form):
    person = forms.ChoiceField(label=_("Who goes on with it?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, people: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "person", people)


class GroupForm(forms.Form):
    group = forms.ChoiceField(label=_("Which group goes on with it?"))

    def __init__(self, *args: Any, groups: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "group", [("", "—"), *groups])


class HideForm(AssignForm):
    """Among all who could read it."""

    person = forms.ChoiceField(label=_("Who must not know of it?"), widget=forms.RadioSelect)
