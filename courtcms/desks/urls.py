"""Where everyone lands after signing in."""

from django.urls import path

from courtcms.desks import views

urlpatterns = [path("", views.desk, name="desk")]
