import pytest

from simpul.config import cli
from simpul.search.models import Entry
from simpul.search.queries import find
from tests.factories.organisations import make_organisation


@pytest.mark.django_db
def test_rebuild_finds_what_was_there_before_the_index(capsys: pytest.CaptureFixture[str]) -> None:
    make_organisation(name="Yayasan Suar")
    Entry.objects.all().delete()
    assert cli.main(["search", "rebuild"]) == 0
    assert capsys.readouterr().out == "1 entries were mended.\n"
    assert find("suar").total == 1
    assert cli.main(["search", "rebuild"]) == 0
    assert capsys.readouterr().out == "The index says what the records say.\n"
