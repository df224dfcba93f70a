"""What is asked in the address of a search: it can be kept and sent."""

from django import forms
from django.utils.translation import gettext_lazy as _

from simpul.search.queries import LONGEST
from simpul.web.search.panels import SECTIONS

PAGES = 50


class SearchForm(forms.Form):
    q = forms.CharField(
        label=_("What are you looking for?"),
        max_length=LONGEST,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    jenis = forms.ChoiceField(choices=[("", ""), *((key, key) for key in SECTIONS)], required=False)
    halaman = forms.IntegerField(min_value=1, max_value=PAGES, required=False)
