from django.urls import path

from simpul.web.notices.views import inbox

app_name = "notices"

urlpatterns = [
    path("pemberitahuan/", inbox.inbox, name="inbox"),
    path("pemberitahuan/baca-semua/", inbox.read_all, name="read-all"),
    path("pemberitahuan/<uuid:recipient_id>/", inbox.notice, name="notice"),
]
