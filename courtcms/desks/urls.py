"""Where everyone lands after signing in, and the trail."""

from django.urls import path

from courtcms.desks import audit_views, views

urlpatterns = [
    path("", views.desk, name="desk"),
    path("audit/", audit_views.trail, name="audit_trail"),
    path("audit/verify/", audit_views.verify, name="audit_verify"),
    path("audit/<int:pk>/", audit_views.entry, name="audit_entry"),
]
