from django.urls import path

from simpul.web.documents.views import papers, serving, uploading

app_name = "documents"

urlpatterns = [
    path("unggahan/<uuid:key>/", uploading.upload, name="upload"),
    path("berkas/<uuid:document_id>/", serving.file, name="file"),
    path("berkas/<uuid:document_id>/pratinjau/", serving.preview, name="preview"),
    path("berkas/<uuid:document_id>/versi/<int:number>/", serving.earlier, name="earlier"),
    path("jejaring/<uuid:organisation_id>/dokumen/", papers.shown, name="papers"),
    path("kelola/<uuid:key>/dokumen/", papers.kept, name="keep"),
    path("kelola/<uuid:key>/dokumen/tambah/", papers.add, name="add"),
    path("kelola/dokumen/<uuid:document_id>/ganti/", papers.replace, name="replace"),
    path("kelola/dokumen/<uuid:document_id>/ubah/", papers.describe, name="describe"),
    path("kelola/dokumen/<uuid:document_id>/hapus/", papers.remove, name="remove"),
]
