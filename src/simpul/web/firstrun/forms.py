"""One form a question."""

from typing import Any, ClassVar

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from simpul.accounts.identifiers import normal_email, normal_phone
from simpul.kernel.errors import Invalid
from simpul.organisations.logos import Logo, clean_logo
from simpul.organisations.presets import Preset
from simpul.web.territory.forms import AreaField

PRESETS = {
    Preset.VILLAGE_GROUP: _("Residents help residents: complaints, services nearby, learning together."),
    Preset.NETWORK: _("A secretariat and its members: directory, programmes, results, everything."),
    Preset.FORUM: _("Several kinds of organisations that learn together and bring policies forward."),
}


def _presets() -> list[tuple[str, SafeString]]:
    text = "{}<small>{}</small>"
    return [(preset.value, format_html(text, preset.label, PRESETS[preset])) for preset in Preset]


class PresetForm(forms.Form):
    preset = forms.ChoiceField(label=_("What is this Simpul for?"), choices=_presets, widget=forms.RadioSelect)


class NameForm(forms.Form):
    name = forms.CharField(
        label=_("Name of the organisation"), help_text=_("As it stands on your letters."), max_length=200
    )
    acronym = forms.CharField(label=_("Short name, if there is one"), max_length=40, required=False)


class AreaForm(forms.Form):
    area_code = AreaField(
        label=_("Where is it?"), help_text=_("The village, district, regency or province where its office or group is.")
    )


class LogoForm(forms.Form):
    logo = forms.FileField(
        label=_("Logo"),
        help_text=_("PNG, JPEG or WebP, up to 2 MB. You can leave this out."),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
    )

    def clean_logo(self) -> Logo | None:
        upload: UploadedFile[bytes] | None = self.cleaned_data["logo"]
        if upload is None:
            return None
        try:
            return clean_logo(upload.read())
        except Invalid as error:
            raise forms.ValidationError(str(error.message)) from error


class CoordinatorForm(forms.Form):
    conditional: ClassVar = ("identifier",)
    coordinator = forms.CharField(label=_("Your name"), max_length=200)
    way = forms.ChoiceField(
        label=_("How will you sign in?"),
        choices=[
            ("password", _("With an e-mail address or phone number, and a password")),
            ("pin", _("With this phone and a 6-digit PIN")),
        ],
        widget=forms.RadioSelect,
    )
    identifier = forms.CharField(
        label=_("E-mail address or phone number"),
        help_text=_("Only for signing in with a password."),
        max_length=254,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if answers.get("way") != "password":
            return {**answers, "identifier": ""}
        typed = answers.get("identifier", "")
        if not typed:
            self.add_error("identifier", _("Write the e-mail address or phone number you will sign in with."))
            return answers
        try:
            answers["identifier"] = normal_email(typed) if "@" in typed else normal_phone(typed)
        except Invalid as error:
            self.add_error("identifier", str(error.message))
        return answers


class ComplaintsForm(forms.Form):
    conditional: ClassVar = ("complaints_person",)
    complaints = forms.ChoiceField(
        label=_("Who receives complaints?"),
        choices=[("me", _("I do")), ("other", _("Somebody else in our organisation"))],
        widget=forms.RadioSelect,
    )
    complaints_person = forms.CharField(
        label=_("Their name"),
        help_text=_("Only where it is somebody else. You let them in with a QR code afterwards."),
        max_length=200,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if answers.get("complaints") == "other" and not answers.get("complaints_person"):
            self.add_error("complaints_person", _("Write the name of whoever receives complaints."))
        if answers.get("complaints") == "me":
            answers["complaints_person"] = ""
        return answers


class PasswordForm(forms.Form):
    """On the last page, so that a password is never kept between two."""

    password = forms.CharField(
        label=_("Choose a password"),
        help_text=_("At least 10 characters. Three words nobody would guess are easy to keep in mind."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("The same password again"), widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if answers.get("password") != answers.get("again"):
            self.add_error("again", _("The two passwords differ. Write the same one twice."))
        return answers


class CodeForm(forms.Form):
    code = forms.CharField(label=_("Set-up code"), max_length=12)
