"""What somebody at the counter says of themself."""

from django.utils.translation import gettext_lazy as _

from simpul.web.cases.desk.forms.fields import line
from simpul.web.cases.rights.forms import SearchForm


class FindForm(SearchForm):
    """The number of the case; or a NIK; or the name with the year of birth and the village."""

    number = line(_("Number of the case"), 40, _("As it stands on the letter, such as LNT-2025-4K7Q."))
    field_order = ("number", "nik", "name", "birth_year", "area")
