"""The surfaces of the public site, and what each is owed when a document is published or taken away. Pure data."""

from __future__ import annotations

#: page, its files, and every place that tells of a document
SURFACES = ("page", "text", "docx", "pdf", "xml", "search", "list", "feed", "sitemap", "api", "bulk")
#: acts after which a document has to stand on every surface, and those after which it must stand on none
SHOWS, HIDES = ("publish", "release"), ("withdraw", "hold")
