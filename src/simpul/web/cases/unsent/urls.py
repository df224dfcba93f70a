from django.urls import path

from simpul.web.cases.unsent import views

app_name = "unsent"

urlpatterns = [
    path("kasus/baru/tanpa-sinyal/", views.shell, name="shell"),
    path("kasus/baru/sw.js", views.worker, name="worker"),
    path("kasus/baru/kirim/", views.deliver, name="deliver"),
    path("kasus/baru/lanjut/", views.resume, name="resume"),
]
