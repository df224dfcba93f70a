"""What somebody tells in order to come: no more than the event asks, on a phone, without an account.

How the public form is kept from machines is in `simpul.web.numbered`.
"""

from typing import Any, ClassVar, Final

from django import forms
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from simpul.activities.answers import LONGEST, questions_of
from simpul.activities.details import Details
from simpul.activities.kinds import AgeBand, AnswerKind, Disability, Publishing, Question, Stakeholder
from simpul.activities.models import Event, EventQuestion
from simpul.people.codes import Sex
from simpul.territory.models import AreaKind
from simpul.web.activities.rows import said
from simpul.web.numbered import NumberedForm, receipt_field
from simpul.web.territory.forms import AreaField

SALT: Final = "simpul.activities.registration"
RATHER_NOT: Final = _("I would rather not say")
NAME: Final = {"autocomplete": "name"}
NUMBER: Final = {"inputmode": "decimal", "class": "short", "autocomplete": "off"}


def _said(choices: Any) -> list[Any]:
    return [("", RATHER_NOT), *((value, label) for value, label in choices if value)]


def field_for(question: EventQuestion) -> forms.Field:
    """How an organiser's own question is asked. What is wrong with an answer says `answers_to`."""
    label, needed = said(question.label, get_language() or "id"), question.is_required
    options = [(words, words) for words in question.choices]
    if question.kind == AnswerKind.SEVERAL:
        several = forms.CheckboxSelectMultiple
        return forms.MultipleChoiceField(label=label, required=needed, choices=options, widget=several)
    if question.kind == AnswerKind.ONE:
        silent = [] if needed else [("", RATHER_NOT)]
        return forms.ChoiceField(label=label, required=needed, choices=[*silent, *options], widget=forms.RadioSelect)
    if question.kind == AnswerKind.NUMBER:
        return forms.CharField(label=label, required=needed, max_length=20, widget=forms.TextInput(attrs=NUMBER))
    return forms.CharField(label=label, required=needed, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 2}))


class ParticipantForm(forms.Form):
    """Of `event` it asks what that asks, and nothing else."""

    name = forms.CharField(label=_("Your name"), max_length=160, widget=forms.TextInput(attrs=NAME))
    phone = forms.CharField(
        label=_("WhatsApp or telephone"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    email = forms.CharField(
        label=_("E-mail"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"type": "email", "autocomplete": "email"}),
        help_text=_("A number or an e-mail address: one of the two is enough."),
    )
    organisation_name = forms.CharField(label=_("Organisation or group"), max_length=160, required=False)
    stakeholder = forms.ChoiceField(label=_("You come as"), choices=_said(Stakeholder.choices), required=False)
    area = AreaField(
        label=pgettext_lazy("participant", "Village"),
        kinds=(AreaKind.VILLAGE, AreaKind.URBAN_VILLAGE),
        required=False,
    )
    sex = forms.ChoiceField(label=_("Sex"), choices=_said(Sex.choices), required=False, widget=forms.RadioSelect)
    age_band = forms.ChoiceField(label=_("Age"), choices=_said(AgeBand.choices), required=False)
    disability = forms.ChoiceField(
        label=_("Do you have a disability?"), choices=_said(Disability.choices), required=False
    )
    needs = forms.CharField(
        label=_("What do you need in order to take part?"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("A ramp, sign language, somebody to look after a child. Only the organisers read it."),
    )
    publishing = forms.ChoiceField(
        label=_("What of you may be published?"),
        choices=Publishing.choices,
        initial=Publishing.NOTHING,
        widget=forms.RadioSelect,
        help_text=_("You can come whatever you choose."),
    )
    may_contact = forms.BooleanField(
        label=_("I may be told if something changes, and reminded"), required=False, help_text=_("Only on this event.")
    )
    _ASKED: Final = {
        Question.ORGANISATION: "organisation_name",
        Question.STAKEHOLDER: "stakeholder",
        Question.AREA: "area",
        Question.SEX: "sex",
        Question.AGE_BAND: "age_band",
        Question.DISABILITY: "disability",
        Question.NEEDS: "needs",
    }

    def __init__(self, *args: Any, event: Event, **options: Any) -> None:
        super().__init__(*args, **options)
        for question, name in self._ASKED.items():
            if question not in event.asks:
                del self.fields[name]
        self.own = self._own(event)
        self.fields.update({str(question.pk): field_for(question) for question in self.own})
        before = [name for name in self.fields if name not in {"publishing", "may_contact"}]
        self.order_fields(before)

    def _own(self, event: Event) -> list[EventQuestion]:
        """The organiser's own questions."""
        return questions_of(event)

    def details(self) -> Details:
        """After is_valid()."""
        given = self.cleaned_data
        names = ("name", "phone", "email", "may_contact", *self._ASKED.values())
        told = {name: given[name] for name in names if name in given}
        told["publishing"] = given.get("publishing") or Publishing.NOTHING
        answers = {str(question.pk): given.get(str(question.pk)) for question in self.own} if self.own else None
        return Details(**told, answers=answers, language=get_language() or "id")


class RegisterForm(NumberedForm, ParticipantForm):
    """The public one. `receipt` after is_valid()."""

    salt: ClassVar[str] = SALT
    code = forms.CharField(
        label=_("Code of your group"),
        max_length=40,
        required=False,
        help_text=_("Only where your group has seats kept for it."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    as_self = forms.BooleanField(
        label=_("This is for me"), required=False, help_text=_("It stands under “My events” of your account.")
    )

    def __init__(self, *args: Any, has_account: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if has_account:
            self.fields["as_self"] = self.fields.pop("as_self")  # the last of them
        else:
            del self.fields["as_self"]


class ReceiptForm(forms.Form):
    receipt = receipt_field(_("Number of your registration"))
