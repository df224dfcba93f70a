"""A form with one field of every kind, sent with something missing."""

from django import forms
from django.utils.translation import gettext_lazy as _

from simpul.web.documents.fields import UploadField
from simpul.web.territory.forms import AreaField


class PlaceForm(forms.Form):
    area = AreaField(label=_("Area"), help_text=_("A part of the name is enough."))


class PaperForm(forms.Form):
    file = UploadField(label=_("File"))


class SampleForm(forms.Form):
    name = forms.CharField(label=_("Name of the organisation"), help_text=_("As written in its deed or decree."))
    kind = forms.ChoiceField(
        label=_("Kind"), choices=[("", "–"), ("group", _("Village group")), ("network", _("Network"))]
    )
    contact = forms.ChoiceField(
        label=_("How may we contact you?"),
        widget=forms.RadioSelect,
        choices=[
            ("none", _("Do not contact me")),
            ("phone", _("Telephone or WhatsApp")),
            ("other", _("Through someone I trust")),
        ],
    )
    issues = forms.MultipleChoiceField(
        label=_("Issues"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        choices=[("health", _("Health")), ("women", _("Women and children"))],
    )
    note = forms.CharField(label=_("Note"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    agreed = forms.BooleanField(label=_("I have read how this will be used"))
