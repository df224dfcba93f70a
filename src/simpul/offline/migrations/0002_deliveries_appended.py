from django.db import migrations

from simpul.records.operations import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("offline", "0001_deliveries")]

    operations = [AppendOnly("delivery", "offline_delivery_appended", erasable=True)]
