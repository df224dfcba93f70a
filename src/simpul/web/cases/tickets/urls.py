from django.urls import path

from simpul.web.cases.tickets import outreach, queue

app_name = "tickets"

urlpatterns = [
    path("antrean/", queue.tickets, name="list"),
    path("antrean/baru/", queue.new, name="new"),
    path("antrean/<uuid:ticket_id>/", queue.ticket, name="ticket"),
    path("antrean/<uuid:ticket_id>/tambah/", queue.add, name="add"),
    path("antrean/orang/<uuid:entry_id>/", queue.results, name="results"),
    path("antrean/orang/<uuid:entry_id>/benar/", queue.correct, name="correct"),
    path("antrean/orang/<uuid:entry_id>/pakai/", queue.allow, name="allow"),
    path("antrean/orang/<uuid:entry_id>/keluarkan/", queue.remove, name="remove"),
    path("penjangkauan/", outreach.events, name="outreach"),
    path("penjangkauan/baru/", outreach.new, name="outreach-new"),
    path("penjangkauan/<uuid:event_id>/tarik/", outreach.withdraw, name="outreach-withdraw"),
]
