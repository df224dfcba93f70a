from django.urls import path

from simpul.web.cases.rights import answering, breaches, keeping, papers, requests

app_name = "rights"

urlpatterns = [
    path("hak/", requests.queue, name="list"),
    path("hak/baru/", requests.new, name="new"),
    path("hak/diterima/", requests.received, name="received"),
    path("hak/simpan/", keeping.rules, name="keeping-rules"),
    path("hak/kegagalan/", breaches.record, name="breaches"),
    path("hak/kegagalan/baru/", breaches.new, name="breach-new"),
    path("hak/kegagalan/<uuid:key>/", breaches.one, name="breach"),
    path("hak/kegagalan/<uuid:key>/surat/<str:to>/", breaches.letter, name="breach-letter"),
    path("hak/dokumen/", papers.papers, name="papers"),
    path("hak/<uuid:key>/", requests.one, name="one"),
    path("hak/<uuid:key>/bukti/", requests.identity, name="identity"),
    path("hak/<uuid:key>/berkas/", requests.file, name="file"),
    path("hak/<uuid:key>/berkas/pilih/", requests.choose, name="choose"),
    path("hak/<uuid:key>/lakukan/", answering.grant, name="grant"),
    path("hak/<uuid:key>/tidak-ada/", answering.refuse, name="refuse"),
    path("hak/<uuid:key>/jawaban/", answering.told, name="told"),
    path("hak/<uuid:key>/jawaban/cetak/", answering.told_on_paper, name="told-paper"),
    path("hak/<uuid:key>/salinan/", answering.copy, name="copy"),
    path("hak/kasus/<uuid:case_id>/", keeping.case, name="case"),
    path("hak/kasus/<uuid:case_id>/batasi/", keeping.restrict, name="restrict"),
    path("hak/kasus/<uuid:case_id>/batasi/<uuid:key>/", keeping.use, name="use"),
    path("hak/kasus/<uuid:case_id>/tahan/", keeping.hold, name="hold"),
    path("hak/kasus/<uuid:case_id>/perpanjang/", keeping.extend, name="extend"),
    path("hak/kasus/<uuid:case_id>/hapus/", keeping.erase, name="erase"),
]
