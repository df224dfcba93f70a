"""Whom one told of a failure, and what was done about it, stays as it was written."""

from django.db import migrations

from simpul.records.operations import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("cases", "0021_breaches_and_persons_erased")]

    operations = [AppendOnly("breachstep", "cases_breachstep_appended", erasable=True, sealed=["words"])]
