"""The end of what is kept of a person. A row with their id stays, for what names them and can't be rewritten.

A context above that keeps something of persons declares a `Holding` in `AppConfig.ready`: why it can't be let go yet (a
role that is held, a case that the law keeps), and how it goes.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F
from django.db.models.functions import Now

from simpul.accounts.erasing import erase_account
from simpul.audit.erasers import eraser
from simpul.audit.services import note_erasures
from simpul.documents.erasing import destroy
from simpul.documents.models import Document, RemovalReason
from simpul.interop.models import ImportRow
from simpul.kernel.errors import Conflict
from simpul.people.models import Affiliation, ContactConsent, ContactPoint, Person


@dataclass(frozen=True, slots=True)
class Holding:
    """`refuses` gives the Conflict to raise (its message says what to do first), None where they may go.

    `erase` deletes or empties what it holds, in the caller's transaction, without asking again: a restore calls it too.
    """

    name: str
    refuses: Callable[[Person, datetime], Conflict | None]
    erase: Callable[[Person], None]


_holdings: dict[str, Holding] = {}


def declare(holding: Holding) -> None:
    """ValueError for a name that is taken."""
    if _holdings.setdefault(holding.name, holding) is not holding:
        raise ValueError(f"{holding.name} holds something of persons already")


@contextmanager
def declared(holding: Holding) -> Iterator[None]:
    """For the length of a block: for tests."""
    declare(holding)
    try:
        yield
    finally:
        del _holdings[holding.name]


def refusal(person: Person, now: datetime) -> Conflict | None:
    """Why they can't be erased yet, by the first that says so."""
    return next((why for name in sorted(_holdings) if (why := _holdings[name].refuses(person, now))), None)


def wipe(person: Person) -> bool:
    """Whether there was anything left to erase. In the caller's transaction; a restored backup is wiped again by it."""
    row = Person.objects.select_for_update().filter(pk=person.pk, erased_at=None).first()
    if row is None:
        return False
    for name in sorted(_holdings):
        _holdings[name].erase(row)
    for theirs in (ContactPoint, ContactConsent, Affiliation):
        theirs._base_manager.filter(person=row).delete()
    for document in Document.objects.filter(subject_kind=row.ref.kind, subject_id=row.pk, removed_at=None):
        destroy(document, RemovalReason.ERASED, Now())
    ImportRow.objects.filter(made=str(row.ref)).update(
        undo={}, twins=[], faults=[]
    )  # its cells went when it was written
    account = row.user_id
    Person.objects.filter(pk=row.pk).update(
        name="", sort_key="", salutation="", sex="", birth_year=None, area_code="", user=None, erased_at=Now(),
        version=F("version") + 1,
    )  # fmt: skip
    if account is not None:
        erase_account(account)
    note_erasures(row.ref)
    return True


@eraser("people.person")
def wipe_again(ids: Sequence[UUID]) -> int:
    """Those who were erased after a backup was taken, in what was restored from it."""
    return sum(wipe(person) for person in Person.objects.filter(pk__in=ids, erased_at=None).order_by("pk"))
