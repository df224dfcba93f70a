from django.db import migrations

from simpul.search.fulltext import full_text


class Migration(migrations.Migration):
    dependencies = [("search", "0001_entries")]

    operations = [full_text()]
