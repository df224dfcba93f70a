"""What the directory repeats of safety mode, for organisations that were hidden before it was repeated there."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def repeat_safety_mode(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    for name in ("DirectoryTerm", "DirectoryFacet"):
        rows = apps.get_model("organisations", name)._default_manager
        rows.filter(organisation__in_safety_mode=True, hidden=False).update(hidden=True)


class Migration(migrations.Migration):
    dependencies = [("organisations", "0020_hidden_in_the_directory")]
    operations = [migrations.RunPython(repeat_safety_mode, migrations.RunPython.noop, elidable=True)]
