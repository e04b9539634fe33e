"""Addresses of the escalations, under /oversight/."""

from django.urls import path

from oversight.escalation import views

app_name = "escalations"
urlpatterns = [
    path("escalations/", views.inbox, name="inbox"),
    path("escalations/bulk/", views.bulk, name="bulk"),
    path("escalations/<int:pk>/", views.detail, name="detail"),
    path("escalations/<int:pk>/measure/", views.measure, name="measure"),
    path("escalations/<int:pk>/explain/", views.explain, name="explain"),
    path("escalations/<int:pk>/report/", views.report, name="report"),
    path("cases/<int:pk>/panel/", views.case_panel, name="case_panel"),
    path("desk/panel/", views.desk_panel, name="desk_panel"),
    path("ladder/", views.ladder, name="ladder"),
]
