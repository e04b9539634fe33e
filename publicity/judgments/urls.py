"""Addresses of this room, below /publicity/judgments/."""

from django.urls import path

from publicity.judgments import act_views, clear_views, desk_views, views

app_name = "judgments"
urlpatterns = [
    path("", views.index, name="index"),
    path("next/<slug:name>/", views.following, name="next"),
    path("case/<int:pk>/panel/", views.case_panel, name="case_panel"),
    path("case/<int:pk>/new/", views.new, name="new"),
    path("<int:pk>/", views.show, name="show"),
    path("<int:pk>/versions/<int:number>/", views.version, name="version"),
    path("<int:pk>/effect/", act_views.effect, name="effect"),
    path("<int:pk>/upload/", views.upload, name="upload"),
    path("<int:pk>/desk/", desk_views.desk, name="desk"),
    path("<int:pk>/desk/<int:hit>/", desk_views.decide, name="decide"),
    path("<int:pk>/desk/mark/", desk_views.mark, name="mark"),
    path("<int:pk>/desk/undo/", desk_views.undo, name="undo"),
    path("<int:pk>/submit/", views.submit, name="submit"),
    path("<int:pk>/clear/", clear_views.clear, name="clear"),
    path("<int:pk>/clear/accept/", clear_views.accept, name="accept"),
    path("<int:pk>/clear/return/", clear_views.send_back, name="send_back"),
    path("<int:pk>/publish/", views.publish, name="publish"),
    path("<int:pk>/hold/", act_views.hold, name="hold"),
    path("<int:pk>/release/", act_views.release, name="release"),
    path("<int:pk>/withdraw/", act_views.withdraw, name="withdraw"),
    path("<int:pk>/withhold/", views.withhold, name="withhold"),
    path("<int:pk>/reopen/", act_views.reopen, name="reopen"),
]
