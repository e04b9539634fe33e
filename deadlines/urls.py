"""Addresses of the floor, under /deadlines/."""

from django.urls import path

from deadlines.calendars import closure_views
from deadlines.calendars import views as calendar_views
from deadlines.changes import letter_views as letters
from deadlines.changes import views as changes
from deadlines.clocks import change_views, views
from deadlines.longpending import views as longpending_views
from deadlines.rulebook import views as limit_views
from deadlines.scan import views as scan_views
from deadlines.signals import views as signal_views

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
    path("clocks/<int:pk>/ask/", changes.ask, name="ask"),
    path("clocks/<int:pk>/what-if/", changes.what_if, name="what_if"),
    path("clocks/<int:pk>/plain/", changes.plain_page, name="plain"),
    path("changes/", changes.change_list, name="changes"),
    path("changes/<int:pk>/", changes.change_detail, name="change"),
    path("changes/notices/<int:pk>/", changes.party_notice, name="party_notice"),
    path("changes/notices/<int:pk>/objection/", changes.objection, name="objection"),
    path("changes/letters/<int:pk>/", letters.letter, name="letter"),
    path("changes/letters/<int:pk>/sent/", letters.dispatch, name="letter_sent"),
    path("changes/letters/<int:pk>/receipt/", letters.receipt, name="letter_receipt"),
    path("changes/letters/<int:pk>/answer/", letters.answer, name="letter_answer"),
    path("limits/", limit_views.limits, name="limits"),
    path("limits/<slug:rule_id>/", limit_views.limit, name="limit"),
    path("limits/<slug:rule_id>/target/", limit_views.propose, name="target"),
    path("lower/", letters.lower_list, name="lower_list"),
    path("lower/new/", letters.lower_new, name="lower_new"),
    path("lower/<int:pk>/", letters.lower_detail, name="lower"),
    path("calendar/", calendar_views.year_page, name="calendar"),
    path("calendar/closures/", closure_views.close_days, name="calendar_close"),
    path("calendar/reopening/", closure_views.reopen, name="calendar_reopen"),
    path("calendar/panel/", calendar_views.desk_panel, name="calendar_panel"),
    path("scans/", scan_views.scans, name="scans"),
    path("signals/", signal_views.signals, name="signals"),
    path("signals/<int:pk>/", signal_views.signal, name="signal"),
    path("signals/<int:pk>/answer/", signal_views.answer, name="signal_answer"),
    path("signals/<int:pk>/review/", signal_views.review, name="signal_review"),
    path("longpending/", longpending_views.board, name="longpending"),
    path("longpending/cases/", longpending_views.cases, name="longpending_list"),
    path("longpending/export/", longpending_views.export, name="longpending_export"),
]
