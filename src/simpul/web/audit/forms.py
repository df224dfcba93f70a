"""How the record of acts is narrowed. Only ids, codes and days: they may stand in an address."""

from datetime import datetime, timedelta
from datetime import time as clock_time
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from simpul.kernel.time import Zone

ZONE = Zone.WIB  # acts of the whole country stand in one list: one clock for all of them, named beside each time


class ActsForm(forms.Form):
    """`sebelum` is the last row of the page before."""

    tindakan = forms.CharField(
        label=_("Act"),
        required=False,
        max_length=80,
        help_text=_('A whole name such as "people.change_person", or a context such as "people."'),
        validators=[RegexValidator(r"^[a-z_]+\.[a-z_]*$", _('Write it like "people.change_person" or "people."'))],
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}),
    )
    hari = forms.DateField(
        label=_("Day (WIB)"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "class": "short"}, format="%Y-%m-%d"),
    )
    rekam = forms.UUIDField(label=_("Id of a record"), required=False)
    orang = forms.UUIDField(label=_("Id of a person"), required=False)
    sebelum = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput)

    def narrowed(self) -> dict[str, Any]:
        """Arguments of `acts_for`."""
        given = self.cleaned_data
        day = given["hari"]
        since = datetime.combine(day, clock_time(), ZONE.info) if day else None
        return {
            "act": given["tindakan"],
            "ref_id": given["rekam"],
            "person_id": given["orang"],
            "since": since,
            "until": since + timedelta(days=1) if since else None,
            "before": given["sebelum"],
        }
