"""Addresses of the floor, under /deadlines/."""

from django.urls import path

from deadlines.calendars import views as calendar_views
from deadlines.clocks import change_views, views
from deadlines.scan import views as scan_views

app_name = "deadlines"
urlpatterns = [
    path("", views.clock_list, name="list"),
    path("cases/<int:pk>/head/", views.case_head, name="case_head"),
    path("cases/<int:pk>/panel/", views.case_panel, name="case_panel"),
    path("clocks/<int:pk>/", views.clock_detail, name="clock"),
    path("clocks/<int:pk>/alerts/", scan_views.clock_alerts, name="clock_alerts"),
    path("clocks/<int:pk>/interval/", change_views.add_interval, name="add_interval"),
    path("clocks/<int:pk>/resume/", change_views.end_interval, name="end_interval"),
    path("clocks/<int:pk>/void/", change_views.void_interval, name="void_interval"),
    path("clocks/<int:pk>/extension/", change_views.add_extension, name="add_extension"),
    path("clocks/<int:pk>/decision/", change_views.decide_extension, name="decide_extension"),
    path("clocks/<int:pk>/restart/", change_views.restart, name="restart"),
    path("clocks/<int:pk>/convert/", change_views.convert, name="convert"),
    path("calendar/", calendar_views.year_page, name="calendar"),
    path("calendar/panel/", calendar_views.desk_panel, name="calendar_panel"),
    path("scans/", scan_views.scans, name="scans"),
]
