"""Addresses of this room, below /publicity/reports/."""

from django.urls import path

from publicity.reports import views

app_name = "reports"
urlpatterns = [
    path("", views.index, name="index"),
    path("<int:pk>/", views.show, name="show"),
    path("<int:pk>/hold/", views.hold, name="hold"),
    path("<int:pk>/answer/", views.answer, name="answer"),
]
