from django.urls import path

from simpul.web.cases.desk.views import file, handover, helping, opening, parties, progress, sight, worklist

app_name = "cases"

urlpatterns = [
    path("kasus/", worklist.worklist, name="list"),
    path("kasus/baru/", opening.new, name="new"),
    path("kasus/kertas/", opening.paper, name="paper"),
    path("kasus/<uuid:case_id>/", file.case, name="case"),
    path("kasus/<uuid:case_id>/orang/", file.people, name="people"),
    path("kasus/<uuid:case_id>/orang/tambah/", parties.add, name="party-add"),
    path("kasus/orang/<uuid:party_id>/", parties.change, name="party"),
    path("kasus/orang/<uuid:party_id>/jenis/", parties.types, name="types"),
    path("kasus/orang/<uuid:party_id>/kerentanan/", parties.tags, name="tags"),
    path("kasus/orang/<uuid:party_id>/persetujuan/", parties.consent, name="consent"),
    path("kasus/orang/<uuid:party_id>/kata-anak/", parties.assent, name="assent"),
    path("kasus/persetujuan/<uuid:consent_id>/tarik/", parties.withdraw, name="consent-withdraw"),
    path("kasus/persetujuan/<uuid:consent_id>/berhenti/", parties.stopped, name="consent-stopped"),
    path("kasus/<uuid:case_id>/pilah/", progress.triage, name="triage"),
    path("kasus/<uuid:case_id>/cerita/", progress.story, name="story"),
    path("kasus/<uuid:case_id>/langkah/", progress.move, name="move"),
    path("kasus/<uuid:case_id>/tutup/", progress.close, name="close"),
    path("kasus/<uuid:case_id>/buka-lagi/", progress.reopen, name="reopen"),
    path("kasus/<uuid:case_id>/polisi/", progress.police, name="police"),
    path("kasus/<uuid:case_id>/jeda/<uuid:clock_id>/", progress.pause, name="pause"),
    path("kasus/<uuid:case_id>/kebutuhan/", helping.need, name="need"),
    path("kasus/<uuid:case_id>/layanan/", helping.service, name="service"),
    path("kasus/<uuid:case_id>/bantuan/", helping.plan_and_papers, name="help"),
    path("kasus/<uuid:case_id>/dokumen/", helping.document, name="document"),
    path("kasus/<uuid:case_id>/rencana/", helping.plan, name="plan"),
    path("kasus/<uuid:case_id>/janji/", helping.appointment, name="appointment"),
    path("kasus/<uuid:case_id>/biaya/", helping.cost, name="cost"),
    path("kasus/<uuid:case_id>/yang-melihat/", sight.seen, name="seen"),
    path("kasus/<uuid:case_id>/pendamping/", sight.assign, name="assign"),
    path("kasus/<uuid:case_id>/ganti/", handover.replace, name="replace"),
    path("kasus/<uuid:case_id>/jangan-perlihatkan/", sight.hide, name="hide"),
    path("kasus/<uuid:case_id>/bawa/", sight.escalate, name="escalate"),
    path("kasus/<uuid:case_id>/bawa/selesai/", sight.settle, name="settle"),
    path("kasus/<uuid:case_id>/mirip/", sight.alike, name="alike"),
    path("kasus/<uuid:case_id>/dua-isian/", sight.clashes, name="clashes"),
]
