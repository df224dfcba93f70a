from django.urls import path

from simpul.web.notices.views import inbox, sent, wishes, worker

app_name = "notices"

urlpatterns = [
    path("sw.js", worker.worker, name="worker"),
    path("pemberitahuan/", inbox.inbox, name="inbox"),
    path("pemberitahuan/baca-semua/", inbox.read_all, name="read-all"),
    path("pemberitahuan/<uuid:recipient_id>/", inbox.notice, name="notice"),
    path("pemberitahuan/terkirim/", sent.sent, name="sent"),
    path("pemberitahuan/terkirim/<uuid:notice_id>/", sent.standing, name="standing"),
    path("pemberitahuan/cara/", wishes.wishes, name="wishes"),
    path("pemberitahuan/cara/perangkat/", wishes.subscribe, name="subscribe"),
    path("pemberitahuan/cara/perangkat/<uuid:subscription_id>/lepas/", wishes.unsubscribe, name="unsubscribe"),
]
