"""The inbox."""

from django.urls import path

from courtcms.notices import views

app_name = "notices"
urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("<int:pk>/", views.open_notice, name="open"),
    path("read/", views.mark_read, name="read"),
    path("digest/", views.digest_settings, name="digest"),
    path("outgoing/", views.outgoing, name="outgoing"),
]
