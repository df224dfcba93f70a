"""The four steps. Nothing is required: "I don't know yet" and "I'd rather not say" are answers everywhere."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from simpul.cases.channels import Channel
from simpul.cases.complaint_kinds import LONGEST, SHORT, About, ContactWish, Face, Matter, ReportedBy, Solved
from simpul.cases.relations import Relation
from simpul.web.territory.forms import AreaField

UNSAID: Final = "", _("I don't know yet, or I'd rather not say")
YES_NO: Final = [("yes", _("Yes")), ("no", _("No")), UNSAID]
# How a report reached whoever fills this in for somebody else.
_HEARD: Final = (Channel.IN_PERSON, Channel.PHONE, Channel.WHATSAPP, Channel.LETTER)
_QUIET: Final = {"autocomplete": "off", "spellcheck": "false"}


def _text(label: Any, hint: Any = "", **attributes: str) -> forms.CharField:
    widget = forms.TextInput(attrs={**_QUIET, **attributes})
    return forms.CharField(label=label, help_text=hint, max_length=SHORT, required=False, widget=widget)


def _one(label: Any, choices: Any, hint: Any = "") -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, help_text=hint, required=False, widget=forms.RadioSelect)


class StepForm(forms.Form):
    """`conditional` names every field: none is called optional, because none is demanded."""

    title: Any = ""
    hint: Any = ""

    @property
    def conditional(self) -> list[str]:
        return list(self.fields)

    def answers(self) -> dict[str, Any]:
        """As the draft keeps them, every field of this step. After is_valid()."""
        return {name: value for name, value in self.cleaned_data.items() if name in self.fields}


class WhoForm(StepForm):
    title = _("Who is this about?")
    hint = _("You need not give a name. You get sixteen digits, with which you read our answer whenever you like.")

    reported_by = _one(_("Who are you reporting for?"), ReportedBy.choices)
    relation = forms.ChoiceField(
        label=_("If for somebody else: what are you to them?"),
        choices=[UNSAID, *((c, t) for c, t in Relation.choices if c not in {Relation.SELF, Relation.WITHHELD})],
        required=False,
    )
    channel = forms.ChoiceField(
        label=_("If for somebody else: how did you hear it from them?"),
        choices=[UNSAID, *((c.value, c.label) for c in _HEARD)],
        required=False,
    )

    def answers(self) -> dict[str, Any]:
        said = super().answers()
        if said["reported_by"] == ReportedBy.SELF:
            return {**said, "relation": Relation.SELF.value, "channel": ""}
        return said


class ContactForm(StepForm):
    title = _("How may we reach you?")
    hint = _("A telephone may be shared. We call only as you say here, and never say what it is about.")

    wish = _one(
        _("May we contact you?"),
        [
            (ContactWish.NONE.value, _("No: I look for the answer myself, with the sixteen digits")),
            (ContactWish.PHONE.value, _("Yes, by phone or WhatsApp")),
            (ContactWish.VIA.value, _("Yes, through somebody I trust")),
            (ContactWish.UNSURE.value, _("I don't know yet")),
        ],
    )
    phone = _text(_("Telephone number"), type="tel", inputmode="tel")
    safe_to_call = _one(_("Is it safe to call this number?"), YES_NO)
    hours = _text(_("At which hours is it safe?"), _("Such as “in the morning, before nine”."))
    may_leave_message = _one(_("May we leave a message there?"), YES_NO)
    via = _text(_("Through whom?"), _("What we should call them, and their number."))
    name = _text(_("What may we call you?"), _("Any name, or none."))


class WhereForm(StepForm):
    title = _("Where, and what is it about?")

    area = AreaField(
        label=_("In which village?"),
        required=False,
        help_text=_("Leave it empty if you don't know, or would rather not say."),
    )
    matter = _one(_("What is it about?"), Matter.choices)
    about = _one(_("Who is the complaint about?"), About.choices)
    named = _text(_("Their name, or what they are called"), _("Only the coordinator reads it. You may leave it empty."))
    hidden_from = _text(
        _("Who must not learn of this?"),
        _("Such as somebody of the village group or the village office. We keep it from them."),
    )

    def answers(self) -> dict[str, Any]:
        said = super().answers()
        area = said.pop("area")
        return {**said, "area": area.code if area else ""}


class StoryForm(StepForm):
    title = _("What happened?")
    hint = _("As much or as little as you like. You can add more afterwards.")

    narrative = forms.CharField(
        label=_("Write it here"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 7, "autocomplete": "off"}),
    )


STEPS: Final[tuple[type[StepForm], ...]] = (WhoForm, ContactForm, WhereForm, StoryForm)
STORY: Final = 4  # the step that takes files


class ReceiptForm(forms.Form):
    receipt = forms.CharField(
        label=_("Your sixteen digits, or your four words"),
        max_length=80,
        widget=forms.TextInput(attrs={**_QUIET, "autocapitalize": "none"}),
    )


class WriteForm(forms.Form):
    id = forms.UUIDField(widget=forms.HiddenInput)
    words = forms.CharField(
        label=_("Write to the companion"),
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
    )


class OutcomeForm(forms.Form):
    solved = forms.ChoiceField(label=_("Is it solved?"), choices=Solved.choices, widget=forms.RadioSelect)


class FaceForm(forms.Form):
    face = forms.TypedChoiceField(
        label=_("How was it with us?"),
        help_text=_("Nobody sees that it was you: faces are counted. You can change yours with the same receipt."),
        choices=[
            (Face.GLAD.value, Face.GLAD.label),
            (Face.PLAIN.value, Face.PLAIN.label),
            (Face.SAD.value, Face.SAD.label),
        ],
        coerce=int,
        widget=forms.RadioSelect,
    )
