"""What is written at a door without a signal, and the notes of a meeting."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from simpul.activities.kinds import NoteKind, Question
from simpul.activities.models import Event
from simpul.activities.services.notes import LONGEST
from simpul.web.activities.forms.attendance import WalkInForm

# Question of the event -> the field that answers it.
ASKED: Final = {
    Question.ORGANISATION: "organisation_name",
    Question.STAKEHOLDER: "stakeholder",
    Question.AREA: "area",
    Question.SEX: "sex",
    Question.AGE_BAND: "age_band",
    Question.DISABILITY: "disability",
}


class StrangerForm(WalkInForm):
    """All that an event may ask: the page shows what this one does. The village is written; the server looks it up."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, event=Event(asks=[question.value for question in ASKED]), **options)
        for name in ("email", "key"):
            del self.fields[name]
        self.fields["area"] = forms.CharField(label=self.fields["area"].label, max_length=120, required=False)
        self.fields["phone"].label = _("WhatsApp or telephone")
        self.fields["name"].widget.attrs["autocomplete"] = "off"
        self.fields["phone"].widget.attrs["autocomplete"] = "off"

    def parts(self) -> list[tuple[str, forms.BoundField]]:
        """Each with the question it answers; "" for what every event asks."""
        questions = {name: question.value for question, name in ASKED.items()}
        return [(questions.get(bound.name, ""), bound) for bound in self.visible_fields()]


class NoteForm(forms.Form):
    key = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("What sort of note is it?"), choices=NoteKind.choices, widget=forms.RadioSelect)
    text = forms.CharField(label=_("What did they say?"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4}))


class ChangeForm(NoteForm):
    """`seen` is the version that was read."""

    key = None  # type: ignore[assignment]
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def having_seen(self, version: int) -> "ChangeForm":
        """As it was written, by somebody who has now read the other."""
        return ChangeForm(initial={**self.cleaned_data, "seen": version})
