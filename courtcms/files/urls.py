"""Files are opened by number; whoever may not see the case gets 403."""

from django.urls import path

from courtcms.files import views

app_name = "files"
urlpatterns = [path("<int:pk>/", views.download, name="download")]
