"""A question, a meeting at which it is asked, and the answer that is given back."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from simpul.activities.kinds import Visibility
from simpul.activities.models import Consultation
from simpul.activities.result_kinds import Reply
from simpul.kernel.localized import LocalizedText
from simpul.web.choices import offer
from simpul.web.editing.fields import DayField, in_two, out_of_two
from simpul.web.learning.forms.hosting import Hosted
from simpul.web.territory.forms import AreaField


class QuestionForm(Hosted):
    organisation = forms.ChoiceField(label=_("Who asks?"))
    question = forms.CharField(
        label=_("What is asked?"), max_length=160, help_text=_("Such as: what should the village plan put first?")
    )
    about = forms.CharField(
        label=_("What one should know"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    area = AreaField(label=_("Where is it asked?"), required=False)
    asked = forms.CharField(
        label=_("Who has to answer?"), max_length=200, help_text=_("An office: the village government of Lentera Jati.")
    )
    opens_on = DayField(label=_("Voices are heard from"))
    closes_on = DayField(label=_("Last day on which voices are heard"))
    answer_due_on = DayField(
        label=_("The answer is due on"), help_text=_("After this day everybody sees that it is overdue.")
    )
    visibility = forms.ChoiceField(label=_("Who may read it?"), choices=Visibility.choices, widget=forms.RadioSelect)
    question_en = forms.CharField(label=_("What is asked, in English"), max_length=160, required=False)
    about_en = forms.CharField(
        label=_("What one should know, in English"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def said(self) -> dict[str, Any]:
        return self.told("question", "area", "asked", "opens_on", "closes_on", "answer_due_on", "visibility")


def question_of(row: Consultation) -> dict[str, Any]:
    """The fields of a QuestionForm that says this."""
    names = ("asked", "opens_on", "closes_on", "answer_due_on", "visibility", "version")
    return {
        **{name: getattr(row, name) for name in names},
        "area": row.area_id,
        **out_of_two(row.question, "question"),
        **out_of_two(row.about, "about"),
    }


class MeetingForm(forms.Form):
    event = forms.ChoiceField(label=_("At which event?"))

    def __init__(self, *args: Any, events: Mapping[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "event", [("", _("Choose")), *events.items()])


class AnswerForm(forms.Form):
    key = forms.UUIDField(widget=forms.HiddenInput)
    reply = forms.ChoiceField(label=_("What became of the voices?"), choices=Reply.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("The answer, in words that everybody understands"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    answered_by = forms.CharField(label=_("Which office answers?"), max_length=200)
    answered_on = DayField(label=_("On which day?"))
    words_en = forms.CharField(
        label=_("The answer in English"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )

    def said(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        words = in_two(given, "words")
        given.pop("words_en")
        key = given.pop("key")
        return {**given, "id": key, "words": LocalizedText(words) if words else None}
