"""`/appraisal/`."""

from django.urls import path

from cases.appraisal import views

app_name = "appraisal"
urlpatterns = [
    path("", views.entrustment_list, name="list"),
    path("institutions/", views.institutions, name="institutions"),
    path("institutions/new/", views.institution, name="institution_new"),
    path("institutions/<int:pk>/", views.institution, name="institution"),
    path("cases/<int:pk>/new/", views.propose, name="propose"),
    path("cases/<int:pk>/panel/", views.case_panel, name="case_panel"),
    path("letters/<int:pk>/", views.letter, name="letter"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/<slug:key>/", views.perform, name="perform"),
]
