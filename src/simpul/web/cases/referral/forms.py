"""What a group writes to an office, and an office to a group."""

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from simpul.cases.consent_kinds import Basis
from simpul.cases.referral_fields import SharedField
from simpul.cases.referral_life import OFFICE_ACTS, REFERRAL_LIFE, ReferralAct, ReferralStage
from simpul.cases.referral_secrets import PIN_LENGTH
from simpul.web.choices import offer
from simpul.web.editing.forms.entries import KeyedForm

Choices = Sequence[tuple[str, str]]
# What nearly every office asks for; whoever sends looks at each.
USUAL: Final = (SharedField.NAME, SharedField.AGE, SharedField.PHONE)


class DraftForm(KeyedForm):
    party = forms.ChoiceField(label=_("Who is to be helped?"))
    service_point = forms.ChoiceField(
        label=_("Which office?"), help_text=_("Those that serve this village, the nearest first.")
    )
    need = forms.ChoiceField(
        label=_("For which need?"),
        required=False,
        help_text=_("Once the help has arrived, this need is met."),
    )
    request = forms.CharField(
        label=_("What do you ask of it?"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The office reads these words. Write nothing it doesn't need."),
    )
    shared = forms.MultipleChoiceField(
        label=_("What may it see?"),
        choices=SharedField.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only what the person agreed to. An alleged perpetrator is never shown."),
    )
    urgent = forms.BooleanField(label=_("It is urgent"), required=False)
    carried = forms.BooleanField(
        label=_("The person chose to carry a printed letter"),
        required=False,
        help_text=_("In a matter of violence or child marriage a letter found at home can be dangerous."),
    )

    def __init__(self, *args: Any, parties: Choices, needs: Choices, offices: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, choices in (("party", parties), ("need", needs), ("service_point", offices)):
            offer(self, name, choices)


class SendForm(forms.Form):
    basis = forms.ChoiceField(label=_("By what right is it sent?"), choices=Basis.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Why?"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed where it isn't sent with the person's consent."),
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Why is it withdrawn?"), max_length=4000, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("auto_id", "withdraw_%s")  # the page has another form with a reason
        super().__init__(*args, **options)


class PinForm(forms.Form):
    pin = forms.CharField(
        label=_("PIN"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": PIN_LENGTH}),
        help_text=_("Six digits. The group that sent the letter tells you by telephone."),
    )


class AnswerForm(KeyedForm):
    """Only the answers that the letter's stage allows are offered."""

    act = forms.ChoiceField(label=_("What do you want to say?"), widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("In your words"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Needed for everything but that it arrived or is accepted. The group reads it."),
    )

    def __init__(self, *args: Any, stage: str, **options: Any) -> None:
        super().__init__(*args, **options)
        possible = {row.act for row in REFERRAL_LIFE.acts_from(ReferralStage(stage))}
        offer(self, "act", [(act.value, ReferralAct(act).label) for act in OFFICE_ACTS if act in possible])

    @property
    def offers(self) -> bool:
        field = self.fields["act"]
        assert isinstance(field, forms.ChoiceField)
        return bool(field.choices)
