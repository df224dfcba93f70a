"""Who may read and keep which persons.

A person is read through the organisations they are in today: when they leave, so does the right to read them. Everyone
reads themself. Being shown to the public is another matter: it needs the person's own consent (`listed`).
"""

from datetime import date

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from simpul.kernel.actor import Actor, System
from simpul.kernel.errors import Denied, Invalid
from simpul.organisations.models import Organisation
from simpul.organisations.rules.organisations import within
from simpul.people.models import Affiliation, ContactConsent, Person
from simpul.records.models import known_at, true_on

READ, MANAGE, ENROL = "person.read", "person.manage", "account.enrol"
OLDEST = 1900


def reaches(actor: Actor, permission: str, organisation: Organisation) -> bool:
    """Whether the permission reaches this very organisation, however far it comes from."""
    scope = actor.scope(permission)
    return scope.everywhere or (bool(scope) and Organisation.objects.filter(within(scope), pk=organisation.pk).exists())


def require_at(actor: Actor, permission: str, organisation: Organisation) -> None:
    if not reaches(actor, permission, organisation):
        raise Denied(permission, organisation.ref)


def reached_by(actor: Actor, permission: str, *, on: date) -> Q:
    """Persons in an organisation that the permission reaches, or who will be; never the actor by that alone."""
    scope = actor.scope(permission)
    if scope.everywhere:
        return ~Q(pk__in=())
    if not scope:
        return Q(pk__in=())
    rows = Affiliation.objects.filter(within(scope, "organisation__"), current(on), person=OuterRef("pk"))
    return Q(Exists(rows))


def visible_to(actor: Actor, *, on: date) -> Q:
    """Persons that the actor may read in full: themself, and those their grants reach."""
    own = Q(pk=actor.person_id) if actor.person_id and actor.allows(READ) else Q(pk__in=())
    return (own | reached_by(actor, READ, on=on)) & Q(erased_at=None)


def erasable_by(actor: Actor, *, on: date) -> Q:
    """Persons whom the actor keeps in every organisation they are in, or were in, where they are in none today.

    Never oneself: who erases answers for it afterwards.
    """
    scope = actor.scope(MANAGE)
    known = Affiliation.objects.filter(known_at(None), person=OuterRef("pk"))
    now, reached = known.filter(current(on)), Organisation.objects.filter(within(scope))
    here = Exists(now) & ~Exists(now.exclude(organisation__in=reached))
    before = ~Exists(now) & Exists(known) & ~Exists(known.exclude(organisation__in=reached))
    whole = Q(here | before) if scope else Q(pk__in=())
    return (whole if not isinstance(actor, System) else ~Q(pk__in=())) & ~Q(pk=actor.person_id) & Q(erased_at=None)


def current(on: date, prefix: str = "") -> Q:
    """Affiliations as known now that hold on the day or have yet to begin."""
    ends = Q(**{f"{prefix}valid_until": None}) | Q(**{f"{prefix}valid_until__gt": on})
    return known_at(None, prefix) & ends


def standing(on: date, prefix: str = "") -> Q:
    """Affiliations as known now that hold on the day."""
    return known_at(None, prefix) & true_on(on, prefix)


def listed(path: str = "") -> Q:
    """Persons who agreed to be named in the public directory; `path` leads to the person and ends in "__"."""
    consents = ContactConsent.objects.filter(
        person=OuterRef(f"{path}pk" if path else "pk"), purpose="directory", withdrawn_at=None
    )
    return Q(Exists(consents))


def require_over(actor: Actor, permission: str, person: Person, *, on: date) -> None:
    """Denied unless the permission reaches an organisation the person is in today."""
    if not Person.objects.filter(reached_by(actor, permission, on=on), pk=person.pk).exists():
        raise Denied(permission, person.ref)


def is_self(actor: Actor, permission: str, person: Person) -> bool:
    """Acting on one's own entry, as themself or through a token that may do it to others too."""
    return actor.person_id == person.pk and actor.allows(permission)


def require_self_or_over(actor: Actor, permission: str, person: Person, *, on: date) -> None:
    if not is_self(actor, permission, person):
        require_over(actor, permission, person, on=on)


def require_over_all(actor: Actor, permission: str, person: Person, *, on: date) -> None:
    """Denied unless the permission reaches every organisation the person is in: what is done to an account is done in
    all of them."""
    scope = actor.scope(permission)
    mine = Affiliation.objects.filter(current(on), person=person)
    beyond = mine.exclude(organisation__in=Organisation.objects.filter(within(scope)))
    if not isinstance(actor, System) and not scope.everywhere and (not mine.exists() or beyond.exists()):
        raise Denied(permission, person.ref)


def check_birth_year(year: int | None, *, on: date) -> None:
    if year is not None and not OLDEST <= year <= on.year:
        message = _("Write the year of birth with four digits, not later than this year, or leave it empty.")
        raise Invalid("birth_year", "birth_year", message=message)
