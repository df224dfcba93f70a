"""Forms that anybody may send without an account, kept from machines without asking who somebody is.

A number that this server drew and dated, a field that nobody sees, a few seconds that a person needs to read. No
address on the network is kept or counted. The number is a receipt at the same time: with it whoever sent the form finds
it again, and the same form sent twice is known as one.
"""

from typing import Any, ClassVar, Final

from django import forms
from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from simpul.organisations.receipts import new_receipt

READING_TIME: Final = 3  # seconds: faster than this nobody reads a form, let alone fills it in


def drawn_receipt(salt: str) -> str:
    """A new receipt, with the instant, signed: a form's own number."""
    return TimestampSigner(salt=salt).sign(new_receipt())


class NumberedForm(forms.Form):
    """`salt` tells the numbers of one form from those of another; `reached_by` are its fields for a telephone and an
    address, of which one is enough. `receipt` is among what was cleaned.
    """

    salt: ClassVar[str]
    reached_by: ClassVar[tuple[str, str]] = ("phone", "email")
    number = forms.CharField(widget=forms.HiddenInput)
    # For machines: it lies outside the page and is skipped by screen readers and by the tab key.
    website = forms.CharField(required=False, widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}))

    @classmethod
    def drawn(cls) -> str:
        """The number of a new form."""
        return drawn_receipt(cls.salt)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("website"):
            raise forms.ValidationError(_("One field was filled in that nobody sees. Empty it and send again."))
        if not any(given.get(name) for name in self.reached_by):
            self.add_error(self.reached_by[0], _("Write a number or an e-mail address."))
        given["receipt"] = self._receipt(given.get("number", ""))
        return given

    def _receipt(self, number: str) -> str:
        signer = TimestampSigner(salt=self.salt)
        try:
            receipt = signer.unsign(number)
        except BadSignature as error:
            self.data = {**self.data, "number": self.drawn()}
            raise forms.ValidationError(_("This form has lost its number and got a new one. Send it again.")) from error
        try:
            signer.unsign(number, max_age=READING_TIME)
        except SignatureExpired:
            return receipt
        raise forms.ValidationError(_("That was very fast. Read it over once more, then send it again."))


def receipt_field(label: str | Promise) -> forms.CharField:
    """Where the number is typed with which something sent is found again."""
    return forms.CharField(
        label=label,  # type: ignore[arg-type]  # a lazily translated one is a Promise
        max_length=40,
        help_text=_("Sixteen letters and digits, as in K7MX-…"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
