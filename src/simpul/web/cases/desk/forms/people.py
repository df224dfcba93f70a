"""Who somebody is, what applies to them, what they agreed to."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from simpul.cases.consent_kinds import PURPOSES, Capacity, Language, Manner
from simpul.cases.kinds import CASE_TYPES
from simpul.cases.particulars import SAFE_CONTACT
from simpul.cases.relations import PartyRole, Relation
from simpul.cases.vulnerabilities import Disability, Schooling, Vulnerability
from simpul.kernel.actor import Actor
from simpul.kernel.ids import uuid7
from simpul.people.codes import Sex
from simpul.web.cases.desk.forms.fields import NUMBER, OPEN, Choices, SentOnce, boxes, line, radio, words
from simpul.web.choices import offer
from simpul.web.documents.fields import UploadField
from simpul.web.editing.fields import DayField


class PartyForm(forms.Form):
    """`safe_...` are the answers of the safe contact."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = line(_("Name"), 160)
    alias = line(_("Called"), 80)
    sex = radio(_("Sex"), Sex.choices, required=False)
    birth_date = DayField(label=_("Date of birth"), required=False)
    age_stated = forms.IntegerField(
        label=_("Age, where no date is known"),
        required=False,
        min_value=0,
        max_value=120,
        widget=forms.TextInput(attrs=NUMBER),
    )
    nik = line(_("NIK"), 40, _("16 digits. What looks wrong is told, and never stops you."), inputmode="numeric")
    family_card = line(_("Number of the family card"), 40, inputmode="numeric")
    bpjs = line(_("Number of the JKN card"), 40, inputmode="numeric")
    phone = line(_("Phone"), 40, type="tel")
    address = line(_("Where they live"), 300)
    relation = forms.ChoiceField(label=_("To the person assisted"), choices=[OPEN, *Relation.choices], required=False)
    disability = forms.ChoiceField(label=_("Disability"), choices=[OPEN, *Disability.choices], required=False)
    education = forms.ChoiceField(label=_("Schooling"), choices=[OPEN, *Schooling.choices], required=False)
    safe_to_call = radio(
        _("Is it safe to call?"), [("", _("Not known yet")), ("yes", _("Yes")), ("no", _("No"))], required=False
    )
    safe_hours = line(_("At which hours?"), 200)
    safe_may_leave_message = forms.BooleanField(label=_("A message may be left"), required=False)
    safe_via = line(_("Through whom?"), 200)

    def particulars(self) -> dict[str, object]:
        answers = {n: v for n, v in self.cleaned_data.items() if n != "seen" and not n.startswith("safe_")}
        told = self.cleaned_data
        contact: dict[str, object] = {
            "hours": told["safe_hours"],
            "via": told["safe_via"],
            "may_leave_message": told["safe_may_leave_message"] or None,
            "safe_to_call": {"yes": True, "no": False}.get(told["safe_to_call"]),
        }
        assert set(contact) == set(SAFE_CONTACT)
        return {**answers, "safe_contact": contact if any(v not in (None, "") for v in contact.values()) else None}


class NewPartyForm(PartyForm):
    """Who else is in it. Another victim brings types of their own."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    role = radio(_("Which part do they play?"), PartyRole.choices)
    types = boxes(_("What is it about for them? For a person assisted only."), list(CASE_TYPES.items()))
    field_order = ("key", "role")

    def __init__(self, roles: Collection[str], *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"key": uuid7(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        offer(self, "role", [(code, label) for code, label in PartyRole.choices if code in roles])

    def particulars(self) -> dict[str, object]:
        return {n: v for n, v in super().particulars().items() if n not in ("key", "role", "types")}


class TypesForm(forms.Form):
    types = boxes(_("What is it about for them?"), list(CASE_TYPES.items()), required=True)


class TagsForm(forms.Form):
    tags = boxes(_("What applies to them, as they say"), Vulnerability.choices)

    def __init__(self, tags: Collection[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "tags", [(code, label) for code, label in Vulnerability.choices if code in tags])


class ConsentForm(SentOnce):
    """`withheld_from`: one a line."""

    capacity = radio(_("Who agrees?"), Capacity.choices)
    given_by = line(_("Name of who agrees for them"), 160, _("Empty where they speak for themself."))
    purposes = boxes(_("What do they agree to? Ask for each by itself."), list(PURPOSES.items()), required=True)
    withheld_from = words(_("Who is it kept from?"), 2, _("One a line."), most=500)
    language = forms.ChoiceField(label=_("In which language?"), choices=Language.choices)
    manner = radio(_("How was it said?"), Manner.choices)
    witness = line(_("Who was there?"), 160, _("Needed where it was spoken."))
    sheet_number = line(_("Number of the paper sheet"), 30, _("A thumbprint stays on the paper."))
    expires_on = DayField(label=_("Until when does it hold?"))
    signature = UploadField(
        label=_("Their signature"),
        required=False,
        help_text=_("Only where it is signed on the screen. Without a pad to sign on: a picture of the signature."),
    )
    recording = UploadField(
        label=_("What they said"),
        required=False,
        help_text=_("Only where the voice is recorded. Say first for what, then let them say yes, and their name."),
    )

    def __init__(self, offices: Choices, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "purposes", [*PURPOSES.items(), *offices])
        for name, accept in (("signature", "image/png,image/jpeg,image/webp"), ("recording", "audio/*")):
            widget: Any = self.fields[name].widget
            widget.actor, widget.accept, widget.says_kinds = actor, accept, False

    def given(self) -> dict[str, Any]:
        answers = super().given()
        files = {"signature": answers.pop("signature"), "audio": answers.pop("recording")}
        return {
            **answers,
            "withheld_from": answers["withheld_from"].splitlines(),
            "proof": files.get(answers["manner"]),
        }


class WithdrawForm(forms.Form):
    """Whose word it is: the person's own, a child's too, or that of who answers for them."""

    capacity = radio(_("Who takes it back?"), Capacity.choices, _("A child's own word is enough."))
    withdrawn_by = line(_("Their name, where it is not the person themself"), 160)


class AssentForm(SentOnce):
    agrees = radio(_("What does the child say?"), [("yes", _("Yes")), ("no", _("No"))])
    language = forms.ChoiceField(label=_("In which language?"), choices=Language.choices)

    def given(self) -> dict[str, Any]:
        answers = super().given()
        return {**answers, "agrees": answers["agrees"] == "yes"}
