"""What the state knows an organisation by."""

from django.db import models

from simpul.organisations.kinds import LegalForm


class LegalIdentity(models.Model):
    """Columns of `Organisation`. Shapes are looked at when they are written (services.profiles); here they are text."""

    legal_form = models.CharField(max_length=12, choices=LegalForm.choices, blank=True)
    deed_number = models.CharField(max_length=60, blank=True)
    deed_date = models.DateField(null=True, blank=True)
    deed_notary = models.CharField(max_length=120, blank=True)
    legal_decree_number = models.CharField(max_length=60, blank=True)
    legal_decree_date = models.DateField(null=True, blank=True)
    skt_number = models.CharField(max_length=60, blank=True)
    skt_valid_until = models.DateField(null=True, blank=True)
    npwp = models.CharField(max_length=16, blank=True)  # digits
    nib = models.CharField(max_length=13, blank=True)  # digits

    class Meta:
        abstract = True
