"""Addresses of this room, below /publicity/batches/."""

from django.urls import path

from publicity.batches import views

app_name = "batches"
urlpatterns = [
    path("", views.index, name="index"),
    path("<int:pk>/", views.show, name="show"),
]
