"""Who may tie and untie threads, and what is said of a knot that may not be seen."""

from collections.abc import Mapping

from simpul.kernel.refs import RecordRef
from simpul.threads.registry import Knot
from simpul.threads.relations import RELATIONS


def may_tie(knots: Mapping[RecordRef, Knot], source: RecordRef, target: RecordRef) -> bool:
    """Both ends are in sight, and whoever keeps one of them lets the actor link it."""
    ends = (knots.get(source), knots.get(target))
    return all(ends) and any(knot is not None and knot.linkable for knot in ends)


def is_sealed(relation: str) -> bool:
    """Whether an unseen knot behind this relation is drawn without title; otherwise it is left out."""
    row = RELATIONS.get(relation)
    return row is not None and row.sealed
