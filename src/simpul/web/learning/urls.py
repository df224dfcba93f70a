from django.urls import path

from simpul.web.learning.views import consultations, forums, keeping, library, results, shelving, stages, together

app_name = "learning"

urlpatterns = [
    path("belajar/", together.together, name="together"),
    path("forum-belajar/", forums.index, name="forums"),
    path("forum-belajar/<uuid:forum_id>/", forums.forum, name="forum"),
    path("forum-belajar/<uuid:forum_id>/tahap/", stages.reach, name="stage-new"),
    path("forum-belajar/tahap/<uuid:stage_id>/tarik/", stages.withdraw, name="stage-withdraw"),
    path("forum-belajar/tahap/<uuid:stage_id>/berkas/", stages.add_paper, name="stage-paper"),
    path("kegiatan/<uuid:event_id>/hasil/", results.results, name="results"),
    path("kelola/kegiatan/<uuid:event_id>/hasil/masukan/", results.input_new, name="input-new"),
    path("kelola/kegiatan/<uuid:event_id>/hasil/suara/", results.voice_new, name="voice-new"),
    path("kelola/kegiatan/<uuid:event_id>/hasil/kesepakatan/", results.outcome_new, name="outcome-new"),
    path("kelola/kegiatan/<uuid:event_id>/hasil/surat/", results.served, name="served"),
    path("kelola/hasil/<slug:kind>/<uuid:row_id>/tarik/", results.result_withdraw, name="result-withdraw"),
    path("konsultasi/", consultations.index, name="consultations"),
    path("konsultasi/tanya/", consultations.ask, name="consultation-new"),
    path("konsultasi/<uuid:key>/", consultations.consultation, name="consultation"),
    path("konsultasi/<uuid:key>/ubah/", consultations.change, name="consultation-change"),
    path("konsultasi/<uuid:key>/terbitkan/", consultations.publish, name="consultation-publish"),
    path("konsultasi/<uuid:key>/pertemuan/", consultations.meeting, name="consultation-meeting"),
    path("konsultasi/<uuid:key>/suara/", consultations.voice, name="consultation-voice"),
    path("konsultasi/<uuid:key>/jawaban/", consultations.answer, name="consultation-answer"),
    path("pustaka/", library.shelf, name="library"),
    path("pustaka/sw.js", keeping.worker, name="library-worker"),
    path("pustaka/di-ponsel/", keeping.on_this_phone, name="on-this-phone"),
    path("pustaka/tambah/", shelving.add, name="item-new"),
    path("pustaka/bacaan/", library.readings, name="readings"),
    path("pustaka/<uuid:item_id>/", library.item, name="item"),
    path("pustaka/<uuid:item_id>/ubah/", shelving.change, name="item-change"),
    path("pustaka/<uuid:item_id>/terbitkan/", shelving.publish, name="item-publish"),
    path("pustaka/<uuid:item_id>/turunkan/", shelving.withdraw, name="item-withdraw"),
    path("pustaka/<uuid:item_id>/tulis/", shelving.edition_new, name="edition-new"),
    path("pustaka/<uuid:item_id>/dibaca/", library.read, name="reading-new"),
    path("pustaka/<uuid:item_id>/<slug:language>/", library.edition, name="edition"),
    path("pustaka/<uuid:item_id>/<slug:language>/tulis/", shelving.edition_change, name="edition-change"),
    path("pustaka/<uuid:item_id>/<slug:language>/berkas/", shelving.edition_file, name="edition-file"),
]
