"""The staff site and its API."""

from django.urls import include, path

urlpatterns = [
    path("", include("courtcms.desks.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
]
