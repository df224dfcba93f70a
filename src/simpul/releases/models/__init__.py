"""Closed months, proposals with their approvals, and what was released."""

from simpul.releases.models.batches import Batch, Book
from simpul.releases.models.proposals import Approval, Proposal
from simpul.releases.models.published import Annotation, Head, PublishedCell, Release

__all__ = ["Annotation", "Approval", "Batch", "Book", "Head", "Proposal", "PublishedCell", "Release"]
