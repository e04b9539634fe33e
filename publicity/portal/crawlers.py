"""What machines read: robots.txt, the site map in parts, the Atom feed of new publications."""

from __future__ import annotations

from typing import Any

from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from courtcms.core import clock
from courtcms.core.context import court_name
from publicity.portal import selectors, services
from publicity.portal.models import Judgment

#: documents in a part; the standard allows 50,000 parts
PART, MOST_PARTS = 5000, 50_000
NEWEST = 50


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Documents may be indexed; endless combinations of filters may not."""
    lines = [
        "User-agent: *",
        "Disallow: /judgments/?",
        "Disallow: /en/judgments/?",
        "Disallow: /my-case/",
        "Disallow: /en/my-case/",
        "Disallow: /api/",
        f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Index of the parts of the site map that hold documents."""
    site = request.build_absolute_uri("/").rstrip("/")
    addresses = [site + reverse("sitemap-part", args=[part]) for part in selectors.sitemap_parts(PART)]
    entries = "".join(f"<sitemap><loc>{address}</loc></sitemap>" for address in addresses)
    return _xml(f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</sitemapindex>')


@require_safe
def sitemap_part(request: HttpRequest, part: int) -> HttpResponse:
    """Up to 5,000 documents; a document stays in its part as long as it stands."""
    if not 1 <= part <= MOST_PARTS:
        raise Http404
    site = request.build_absolute_uri("/").rstrip("/")
    entries = [
        f"<url><loc>{site}{services.path_of(public_id)}</loc><lastmod>{day}</lastmod></url>"
        for public_id, day in selectors.sitemap_ids(part, PART)
    ]
    if not entries:
        raise Http404
    return _xml(f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{"".join(entries)}</urlset>')


def _xml(body: str) -> HttpResponse:
    return HttpResponse(
        f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n', content_type="application/xml; charset=utf-8"
    )


class NewJudgments(Feed):
    """The newest publications; a withdrawn document leaves the feed at once."""

    feed_type = Atom1Feed

    def title(self) -> str:
        return _("%(court)s：新公布的裁判文书") % {"court": court_name()}

    def link(self) -> str:
        return reverse("portal:search")

    def author_name(self) -> str:
        return court_name()

    def items(self) -> list[Judgment]:
        return selectors.newest(NEWEST)

    def item_title(self, item: Judgment) -> str:
        return item.title

    def item_description(self, item: Judgment) -> str:
        return f"{item.case_number} {item.cause_label} {item.outcome_label}".strip()

    def item_link(self, item: Judgment) -> str:
        return services.path_of(item.public_id)

    def item_guid(self, item: Judgment) -> str:
        return f"urn:courtcms:{item.public_id}:{item.version}"

    def item_updateddate(self, item: Judgment) -> Any:
        return item.pushed_at

    def item_pubdate(self, item: Judgment) -> Any:
        return clock.start_of_day(item.published_on)
