"""How an organisation is made up, as known now."""

from dataclasses import dataclass
from datetime import date

from simpul.organisations.models import BoardTerm, Decree, Division, Organisation
from simpul.records.models import known_at


@dataclass(frozen=True, slots=True)
class Structure:
    """`board` is the term that runs on the day, None between two. Terms and decrees: the latest first."""

    divisions: list[Division]
    former_divisions: list[Division]
    terms: list[BoardTerm]
    decrees: list[Decree]
    board: BoardTerm | None

    @property
    def is_told(self) -> bool:
        return bool(self.divisions or self.board or self.decrees)


def structure_of(organisation: Organisation, day: date) -> Structure:
    """Three queries."""
    divisions = list(organisation.divisions.filter(known_at(None)).order_by("valid_from", "id"))
    terms = list(organisation.board_terms.filter(known_at(None)).select_related("decree").order_by("-valid_from", "id"))
    running = (term for term in terms if _holds(term, day))
    return Structure(
        [one for one in divisions if not _is_over(one, day)],
        [one for one in divisions if _is_over(one, day)],
        terms,
        decrees_of(organisation),
        next(running, None),
    )


def decrees_of(organisation: Organisation) -> list[Decree]:
    return list(organisation.decrees.filter(known_at(None)).order_by("-issued_on", "id"))


def _is_over(row: Division | BoardTerm, day: date) -> bool:
    return row.valid_until is not None and row.valid_until <= day


def _holds(row: BoardTerm, day: date) -> bool:
    return not _is_over(row, day) and (row.valid_from is None or row.valid_from <= day)
