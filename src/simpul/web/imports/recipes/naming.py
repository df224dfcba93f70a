"""Organisations by the names in a column: exactly, in any spelling of spaces and case, former ones too."""

from collections.abc import Sequence

from django.db.models import Q
from django.utils.translation import gettext as _

from simpul.interop.values import Unreadable
from simpul.kernel.actor import Actor
from simpul.kernel.text import fold
from simpul.organisations.models import DirectoryTerm, Organisation, OrganisationName
from simpul.organisations.models.directory import TERM_LENGTH
from simpul.organisations.rules.organisations import visible_to
from simpul.records.models import known_at


class NameReader:
    """Remembers what it found. `among`: only these, besides being in the actor's sight."""

    def __init__(self, actor: Actor, among: Q | None = None) -> None:
        self.rows = Organisation.objects.filter(visible_to(actor), among or Q())
        self._known: dict[str, Sequence[Organisation]] = {}

    def one(self, name: str, area_code: str = "") -> Organisation:
        """Unreadable where none bears the name, or several do and the area doesn't tell which."""
        found = self._named(name)
        if len(found) > 1 and area_code:
            found = [o for o in found if o.seat_id and f"{o.seat_id}.".startswith(f"{area_code}.")] or found
        if not found:
            message = _("No organisation in your sight bears this name. Compare the spelling, or enter it first.")
            raise Unreadable("unknown_organisation", message)
        if len(found) > 1:
            message = _("Several organisations bear this name. Add a column with the regency or city.")
            raise Unreadable("several_organisations", message)
        return found[0]

    def _named(self, name: str) -> Sequence[Organisation]:
        key = fold(name)[:TERM_LENGTH]
        if key not in self._known:
            ids = DirectoryTerm.objects.filter(term=key).values("organisation_id")
            named = OrganisationName.objects.filter(known_at(None), organisation__in=ids)
            # The index holds ends of names too: "Gandor" is not the name of Peneda Gandor.
            whole = {
                pk
                for pk, *called in named.values_list("organisation_id", "name", "acronym")
                if key in {fold(words)[:TERM_LENGTH] for words in called}
            }
            self._known[key] = list(self.rows.filter(pk__in=whole).order_by("sort_key", "id"))
        return self._known[key]
