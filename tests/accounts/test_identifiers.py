"""One person writes one number in many ways."""

import pytest
from django.db import connection

from simpul.accounts.identifiers import normal_email, normal_phone, shown_phone
from simpul.accounts.models import User
from simpul.kernel.errors import Invalid
from tests.factories.accounts import make_trusted, make_user


@pytest.mark.parametrize(
    "typed", ["081234567890", "0812 3456 7890", "+62 812-3456-7890", "62 81234567890", "(0812) 34567890"]
)
def test_normal_phone_is_one_form_for_all_spellings(typed: str) -> None:
    assert normal_phone(typed) == "+6281234567890"


@pytest.mark.parametrize("typed", ["", "12", "halo", "0812", "081234567890123456", "\x00", "०८१२"])
def test_normal_phone_refuses_what_is_no_number(typed: str) -> None:
    with pytest.raises(Invalid) as refused:
        normal_phone(typed)
    assert (refused.value.code, refused.value.field) == ("phone", "phone")


def test_normal_phone_takes_a_foreign_number_with_its_plus() -> None:
    assert normal_phone("+60 12-345 6789") == "+60123456789"


def test_shown_phone_is_how_people_write_it() -> None:
    assert shown_phone("+6281234567890") == "0812-3456-7890"
    assert shown_phone("+60123456789") == "+60 12-345 6789"


def test_normal_email_folds_case_and_spaces() -> None:
    assert normal_email("  Budi.Santoso@Contoh.ID ") == "budi.santoso@contoh.id"


@pytest.mark.parametrize("typed", ["", "budi", "budi@", "@contoh.id", "a b@contoh.id", "budi@contoh"])
def test_normal_email_refuses_what_is_no_address(typed: str) -> None:
    with pytest.raises(Invalid) as refused:
        normal_email(typed)
    assert (refused.value.code, refused.value.field) == ("email", "email")


@pytest.mark.django_db
def test_the_database_holds_neither_address_nor_number() -> None:
    user = make_user(email="budi@contoh.id", phone="+6281234567890")
    make_trusted(user, name="Laptop Budi")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM accounts_user")
        stored = repr(cursor.fetchall())
        cursor.execute("SELECT * FROM accounts_device")
        stored += repr(cursor.fetchall())
    assert [word for word in ("budi", "contoh.id", "81234567890", "Laptop") if word in stored] == []
    assert User.objects.get().email.open() == "budi@contoh.id"
