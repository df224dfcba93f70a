from django.urls import path

from simpul.web.responses import files
from simpul.web.responses.views import lines, needs, overview, reports, responses

app_name = "responses"

urlpatterns = [
    path("tanggap/", overview.index, name="index"),
    path("tanggap/buka/", responses.open_new, name="open"),
    path("tanggap/<uuid:key>/", overview.response_page, name="response"),
    path("tanggap/<uuid:key>/ubah/", responses.change, name="change"),
    path("tanggap/<uuid:key>/terbitkan/", responses.publish, name="publish"),
    path("tanggap/<uuid:key>/terjangkau/", overview.reached, name="reached"),
    path("tanggap/<uuid:key>/ganda/", overview.overlaps, name="overlaps"),
    path("tanggap/<uuid:key>/kegiatan/", lines.index, name="lines"),
    path("tanggap/<uuid:key>/kegiatan/catat/", lines.add, name="line-add"),
    path("tanggap/kegiatan/<uuid:line>/", lines.line_page, name="line"),
    path("tanggap/kegiatan/<uuid:line>/perbarui/", lines.change, name="line-change"),
    path("tanggap/kegiatan/<uuid:line>/tarik/", lines.withdraw, name="line-withdraw"),
    path("tanggap/<uuid:key>/kebutuhan/", needs.index, name="needs"),
    path("tanggap/<uuid:key>/kebutuhan/lapor/", needs.add, name="need-add"),
    path("tanggap/kebutuhan/<uuid:line>/", needs.need_page, name="need"),
    path("tanggap/kebutuhan/<uuid:line>/perbarui/", needs.change, name="need-change"),
    path("tanggap/kebutuhan/<uuid:line>/tarik/", needs.withdraw, name="need-withdraw"),
    path("tanggap/<uuid:key>/laporan/", reports.index, name="reports"),
    path("tanggap/<uuid:key>/laporan/tulis/", reports.write, name="report-write"),
    path("tanggap/laporan/<uuid:key>/", reports.report_page, name="report"),
    path("tanggap/laporan/<uuid:key>/ubah/", reports.change, name="report-change"),
    path("tanggap/laporan/<uuid:key>/terbitkan/", reports.publish, name="report-publish"),
    path("tanggap/laporan/<uuid:key>.pdf", files.report_pdf, name="report-pdf"),
]
