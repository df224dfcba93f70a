"""Acts as the page shows them: ids stay ids, since who may read the record may not therefore read people."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from simpul.audit.models import Act, ActorKind
from simpul.audit.queries import head, unsealed
from simpul.web import formats
from simpul.web.audit.forms import ZONE
from simpul.web.components import Row, Text


@dataclass(frozen=True, slots=True)
class ActRow:
    """`who` in words for what is no person, else "" and `person_id` or `user_id`."""

    number: int
    moment: str
    name: str
    who: Text
    person_id: UUID | None
    user_id: UUID | None
    ref_kind: str
    ref_id: UUID | None
    details: list[Row]
    sealed: bool


def act_row(act: Act) -> ActRow:
    is_member = act.actor_kind == ActorKind.MEMBER
    who = "" if is_member else f"{act.get_actor_kind_display()}{f' ({act.purpose})' if act.purpose else ''}"
    return ActRow(
        number=act.pk,
        moment=_moment(act.at),
        name=act.act,
        who=who,
        person_id=act.person_id,
        user_id=act.user_id,
        ref_kind=act.ref_kind,
        ref_id=act.ref_id,
        details=[Row(key, _written(value)) for key, value in sorted(act.details.items())],
        sealed=act.batch_id is not None,
    )


def _moment(instant: datetime) -> str:
    return formats.moment(instant, ZONE, language=get_language() or "id")


def _written(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(str(item) for item in value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return formats.NOTHING if value is None else str(value)


def seal_rows() -> list[Row]:
    """How far the chain reaches, for an auditor to note."""
    waiting, oldest = unsealed()
    end = head()
    rows = [Row(_("Head of the chain"), str(end) if end else formats.NOTHING)]
    since = _("%(count)s, since %(moment)s") % {"count": waiting, "moment": _moment(oldest)} if oldest else "0"
    return [*rows, Row(_("Acts not sealed yet"), since)]
