"""Who resolves what is declared once."""

import pytest

from simpul.kernel.actor import Anonymous
from simpul.kernel.ids import uuid7
from simpul.kernel.refs import RecordRef
from simpul.threads import registry
from simpul.threads.registry import Knot
from tests.threads.conftest import Shelf


def test_a_kind_has_one_resolver_and_one_page(briefs: Shelf) -> None:
    registry.register(briefs.kind, briefs.resolve)
    with pytest.raises(ValueError, match=briefs.kind):
        registry.register(briefs.kind, lambda ids, actor: {})
    with pytest.raises(ValueError, match=briefs.kind):
        registry.register_page(briefs.kind, lambda key: "/lain/")


def test_unknown_kinds_and_missing_records_are_left_out(briefs: Shelf) -> None:
    known = briefs.put("Ada")
    asked = {known, RecordRef(briefs.kind, uuid7()), RecordRef("nobody.knows", uuid7())}
    assert registry.resolve(asked, Anonymous()) == {
        known: Knot("Ada", href=f"/surat/{known.uuid}/", state="open", linkable=True)
    }


def test_a_block_leaves_nothing_registered() -> None:
    shelf = Shelf("letters.note")
    with registry.registered(shelf.kind, shelf.resolve):
        assert shelf.kind in registry.kinds()
    assert shelf.kind not in registry.kinds()
