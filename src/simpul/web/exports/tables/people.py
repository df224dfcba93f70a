"""People, with the columns that an import of people takes: what was taken out can be brought in again."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from simpul.interop.writing import Value
from simpul.people.codes import ContactKind
from simpul.people.queries import today
from simpul.people.services import TakenPerson
from simpul.web.exports.tables.table import Table
from simpul.web.people.panels import title_of


def table_of(taken: Sequence[TakenPerson], now: datetime) -> Table:
    """One line a person and organisation."""
    header = [_("Name"), _("How they are addressed"), _("Sex"), _("Year of birth"), _("Organisation")]
    header += [_("What they are there"), _("As they are called there"), _("On the board"), _("From"), _("Until")]
    header += [str(kind.label) for kind in ContactKind]
    return Table(_("People"), [], today(now), header, _lines(taken), is_open=False)


def _lines(taken: Sequence[TakenPerson]) -> Iterator[Sequence[Value]]:
    for one in taken:
        row, person = one.affiliation, one.affiliation.person
        sex = str(person.get_sex_display()) if person.sex else ""
        board = _("yes") if row.on_board else ""
        named = title_of(row) if row.title else ""
        yield [
            person.name, person.salutation, sex, person.birth_year, row.organisation.name, str(row.get_role_display()),
            named, board, row.valid_from, row.valid_until, *(one.contacts.get(kind, "") for kind in ContactKind),
        ]  # fmt: skip
