"""What is said outside Simpul: always the same, whatever it is about."""

from django.utils import translation
from django.utils.translation import gettext as _


def outside(language: str) -> str:
    """The one sentence that leaves Simpul, in the language its reader chose."""
    with translation.override(language):
        return _("There is something to see in Simpul")
