"""The public site and nothing else. Pages are Chinese without a prefix and English below /en/; no cookie decides."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from django.views.decorators.cache import cache_control

from courtcms.core.health import healthz
from publicity.portal import crawlers

ask_again = cache_control(public=True, max_age=0, must_revalidate=True)
urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("api/v1/", include("publicity.portal.api_urls")),
    path("robots.txt", crawlers.robots, name="robots"),
    path("sitemap.xml", ask_again(crawlers.sitemap), name="sitemap"),
    path("sitemap-<int:part>.xml", ask_again(crawlers.sitemap_part), name="sitemap-part"),
    path("feed.atom", ask_again(crawlers.NewJudgments()), name="feed"),
    *i18n_patterns(path("", include("publicity.portal.urls")), prefix_default_language=False),
]
handler400 = "courtcms.core.views.bad_request"
handler403 = "courtcms.core.views.denied"
handler404 = "publicity.portal.views.not_found"
handler500 = "courtcms.core.views.server_error"
