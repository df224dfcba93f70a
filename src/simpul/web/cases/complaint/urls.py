from django.urls import path

from simpul.web.cases.complaint import status, views

app_name = "complaint"

# Plain addresses: what stays in a browser's history says nothing of what was written.
urlpatterns = [
    path("adu/", views.start, name="start"),
    path("adu/<int:number>/", views.step, name="step"),
    path("adu/periksa/", views.check, name="check"),
    path("adu/kirim/", views.send, name="send"),
    path("adu/keluar/", views.leave, name="leave"),
    path("resi/", status.receipt, name="receipt"),
]
