"""How far a network of networks reaches."""

from django.db.models import QuerySet
from django.db.models.functions import Substr

from simpul.kernel.localized import LocalizedText
from simpul.organisations.facts.networks import declared_reaches, direct_members, reach
from simpul.organisations.kinds import NETWORKS
from simpul.organisations.models import Organisation
from simpul.organisations.rules.organisations import visible_to
from simpul.results.indicators import describing
from simpul.results.indicators.declaration import Declared, Indicator, Part, Stated, Subject
from simpul.results.questions import Question
from simpul.results.sources import Dimension, QuerySource, Source

BY_PROVINCE = Dimension(LocalizedText(id="Provinsi", en="Province"), "province_code", describing.area_names)


def of_province(rows: QuerySet[Organisation], question: Question) -> QuerySet[Organisation]:
    """Those of the area asked for, by where they are seated, with `province_code`."""
    if question.area_code:
        rows = rows.filter(seat__code__within=question.area_code)
    return rows.annotate(province_code=Substr("seat_id", 1, 2)).select_related("seat")


def _source(rows: QuerySet[Organisation], question: Question) -> Source:
    return QuerySource(
        of_province(rows, question),
        "pk",
        describing.organisations,
        listable=visible_to(question.actor),
        dimensions={"province": BY_PROVINCE},
    )


def member_networks(question: Question) -> Source:
    rows = direct_members(question.subject, day=question.as_of, as_of=question.known_at)
    return _source(rows.filter(kind__in=NETWORKS), question)


def reached(question: Question) -> Source:
    return _source(
        reach(question.subject, day=question.as_of, as_of=question.known_at, reader=question.actor), question
    )


def said(question: Question) -> Stated | None:
    """What the network last said of itself by that day; of all of it, so never for one area."""
    if question.area_code:
        return None
    row = declared_reaches(question.subject, day=question.as_of, as_of=question.known_at).first()
    return Stated(row.count, row.declared_on, approximate=row.is_approximate) if row else None


F17 = Indicator(
    code="F17",
    version=2,
    subject=Subject.NETWORK,
    name=LocalizedText(id="Jaringan anggota dan jangkauannya", en="Member networks and their reach"),
    definition=LocalizedText(
        id="Jaringan yang menjadi anggota langsung pada hari itu. Di sampingnya: organisasi, bukan jaringan, yang "
        "terjangkau lewat berapa pun tingkat keanggotaan, masing-masing dihitung sekali. Yang disembunyikan demi "
        "keselamatannya tidak ikut dihitung; jumlah sebenarnya bisa lebih tinggi.",
        en="Networks that are direct members on that day. Beside them: organisations, not networks, reached through "
        "any number of levels of membership, each counted once. Those hidden for their safety are not counted; the "
        "true number can be higher.",
    ),
    parts=(
        Part(
            "networks",
            LocalizedText(id="Jaringan anggota langsung", en="Direct member networks"),
            member_networks,
            LocalizedText(id="jaringan", en="networks"),
        ),
        Part(
            "reach",
            LocalizedText(id="Organisasi yang terjangkau", en="Organisations reached"),
            reached,
            LocalizedText(id="organisasi", en="organisations"),
        ),
    ),
    declared=Declared(LocalizedText(id="Jangkauan menurut jaringan sendiri", en="Reach in its own words"), said),
    at_a_glance=2,
)
