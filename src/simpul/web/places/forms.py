"""What is asked on the pages of places."""

from django import forms
from django.utils.translation import gettext_lazy as _

from simpul.web.territory.forms import AreaField


class AreaSearch(forms.Form):
    """Asked in the address: where somebody looks is no secret, and the page can be kept."""

    wilayah = AreaField(label=_("Where?"), help_text=_("A village, a district, a regency or city, or a province."))
