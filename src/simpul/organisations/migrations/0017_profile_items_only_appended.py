from django.db import migrations

from simpul.records.operations import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("organisations", "0016_profile_items")]

    operations = [
        AppendOnly("ProfileItem", "organisations_profileitem_kept", ("superseded_at",), erasable=True),
    ]
