"""Tokens are shown once, work until they end, and leave one trace a day."""

from datetime import timedelta

import pytest

from simpul.access.services import create_personal_token
from simpul.accounts.models import ApiToken
from simpul.accounts.queries import api_tokens_for
from simpul.accounts.services import deactivate_user, revoke_api_token, use_api_token
from simpul.accounts.services.api_tokens import MOST
from simpul.audit.models import Act
from simpul.kernel.actor import Actor, Anonymous, System
from simpul.kernel.errors import Conflict, Denied, Invalid, NotFound
from tests.cast import Cast
from tests.factories.accounts import NOW, make_user, member
from tests.marks import audits, denies

pytestmark = pytest.mark.django_db


def make(user: object, **more: object) -> tuple[ApiToken, str]:
    given = {"name": "Rekap", "scopes": [], "days": 30, "now": NOW, **more}
    return create_personal_token(member(user), user, **given)  # type: ignore[arg-type]


def test_a_token_is_found_by_its_secret_and_only_its_hmac_is_kept() -> None:
    token, secret = make(make_user())
    assert use_api_token(secret, now=NOW) == token
    row = ApiToken.objects.values().get()
    assert secret not in str(row)
    assert row["ending"] == secret[-4:]


@denies(use_api_token)
@pytest.mark.parametrize("secret", ["", "simpul_x", "simpul_" + "a" * 46])
def test_what_is_no_token_is_not_found(secret: str) -> None:
    with pytest.raises(NotFound):
        use_api_token(secret, now=NOW)


def test_a_token_ends_with_its_day_its_account_and_its_revocation() -> None:
    user = make_user()
    _, secret = make(user)
    assert use_api_token(secret, now=NOW + timedelta(days=30) - timedelta(seconds=1))
    with pytest.raises(NotFound):
        use_api_token(secret, now=NOW + timedelta(days=30))
    deactivate_user(System("tests"), user)
    with pytest.raises(NotFound):
        use_api_token(secret, now=NOW)


@audits(use_api_token)
def test_use_is_recorded_by_the_day_not_by_the_request() -> None:
    token, secret = make(make_user())
    for hours in (0, 1, 5, 30):
        use_api_token(secret, now=NOW + timedelta(hours=hours))
    acts = Act.objects.filter(act="accounts.use_api_token")
    assert acts.count() == 2
    assert {(a.ref_id, a.user_id, a.purpose) for a in acts} == {(token.pk, token.user_id, token.via)}
    assert ApiToken.objects.get().used_on == (NOW + timedelta(hours=30)).date()


@audits(revoke_api_token)
def test_a_revoked_token_opens_nothing_and_is_listed_no_more() -> None:
    user = make_user()
    token, secret = make(user)
    assert list(api_tokens_for(member(user), now=NOW)) == [token]
    revoke_api_token(member(user), token, now=NOW)
    revoke_api_token(member(user), token, now=NOW)
    with pytest.raises(NotFound):
        use_api_token(secret, now=NOW)
    assert list(api_tokens_for(member(user), now=NOW)) == []
    assert Act.objects.filter(act="accounts.revoke_api_token", ref_id=token.pk).count() == 1


@denies(revoke_api_token)
def test_nobody_else_ends_a_token_nor_a_token_itself() -> None:
    user = make_user()
    token, _ = make(user)
    others: list[Actor] = [member(make_user(), ["account.recover"]), Anonymous()]
    for actor in [*others, member(user).narrowed(frozenset(), via=token.via)]:
        with pytest.raises(Denied):
            revoke_api_token(actor, token, now=NOW)


def test_the_form_sent_twice_makes_one_token_and_shows_no_secret_again() -> None:
    user = make_user()
    first, _ = make(user)
    with pytest.raises(Conflict, match="shown_once"):
        make(user, id=first.pk)
    with pytest.raises(Conflict, match="shown_once"):
        make(make_user(), id=first.pk)
    assert ApiToken.objects.count() == 1


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"name": "  "}, "name_needed"),
        ({"name": "a" * 61}, "too_long"),
        ({"days": 0}, "days"),
        ({"days": 366}, "days"),
        ({"scopes": ["everything"]}, "unknown_scope"),
    ],
)
def test_a_token_needs_a_purpose_an_end_and_known_scopes(more: dict[str, object], code: str) -> None:
    with pytest.raises(Invalid) as refused:
        make(make_user(), **more)
    assert refused.value.code == code


def test_an_account_has_twenty_tokens_at_most() -> None:
    user = make_user()
    for _ in range(MOST):
        make(user)
    with pytest.raises(Invalid, match="too_many"):
        make(user)


def test_a_token_of_the_cast_carries_the_second_factor_it_was_made_with(cast: Cast) -> None:
    assert cast.budi.user
    token, _ = create_personal_token(cast.budi.actor, cast.budi.user, name="a", scopes=[], days=1, now=NOW)
    assert token.second_factor
