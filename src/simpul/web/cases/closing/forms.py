"""Agreeing that a case has come to its end, or not."""

from django import forms
from django.utils.translation import gettext_lazy as _

from simpul.web.cases.desk.forms.fields import radio, words


class DecideForm(forms.Form):
    agrees = radio(
        _("Has it come to its end?"), [("yes", _("Yes: close it")), ("no", _("No: something is still to be done"))]
    )
    words = words(_("What is still to be done?"), 3, _("Needed where it goes on. Whoever asked reads it."), most=1000)
