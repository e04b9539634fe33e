"""`/preservation/`."""

from django.urls import path

from cases.preservation import views

app_name = "preservation"
urlpatterns = [
    path("", views.measure_list, name="list"),
    path("lapses/", views.lapses, name="lapses"),
    path("cases/<int:pk>/new/", views.apply, name="apply"),
    path("cases/<int:pk>/panel/", views.case_panel, name="case_panel"),
    path("notices/<int:pk>/", views.notice, name="notice"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/<slug:key>/", views.perform, name="perform"),
]
