"""What somebody tells in order to come: no more than the event asks, on a phone, without an account.

How the public form is kept from machines is in `simpul.web.numbered`.
"""

from typing import Any, ClassVar, Final

from django import forms
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from simpul.activities.details import Details
from simpul.activities.kinds import AgeBand, Disability, Publishing, Question, Stakeholder
from simpul.activities.models import Event
from simpul.people.codes import Sex
from simpul.territory.models import AreaKind
from simpul.web.numbered import NumberedForm, receipt_field
from simpul.web.territory.forms import AreaField

SALT: Final = "simpul.activities.registration"
RATHER_NOT: Final = _("I would rather not say")
NAME: Final = {"autocomplete": "name"}


def _said(choices: Any) -> list[Any]:
    return [("", RATHER_NOT), *((value, label) for value, label in choices if value)]


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

    def details(self) -> Details:
        """After is_valid()."""
        given = self.cleaned_data
        names = ("name", "phone", "email", "may_contact", *self._ASKED.values())
        told = {name: given[name] for name in names if name in given}
        told["publishing"] = given.get("publishing") or Publishing.NOTHING
        return Details(**told, language=get_language() or "id")


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


class ReceiptForm(forms.Form):
    receipt = receipt_field(_("Number of your registration"))
