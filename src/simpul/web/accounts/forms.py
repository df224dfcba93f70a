"""What is asked at the door and in one's account."""

from typing import Any

from django import forms
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from simpul.accounts.models import Device
from simpul.kernel.errors import Conflict, Invalid
from simpul.web.accounts.panels import shown_name


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: also a POST without any field, which lacks them all."""
    return request.POST if request.method == "POST" else None


def refuse(form: forms.BaseForm, error: Invalid | Conflict) -> None:
    """Put what a service answered beside the field it is about, or above the form."""
    field = error.field if isinstance(error, Invalid) and error.field in form.fields else None
    form.add_error(field, str(error.message))


def _secret(label: Any, *, autocomplete: str, hint: Any = "") -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(label=label, help_text=hint, widget=widget, strip=False, max_length=200)


def _pin(label: Any, hint: Any = "") -> forms.CharField:
    attrs = {"autocomplete": "off", "inputmode": "numeric", "maxlength": "6", "class": "short"}
    return forms.CharField(label=label, help_text=hint, widget=forms.PasswordInput(attrs=attrs), max_length=20)


class TwiceForm(forms.Form):
    """A secret chosen and typed again; `first` and `again` name the two fields."""

    first, again = "", ""

    def clean(self) -> dict[str, Any] | None:
        data = super().clean() or {}
        if self.first in data and self.again in data and data[self.first] != data[self.again]:
            self.add_error(self.again, _("The two are not the same. Type it again."))
        return data


class SignInForm(forms.Form):
    identifier = forms.CharField(
        label=_("E-mail, phone number or account code"),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password = _secret(_("Password"), autocomplete="current-password")
    shared = forms.BooleanField(
        label=_("Other people use this device too"),
        required=False,
        help_text=_("Signs you out when you close the browser or after 15 minutes, and leaves nothing on the device."),
    )


class PinForm(forms.Form):
    """The PIN, and whose: asked only where several accounts trust this phone."""

    device = forms.ChoiceField(label=_("Who are you?"), widget=forms.RadioSelect, required=False)
    pin = _pin(_("Your PIN"), _("The six digits you chose for this device."))
    lanjut = forms.CharField(required=False, widget=forms.HiddenInput)
    titipan = forms.CharField(required=False, widget=forms.HiddenInput, strip=False)

    def __init__(self, *args: Any, devices: list[tuple[Device, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.devices = {str(device.pk): (device, secret) for device, secret in devices}
        choice = self.fields["device"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [(key, shown_name(device)) for key, (device, _s) in self.devices.items()]
        if len(devices) == 1:
            del self.fields["device"]
        else:
            choice.required = True

    def chosen(self) -> tuple[Device, str]:
        """The device whose PIN was typed, and its secret."""
        return self.devices[self.cleaned_data.get("device") or next(iter(self.devices))]


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code"),
        help_text=_("Six digits from your authenticator app, or one of your recovery codes."),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "class": "short"}),
    )


class EnrolForm(TwiceForm):
    first, again = "pin", "pin_again"
    pin = _pin(_("Choose a PIN"), _("Six digits that only you know: no run like 123456, no birthday."))
    pin_again = _pin(_("Type the PIN again"))
    name = forms.CharField(
        label=_("What to call you on the lock screen"),
        help_text=_("Anybody who holds the phone can read it: an initial or a nickname is enough."),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class ChangePinForm(TwiceForm):
    first, again = "pin", "pin_again"
    current = _pin(_("Your present PIN"))
    pin = _pin(_("Choose a new PIN"), _("Six digits that only you know: no run like 123456, no birthday."))
    pin_again = _pin(_("Type the new PIN again"))


class NewPasswordForm(TwiceForm):
    first, again = "new", "new_again"
    new = _secret(
        _("New password"),
        autocomplete="new-password",
        hint=_("At least 10 characters. Three or four words that do not belong together are easy to remember."),
    )
    new_again = _secret(_("Type the new password again"), autocomplete="new-password")


class ChangePasswordForm(NewPasswordForm):
    current = _secret(_("Your present password"), autocomplete="current-password")
    field_order = ("current", "new", "new_again")


class IdentifiersForm(forms.Form):
    """`by_pin`: proved with the PIN of this phone, else with the password."""

    email = forms.CharField(
        label=_("E-mail address"),
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "autocapitalize": "none"}),
        help_text=_("A new password can be sent there. Use one that nobody else reads."),
    )
    phone = forms.CharField(
        label=_("Phone number"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )

    def __init__(self, *args: Any, by_pin: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if by_pin:
            self.fields["current"] = _pin(_("Your PIN"), _("Once more, so that nobody else changes this."))
        else:
            hint = _("Once more, so that nobody else changes this.")
            self.fields["current"] = _secret(_("Your present password"), autocomplete="current-password", hint=hint)


class ForgottenForm(forms.Form):
    identifier = forms.CharField(
        label=_("Your e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "autocapitalize": "none"}),
    )


class PasskeyNameForm(forms.Form):
    name = forms.CharField(
        label=_("What do you call it?"),
        help_text=_("By which you will know it again: “My phone”, “The blue stick”."),
        max_length=60,
    )


class AddPasskeyForm(PasskeyNameForm):
    code = forms.CharField(
        label=_("Code"),
        help_text=_("Six digits from your authenticator app, so that nobody else adds a key at your open screen."),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "class": "short"}),
    )
    answer = forms.CharField(required=False, widget=forms.HiddenInput(attrs={"data-answer": ""}))


class PasskeySignInForm(forms.Form):
    answer = forms.CharField(required=False, widget=forms.HiddenInput(attrs={"data-answer": ""}))
    lanjut = forms.CharField(required=False, widget=forms.HiddenInput)
