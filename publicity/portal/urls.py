"""Addresses of the public pages; Chinese without a prefix, English below /en/."""

from django.urls import path

from publicity.portal import file_views, hearing_views, mycase_views, report_views, views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("judgments/", views.search, name="search"),
    path("judgments/<slug:public_id>/", views.judgment, name="judgment"),
    path("judgments/<slug:public_id>/text/", views.text, name="text"),
    path("judgments/<slug:public_id>/docx/", file_views.download, {"form": "docx"}, name="docx"),
    path("judgments/<slug:public_id>/pdf/", file_views.download, {"form": "pdf"}, name="pdf"),
    path("judgments/<slug:public_id>/xml/", file_views.download, {"form": "xml"}, name="xml"),
    path("bulk.ndjson", file_views.bulk, name="bulk"),
    path("judgments/<slug:public_id>/report/", report_views.report, name="report"),
    path("hearings/", hearing_views.hearings, name="hearings"),
    path("my-case/", mycase_views.my_case, name="my_case"),
    path("my-case/leave/", mycase_views.leave, name="leave_my_case"),
    path("notices/", views.notices, name="notices"),
    path("withdrawals/", views.withdrawals, name="withdrawals"),
    path("statistics/", views.statistics, name="statistics"),
    path("about/", views.about, name="about"),
]
