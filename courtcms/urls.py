"""The staff site and its API."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from courtcms.core import views as core_views
from courtcms.core.health import healthz, readyz
from deadlines.hearings.feed_views import calendar

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("i18n/setlang/", login_not_required(set_language), name="set_language"),
    path("display/", core_views.display, name="display"),
    path("", include("courtcms.desks.urls")),
    path("", include("courtcms.accounts.urls")),
    path("inbox/", include("courtcms.notices.urls")),
    path("approvals/", include("courtcms.approvals.urls")),
    path("files/", include("courtcms.files.urls")),
    path("deadlines/", include("deadlines.urls")),
    path("hearings/", include("deadlines.hearings.urls")),
    path("calendar/<str:token>.ics", calendar, name="calendar_feed"),
    path("publicity/batches/", include("publicity.batches.urls")),
    path("publicity/judgments/", include("publicity.judgments.urls")),
    path("publicity/process/", include("publicity.process_info.urls")),
    path("publicity/reports/", include("publicity.reports.urls")),
    path("cases/", include("cases.urls")),
    path("appraisal/", include("cases.appraisal.urls")),
    path("preservation/", include("cases.preservation.urls")),
    path("oversight/", include("oversight.escalation.urls")),
    path("api/v1/", include("courtcms.api")),
]
if settings.COMPONENT_GALLERY:
    urlpatterns.append(path("design/", core_views.design, name="design"))

handler400 = core_views.bad_request
handler403 = core_views.denied
handler404 = core_views.not_found
handler500 = core_views.server_error
