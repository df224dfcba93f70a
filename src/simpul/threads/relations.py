"""What one record can be to another. A table: a new relation is a row here and two phrases in the catalogue."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Relation:
    """`forward` reads from source to target, `backward` from target to source.

    `sealed`: a knot the reader may not see is drawn without its title instead of being left out. That reveals that a
    record exists, so it is the exception, decided relation by relation; no relation is sealed today.
    """

    code: str
    forward: Promise
    backward: Promise
    sealed: bool = False


RELATIONS: Final[dict[str, Relation]] = {
    row.code: row
    for row in (
        Relation("became", _("became"), _("came from")),
        Relation("evidences", _("is evidence for"), _("rests on")),
        Relation("leads_to", _("led to"), _("was led to by")),
        Relation("responds_to", _("responds to"), _("was answered by")),
        Relation("adopts", _("adopts"), _("was adopted by")),
        Relation("implements", _("carries out"), _("is carried out by")),
        Relation("funds", _("pays for"), _("is paid for by")),
        Relation("affects", _("has an effect on"), _("is affected by")),
        Relation("follows", _("follows"), _("is followed by")),
        Relation("merged_into", _("was merged into"), _("was merged from")),
        Relation("split_from", _("was split from"), _("was split into")),
    )
}
