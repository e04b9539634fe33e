"""The public site and nothing else."""

from django.urls import include, path

urlpatterns = [
    path("", include("publicity.portal.urls")),
]
