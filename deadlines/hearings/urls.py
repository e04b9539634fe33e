"""Addresses of hearings, under /hearings/."""

from django.urls import path

from deadlines.hearings import act_views, bulk_views, feed_views, hours_views, views

app_name = "hearings"
urlpatterns = [
    path("", views.week, name="week"),
    path("month/", views.month, name="month"),
    path("day/", views.day, name="day"),
    path("list/", views.listing, name="list"),
    path("certainty/", views.certainty, name="certainty"),
    path("desk-panel/", views.desk_panel, name="desk_panel"),
    path("cases/<int:pk>/panel/", views.case_panel, name="case_panel"),
    path("cases/<int:pk>/new/", act_views.new, name="new"),
    path("<int:pk>/", views.show, name="show"),
    path("<int:pk>/summons/", views.summons, name="summons"),
    path("<int:pk>/move/", act_views.move, name="move"),
    path("<int:pk>/hold/", act_views.hold, name="hold"),
    path("<int:pk>/adjourn/", act_views.adjourn, name="adjourn"),
    path("<int:pk>/cancel/", act_views.cancel, name="cancel"),
    path("bulk/", bulk_views.bulk, name="bulk"),
    path("hours/", hours_views.hours, name="hours"),
    path("feeds/", feed_views.feeds, name="feeds"),
    path("feeds/<int:pk>/revoke/", feed_views.revoke, name="revoke_feed"),
]
