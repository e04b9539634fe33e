"""Addresses of this room, below /publicity/process/."""

from django.urls import path

from publicity.process_info import views

app_name = "process"
urlpatterns = [
    path("cases/<int:pk>/panel/", views.case_panel, name="case_panel"),
    path("cases/<int:pk>/", views.codes, name="codes"),
    path("cases/<int:pk>/issue/", views.issue, name="issue"),
    path("codes/<int:pk>/revoke/", views.revoke, name="revoke"),
    path("parties/<int:pk>/", views.preview, name="preview"),
]
