"""Batches, approvals and everything published are appended. Sealed columns may be sealed anew; progress is told over."""

from django.db import migrations

from simpul.records.operations import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("releases", "0001_books_and_releases")]

    operations = [
        AppendOnly("book", "releases_book_appended"),
        AppendOnly("batch", "releases_batch_appended", sealed=["data", "held"]),
        AppendOnly(
            "proposal",
            "releases_proposal_appended",
            ["batch_id", "computed_at", "digest", "refused_at", "refusal", "withdrawn_at", "withdrawn_by", "reason"],
            sealed=["content", "costs", "done", "total"],
        ),
        AppendOnly("approval", "releases_approval_appended"),
        AppendOnly("release", "releases_release_appended", sealed=["certificate"]),
        AppendOnly("publishedcell", "releases_publishedcell_appended"),
        AppendOnly("annotation", "releases_annotation_appended"),
    ]
