from django.urls import path

from simpul.web.cases.supervision import views

app_name = "supervision"

urlpatterns = [
    path("pengawasan/", views.groups, name="groups"),
    path("pengawasan/<uuid:organisation_id>/", views.workload, name="workload"),
    path("pengawasan/<uuid:organisation_id>/jawaban/", views.answers, name="answers"),
]
