"""What the acceptance programme consists of: exact totals, made from a seed, the same on every machine.

The totals are those of the source documents; how they split is ours, since the documents give only totals.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from random import Random

from simpul.demo.acceptance.names import NETWORK_OF, organisation_names

SEED = 2019
STARTED, ENDED = date(2019, 10, 1), date(2024, 10, 1)
LOCAL_ORGANISATIONS = 396
IN_TWO_FORUMS = 44
NATIONAL_NETWORKS = 20
PROVINCIAL_ORGANISATIONS = 498
DECLARED_REACH = 500

# The regencies and cities named in public sources, 30 of 32. Those marked * are our choice, where the sources name
# none (one each in Jawa Barat and Sulawesi Selatan) or leave open which is meant (Pekalongan, regency or city).
REGENCIES = (
    "35.25", "35.29", "35.17", "35.09", "35.07", "35.77",  # Jawa Timur
    "33.09", "33.07", "33.29", "33.26", "33.10", "33.72",  # Jawa Tengah; 33.26*
    "32.71", "32.02", "32.06", "32.05", "32.11", "32.10",  # Jawa Barat; 32.10*
    "36.02", "36.03", "36.71", "36.74",  # Banten
    "73.71", "73.10", "73.11", "73.73", "73.22", "73.06",  # Sulawesi Selatan; 73.06*
    "61.72", "61.02", "61.01", "61.05",  # Kalimantan Barat
)  # fmt: skip
# Where the lead partner changed during the programme, as sources show for this regency.
LEAD_CHANGED = "73.10"


@dataclass(frozen=True, slots=True)
class PlannedOrganisation:
    """`key` seeds its identifiers; `sectors` are codes; `confirmed` is the last day somebody vouched, if ever."""

    key: str
    kind: str
    name: str
    seat: str
    founded: int
    sectors: tuple[str, ...]
    confirmed: date | None
    in_safety_mode: bool = False


@dataclass(frozen=True, slots=True)
class PlannedForum:
    """A learning forum of one regency: its members by key, the lead partner first."""

    key: str
    regency: str
    formed: date
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlannedNetwork:
    """A national network and the province-level organisations it declares as its members."""

    key: str
    name: str
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LeadPartner:
    """Until None: to the programme's end."""

    regency: str
    organisation: str
    start: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Plan:
    local: tuple[PlannedOrganisation, ...]
    forums: tuple[PlannedForum, ...]
    leads: tuple[LeadPartner, ...]
    provincial: tuple[PlannedOrganisation, ...]
    networks: tuple[PlannedNetwork, ...]


SECTORS = ("PP", "DES", "SDA", "TOL", "KES", "PDK", "ADM", "SOS", "PPA", "DIS", "EKO", "ANG", "PRB", "HAM", "DIG")
# Provinces other than the programme's six, for the networks' organisations; codes only, no real village or regency.
PROVINCES = ("11", "12", "13", "16", "18", "31", "32", "33", "34", "35", "36", "51", "52", "53", "61", "64", "71", "73")


def make_plan(seed: int = SEED) -> Plan:
    """The whole plan. The same seed gives the same plan on every Python."""
    random = Random(seed)
    names = organisation_names(random)
    sizes = _sizes(random)
    local: list[PlannedOrganisation] = []
    forums: list[PlannedForum] = []
    for regency, size in zip(REGENCIES, sizes, strict=True):
        members = [_organisation(random, names, f"local/{len(local) + n:03}", regency) for n in range(size)]
        local += members
        forums.append(_forum(random, regency, members))
    forums = _shared(random, forums)
    provincial = tuple(
        _organisation(random, names, f"provincial/{n:03}", PROVINCES[n % len(PROVINCES)])
        for n in range(PROVINCIAL_ORGANISATIONS)
    )
    return Plan(tuple(local), tuple(forums), tuple(_leads(forums)), provincial, _networks(random, provincial))


def _sizes(random: Random) -> list[int]:
    """32 sizes between 9 and 16 that add up to the number of local organisations."""
    sizes = [LOCAL_ORGANISATIONS // len(REGENCIES)] * len(REGENCIES)
    for n in range(LOCAL_ORGANISATIONS % len(REGENCIES)):
        sizes[n] += 1
    for _ in range(60):
        giver, taker = random.sample(range(len(sizes)), 2)
        if sizes[giver] > 9 and sizes[taker] < 16:
            sizes[giver] -= 1
            sizes[taker] += 1
    return sizes


def _organisation(random: Random, names: Iterator[tuple[str, str]], key: str, seat: str) -> PlannedOrganisation:
    kind, name = next(names)
    return PlannedOrganisation(
        key=key,
        kind=kind,
        name=name,
        seat=seat,
        founded=random.randint(1996, 2019),
        sectors=tuple(sorted(random.sample(SECTORS, random.randint(1, 3)))),
        confirmed=date(2026, random.randint(1, 10), random.randint(1, 28)) if random.random() < 0.52 else None,
        in_safety_mode=random.random() < 0.012,
    )


def _forum(random: Random, regency: str, members: list[PlannedOrganisation]) -> PlannedForum:
    formed = date(2020, random.randint(3, 12), random.randint(1, 28))
    keys = tuple(member.key for member in members)
    return PlannedForum(f"forum/{regency}", regency, formed, keys)


def _shared(random: Random, forums: list[PlannedForum]) -> list[PlannedForum]:
    """The same forums with some organisations also in the forum of a neighbour in their province."""
    guests: dict[str, list[str]] = {forum.regency: [] for forum in forums}
    candidates = [(forum, key) for forum in forums for key in forum.members[1:]]
    for forum, key in random.sample(candidates, IN_TWO_FORUMS):
        neighbours = [f.regency for f in forums if f.regency[:2] == forum.regency[:2] and f is not forum]
        guests[random.choice(neighbours)].append(key)
    return [PlannedForum(f.key, f.regency, f.formed, (*f.members, *sorted(guests[f.regency]))) for f in forums]


def _leads(forums: list[PlannedForum]) -> Iterator[LeadPartner]:
    for forum in forums:
        if forum.regency == LEAD_CHANGED:
            yield LeadPartner(forum.regency, forum.members[1], STARTED, date(2022, 1, 1))
            yield LeadPartner(forum.regency, forum.members[0], date(2022, 1, 1), None)
        else:
            yield LeadPartner(forum.regency, forum.members[0], STARTED, None)


def _networks(random: Random, provincial: tuple[PlannedOrganisation, ...]) -> tuple[PlannedNetwork, ...]:
    """Each organisation in one network, every fifth in a second one: a sum of the networks would count too many."""
    members: list[list[str]] = [[] for _ in NETWORK_OF]
    for n, organisation in enumerate(provincial):
        home = n % len(members)
        members[home].append(organisation.key)
        if n % 5 == 0:
            members[(home + random.randint(1, len(members) - 1)) % len(members)].append(organisation.key)
    return tuple(
        PlannedNetwork(f"network/{n:02}", f"Jaringan {subject} Nusantara", tuple(keys))
        for n, (subject, keys) in enumerate(zip(NETWORK_OF, members, strict=True))
    )
