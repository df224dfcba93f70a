"""A token never has more than the person behind it, at the moment it is used."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from django.db.models import Q

from simpul.access.models import Grant, ServiceToken
from simpul.access.permissions import PERMISSIONS
from simpul.access.queries import actor_for
from simpul.access.queries.tokens import bearer_of, personal, service_token_for, service_tokens_for
from simpul.access.roles import ROLES
from simpul.access.rules import Post, appointable, may_end
from simpul.access.services import create_personal_token, create_service_token, end_grant, revoke_service_token
from simpul.access.token_scopes import TOKEN_SCOPES, permissions_of
from simpul.accounts.models import ApiToken
from simpul.accounts.rules import own as own_account
from simpul.accounts.services import use_api_token
from simpul.audit.models import Act
from simpul.kernel.actor import Actor, Anonymous, Member
from simpul.kernel.errors import Denied, Invalid, NotFound
from simpul.notices.rules import own as own_notices
from simpul.organisations.declarations import DeclarationKind, DeclarationStanding
from simpul.organisations.models import Organisation
from simpul.organisations.queries.profiles import organisations_for, profile_for
from simpul.organisations.rules.organisations import within
from simpul.organisations.services.safety import set_safety_mode
from simpul.organisations.services.standing import declare
from simpul.organisations.visibility import SafetyReason
from simpul.people.queries import people_for
from simpul.people.services import change_person
from tests.cast import BUILDER, MEMBERS, NOW, Cast, Played
from tests.factories.access import make_grant
from tests.marks import audits, denies

pytestmark = pytest.mark.django_db
EVERY = list(TOKEN_SCOPES)
OF_AN_ORGANISATION = [code for code, scope in TOKEN_SCOPES.items() if not scope.personal]
TODAY = NOW.date()


def personal_token(played: Played, scopes: Sequence[str], actor: Actor | None = None) -> ApiToken:
    assert played.user
    made = create_personal_token(actor or played.actor, played.user, name="Rekap", scopes=scopes, days=30, now=NOW)
    return made[0]


def service_token(played: Played, organisation: Organisation, scopes: Sequence[str]) -> ServiceToken:
    assert played.user
    made = create_service_token(played.actor, played.user, organisation, name="Rekap", scopes=scopes, days=30, now=NOW)
    return made[0]


def reached(actor: Actor, permission: str) -> set[object]:
    return set(Organisation.objects.filter(within(actor.scope(permission))).values_list("pk", flat=True))


def test_no_scope_lets_a_token_give_rights_or_let_people_in() -> None:
    never = {"grant.manage", "node.configure", "organisation.set_safety", "token.manage"}
    never |= {p for p in PERMISSIONS if p.startswith("account.")}
    offered = {p for scope in TOKEN_SCOPES.values() for p in scope.permissions}
    assert offered & never == set()
    assert offered <= set(PERMISSIONS)


@pytest.mark.parametrize("key", MEMBERS)
@pytest.mark.parametrize("scope", [*EVERY, "all", "none"])
def test_a_token_reaches_nothing_its_owner_does_not(cast: Cast, key: str, scope: str) -> None:
    played = cast.played[key]
    scopes = {"all": EVERY, "none": []}.get(scope, [scope])
    actor = bearer_of(personal_token(played, scopes), now=NOW).actor
    allowed = permissions_of(scopes)
    for permission in PERMISSIONS:
        theirs = reached(played.actor, permission) if permission in allowed else set()
        assert reached(actor, permission) == theirs


def test_a_token_ends_with_the_grant_of_its_owner(cast: Cast) -> None:
    token = personal_token(cast.budi, EVERY)
    assert bearer_of(token, now=NOW).actor.may("organisation.edit")
    end_grant(BUILDER, Grant.objects.get(person=cast.budi.person), reason="selesai", now=NOW + timedelta(days=1))
    after = bearer_of(token, now=NOW + timedelta(days=2)).actor
    assert not any(after.may(permission) for permission in PERMISSIONS)


def test_a_token_made_without_a_second_factor_never_carries_a_role_that_needs_one(cast: Cast) -> None:
    assert cast.budi.user
    bare = actor_for(cast.budi.user.pk, now=NOW, second_factor=False)
    reading = [code for code, scope in TOKEN_SCOPES.items() if not scope.writes]
    actor = bearer_of(personal_token(cast.budi, reading, bare), now=NOW).actor
    assert actor.grants == ()
    with pytest.raises(Invalid, match="second_factor_needed"):
        personal_token(cast.budi, ["people:write"], bare)


def test_a_token_without_scopes_sees_what_the_public_sees(cast: Cast) -> None:
    set_safety_mode(BUILDER, cast.lentera, on=True, reason_code=SafetyReason.THREAT, now=NOW)
    actor = bearer_of(personal_token(cast.ani, []), now=NOW).actor
    assert set(organisations_for(actor)) == set(organisations_for(Anonymous()))
    assert set(profile_for(actor, cast.uptd)) == set(profile_for(Anonymous(), cast.uptd))
    assert set(profile_for(actor, cast.lentera)) == set(profile_for(Anonymous(), cast.lentera))
    assert list(people_for(actor, on=TODAY)) == []
    inside = bearer_of(personal_token(cast.ani, ["organisations:read"]), now=NOW).actor
    assert cast.lentera in organisations_for(inside)


def test_a_token_does_not_change_its_owners_entry_without_the_scope(cast: Cast) -> None:
    assert cast.ani.person
    reading = bearer_of(personal_token(cast.ani, ["people:read"]), now=NOW).actor
    with pytest.raises(Denied):
        change_person(reading, cast.ani.person, version=cast.ani.person.version, name="Ani B", now=NOW)
    writing = bearer_of(personal_token(cast.ani, ["people:write"]), now=NOW).actor
    assert change_person(writing, cast.ani.person, version=cast.ani.person.version, name="Ani B", now=NOW)


def test_what_is_forbidden_to_its_own_people_is_forbidden_to_their_token(cast: Cast) -> None:
    actor = bearer_of(personal_token(cast.budi, ["organisations:write"]), now=NOW).actor
    with pytest.raises(Denied):
        declare(
            actor,
            cast.lentera,
            kind=DeclarationKind.values[0],
            standing=DeclarationStanding.VERIFIED,
            declared_on=TODAY,
            now=NOW,
        )


def test_a_token_gives_and_ends_no_roles(cast: Cast) -> None:
    actor = bearer_of(personal_token(cast.budi, EVERY), now=NOW).actor
    post = Post(cast.lentera)
    assert appointable(cast.budi.actor, post, on=TODAY)
    assert appointable(actor, post, on=TODAY) == frozenset()
    grant = Grant.objects.get(person=cast.ani.person)
    assert may_end(cast.budi.actor, grant)
    assert not may_end(actor, grant)
    with pytest.raises(Denied):
        end_grant(actor, Grant.objects.get(person=cast.budi.person), reason="sendiri", now=NOW)


@denies(create_personal_token)
def test_tokens_are_made_for_oneself_and_not_by_tokens(cast: Cast) -> None:
    assert cast.ani.user
    for actor in (cast.budi.actor, Anonymous(), bearer_of(personal_token(cast.ani, EVERY), now=NOW).actor):
        with pytest.raises(Denied):
            create_personal_token(actor, cast.ani.user, name="a", scopes=[], days=1, now=NOW)


@audits(create_personal_token)
def test_making_a_token_is_recorded_without_its_secret(cast: Cast) -> None:
    assert cast.ani.user
    token, secret = create_personal_token(
        cast.ani.actor, cast.ani.user, name="Rekap Ani", scopes=["people:read"], days=7, now=NOW
    )
    act = Act.objects.get(act="access.create_personal_token")
    assert (act.ref_id, act.user_id, act.details) == (token.pk, token.user_id, {"scopes": ["people:read"], "days": 7})
    assert secret not in str(Act.objects.values())


def test_a_service_token_serves_its_organisation_alone(cast: Cast) -> None:
    assert cast.budi.person
    make_grant(cast.budi.person, "coordinator", cast.other_group)
    budi = actor_for(cast.budi.user.pk, now=NOW, second_factor=True)  # type: ignore[union-attr]
    assert reached(budi, "organisation.edit") == {cast.lentera.pk, cast.other_group.pk}
    service = service_token(cast.budi, cast.lentera, OF_AN_ORGANISATION)
    bearer = bearer_of(service.token, now=NOW)
    assert bearer.organisation_id == cast.lentera.pk
    assert reached(bearer.actor, "organisation.edit") == {cast.lentera.pk}


def test_a_service_token_ends_with_the_role_of_who_answers_for_it(cast: Cast) -> None:
    service = service_token(cast.budi, cast.lentera, OF_AN_ORGANISATION)
    end_grant(BUILDER, Grant.objects.get(person=cast.budi.person), reason="pindah", now=NOW)
    after = bearer_of(service.token, now=NOW + timedelta(days=1)).actor
    assert not any(after.may(permission) for permission in PERMISSIONS)


@denies(create_service_token)
def test_only_who_manages_its_tokens_and_is_of_it_makes_one(cast: Cast) -> None:
    for key in ("ani", "hasan", "dewi", "kartika", "joko"):
        with pytest.raises(Denied):
            service_token(cast.played[key], cast.lentera, [])


@audits(create_service_token)
def test_making_a_service_token_is_recorded(cast: Cast) -> None:
    service = service_token(cast.dewi, cast.network, ["memberships:write"])
    act = Act.objects.get(act="access.create_service_token")
    assert act.ref_id == service.token.pk
    assert act.details == {"scopes": ["memberships:write"], "days": 30, "organisation": str(cast.network.pk)}


@denies(revoke_service_token)
@audits(revoke_service_token)
def test_who_manages_tokens_ends_one_that_somebody_else_answers_for(cast: Cast) -> None:
    service = service_token(cast.budi, cast.lentera, OF_AN_ORGANISATION)
    with pytest.raises(Denied):
        revoke_service_token(cast.ani.actor, service, now=NOW)
    revoke_service_token(cast.kartika.actor, service, now=NOW)
    assert ApiToken.objects.get(pk=service.token.pk).revoked_at == NOW
    assert Act.objects.filter(act="access.revoke_service_token", ref_id=service.token.pk).count() == 1


def test_tokens_of_an_organisation_are_seen_by_who_manages_them(cast: Cast) -> None:
    service = service_token(cast.budi, cast.lentera, OF_AN_ORGANISATION)
    seen = {p.key: list(service_tokens_for(p.actor, cast.lentera, now=NOW)) for p in cast}
    assert {key for key, rows in seen.items() if rows} == {"budi", "kartika"}
    assert service_token_for(cast.kartika.actor, service.pk) == service
    with pytest.raises(NotFound):
        service_token_for(cast.ani.actor, service.pk)
    assert list(personal(ApiToken.objects.filter(user=cast.budi.user))) == []


@pytest.mark.parametrize("scope", ["notices:read", "notices:write"])
def test_an_organisations_token_never_opens_the_inbox_of_who_answers_for_it(cast: Cast, scope: str) -> None:
    with pytest.raises(Invalid, match="unknown_scope"):
        service_token(cast.budi, cast.lentera, [scope])
    service = service_token(cast.budi, cast.lentera, [])
    ApiToken.objects.filter(pk=service.token.pk).update(scopes=[scope])
    actor = bearer_of(ApiToken.objects.get(pk=service.token.pk), now=NOW).actor
    assert not actor.allows("notice.read")


def test_narrowing_never_widens() -> None:
    once = Member(None, None).narrowed(frozenset({"person.read"}), via="token a")
    assert once.narrowed(frozenset({"person.read", "audit.read"}), via="token b").narrowed_to == {"person.read"}


def test_an_unknown_scope_of_an_old_token_lets_nothing_through(cast: Cast) -> None:
    token = personal_token(cast.budi, ["people:read"])
    ApiToken.objects.filter(pk=token.pk).update(scopes=["people:read", "gone:write"])
    token.refresh_from_db()
    assert bearer_of(token, now=NOW).actor.narrowed_to == {"person.read"}


def test_roles_that_may_keep_tokens_need_a_second_factor() -> None:
    assert all(role.second_factor for role in ROLES.values() if "token.manage" in role.permissions)


def test_a_token_is_found_and_acts_in_three_queries(cast: Cast, django_assert_num_queries: object) -> None:
    assert cast.budi.user
    _, secret = create_personal_token(cast.budi.actor, cast.budi.user, name="a", scopes=EVERY, days=1, now=NOW)
    use_api_token(secret, now=NOW)
    with django_assert_num_queries(3):  # type: ignore[operator]
        bearer_of(use_api_token(secret, now=NOW), now=NOW)


def test_a_token_reads_no_account_of_its_owner_and_their_inbox_by_its_scope_alone(cast: Cast) -> None:
    nothing = Q(pk__in=())
    others = [code for code in EVERY if not code.startswith("notices:")]
    actor = bearer_of(personal_token(cast.ani, others), now=NOW).actor
    assert (own_notices(actor), own_account(actor)) == (nothing, nothing)
    actor = bearer_of(personal_token(cast.ani, ["notices:read"]), now=NOW).actor
    assert (own_notices(actor), own_account(actor)) == (own_notices(cast.ani.actor), nothing)
    assert nothing not in (own_notices(cast.ani.actor), own_account(cast.ani.actor))
