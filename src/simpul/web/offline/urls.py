from django.urls import path

from simpul.web.offline import views
from simpul.web.offline.views import notes

app_name = "offline"

urlpatterns = [
    path("hadir/sw.js", views.worker, name="worker"),
    path("hadir/tanpa-sinyal/", views.shell, name="shell"),
    path("hadir/kirim/", views.deliver, name="deliver"),
    path("hadir/sesi/<uuid:session_id>/tanpa-sinyal/", views.door, name="door"),
    path("hadir/sesi/<uuid:session_id>/bekal/", views.kit, name="kit"),
    path("hadir/sesi/<uuid:session_id>/catatan/", notes.notes, name="notes"),
    path("hadir/catatan-rapat/<uuid:note_id>/", notes.note, name="note"),
]
