"""What a token is for, what it may do, how long."""

from collections.abc import Iterable
from typing import Final

from django import forms
from django.utils.translation import gettext_lazy as _

from simpul.access.token_scopes import TOKEN_SCOPES
from simpul.kernel.actor import Actor
from simpul.kernel.ids import uuid7
from simpul.web.choices import offer

DAYS: Final = ((30, _("30 days")), (90, _("90 days")), (180, _("Half a year")), (365, _("A year")))


class TokenForm(forms.Form):
    """`id` is the token's key, so that the form sent twice is one token."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    name = forms.CharField(
        label=_("What is it for?"),
        max_length=60,
        help_text=_("So that you know it later. For example: monthly report in Excel."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    scopes = forms.MultipleChoiceField(
        label=_("What may it do besides reading what is public?"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Only as far as you may do it yourself. As little as the program needs."),
    )
    days = forms.TypedChoiceField(label=_("How long?"), choices=DAYS, coerce=int, widget=forms.RadioSelect)

    def offer(self, scopes: Iterable[str]) -> None:
        offer(self, "scopes", [(code, TOKEN_SCOPES[code].label) for code in scopes])


def fresh_token() -> dict[str, object]:
    return {"id": uuid7(), "days": 90}


def offered_to(actor: Actor, *, personal: bool = True) -> list[str]:
    """The scopes through which something of the actor's own would pass; `personal` ones for no organisation's."""
    return [
        code
        for code, scope in TOKEN_SCOPES.items()
        if (personal or not scope.personal) and (scope.own or any(actor.may(p) for p in scope.permissions))
    ]
