"""The first load of the public pages of organisations, compressed: 60 kB to read, 300 kB with a map."""

import pytest
from django.test import Client

from tests.factories.networks import admit, make_network
from tests.factories.organisations import make_organisation
from tests.factories.territory import areas, listing
from tests.web.test_weight import READING, WORK, weight

pytestmark = pytest.mark.django_db
WITH_MAP = 300_000


def test_a_full_page_of_the_directory_and_a_profile_are_light(client: Client) -> None:
    network = make_network("Jaringan Contoh")
    for number in range(30):
        admit(network, make_organisation(name=f"Yayasan Contoh Nomor {number}", seat="52.03"))
    for address in ("/jejaring/", f"/jejaring/{network.pk}/"):
        loaded = weight(client.get(address).content)
        assert sum(loaded.values()) <= READING, loaded


def test_the_map_of_all_regencies_keeps_room_for_its_shapes(client: Client) -> None:
    """The shapes of the country weigh about 150 kB: the page itself takes no more than a working page does."""
    areas(*(row.code for row in listing().rows if row.level == 2))
    loaded = weight(client.get("/jejaring/?tampilan=peta").content)
    assert sum(loaded.values()) <= WORK < WITH_MAP, loaded
