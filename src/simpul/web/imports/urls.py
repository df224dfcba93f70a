from django.urls import path

from simpul.web.imports.views import deciding, ending, files, formwords, looking, naming, start, teaching

app_name = "imports"

urlpatterns = [
    path("impor/", start.home, name="home"),
    path("impor/<slug:kind>/baru/", start.upload, name="upload"),
    path("impor/<slug:kind>/contoh.xlsx", files.template, name="template"),
    path("impor/<uuid:key>/", looking.batch, name="batch"),
    path("impor/<uuid:key>/tabel/", naming.table, name="table"),
    path("impor/<uuid:key>/kolom/", naming.columns, name="columns"),
    path("impor/<uuid:key>/formulir/", formwords.form, name="form"),
    path("impor/<uuid:key>/kata/", teaching.words, name="words"),
    path("impor/<uuid:key>/salah.xlsx", files.faults, name="faults"),
    path("impor/<uuid:key>/baris/<uuid:row>/", looking.mend, name="mend"),
    path("impor/<uuid:key>/kembar/", deciding.doubles, name="doubles"),
    path("impor/<uuid:key>/kembar/semua/", deciding.all_alike, name="all-alike"),
    path("impor/<uuid:key>/kembar/<uuid:row>/", deciding.decide, name="decide"),
    path("impor/<uuid:key>/simpan/", ending.confirm, name="confirm"),
    path("impor/<uuid:key>/buang/", ending.drop, name="drop"),
    path("impor/<uuid:key>/urungkan/", ending.undo, name="undo"),
]
