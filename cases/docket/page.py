"""What the case page shows, gathered with a fixed number of queries."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cases.docket.forms import EntryForm
from cases.docket.kinds import stage_name
from cases.docket.rules import menu
from cases.docket.selectors import GROUPS, stages, timeline
from cases.intake import selectors
from cases.intake.models import Case
from courtcms.accounts.policy import allowed
from courtcms.core import clock
from courtcms.core.panels import panels_for
from courtcms.files.models import StoredFile


def bench_words(case: Case) -> list[tuple[str, str]]:
    """Places and names for the facts row; several holders of a place are joined."""
    found: dict[str, list[str]] = {}
    for member in selectors.bench(case):
        found.setdefault(str(member.get_role_display()), []).append(member.user.display_name)
    mark = ", " if (get_language() or "").startswith("en") else "、"
    return [(role, mark.join(names)) for role, names in found.items()]


def acts_for(user: Any, case: Case) -> list[tuple[str, str]]:
    """Acts on the case that the person's posts open: (words, address)."""
    if case.status != "open":
        return []
    acts = [("cases.close", _("结案"), "cases:close"), ("cases.assign", _("变更承办法官"), "cases:reassign")]
    acts.append(("cases.recuse", _("登记回避"), "cases:recuse"))
    if case.category == "criminal":
        acts.append(("docket.write", _("羁押与释放"), "cases:custody"))
    return [(words, reverse(name, args=[case.pk])) for permission, words, name in acts if allowed(user, permission)]


def may_write(user: Any, case: Case) -> bool:
    """May the person, who sees the case, enter progress? A closed case still takes what follows the closing."""
    return allowed(user, "docket.write") and case.status != "cancelled"


def timeline_context(request: HttpRequest, case: Case) -> dict[str, Any]:
    """The timeline with its filter, and the steps above it."""
    only = request.GET.get("kind", "")
    only = only if only in GROUPS else ""
    items = timeline(case, request.user, only)
    tabs = [("", _("全部")), *((key, str(word)) for key, word in GROUPS.items())]
    return {"case": case, "items": items, "only": only, "tabs": tabs, "stages": stages(case)}


def entry_context(case: Case, line: str = "", form: EntryForm | None = None) -> dict[str, Any]:
    """The entry line, what was typed in it, and the menu of kinds for those who prefer to choose."""
    closed = case.status != "open"
    language = get_language() or ""
    detail = form or EntryForm(closed=closed, initial={"happened_on": clock.today(), "kind": "note"})
    return {"case": case, "line": line, "entry_form": detail, "kinds": [kind.name(language) for kind in menu(closed)]}


def page_context(request: HttpRequest, case: Case) -> dict[str, Any]:
    """Everything of the case page but the panels of higher rooms, which load by themselves."""
    user = request.user

    def open_to(permission: str) -> bool:
        return allowed(user, permission)

    language = get_language() or ""
    return {
        **timeline_context(request, case),
        **entry_context(case),
        "bench": bench_words(case),
        "parties": list(case.parties.prefetch_related("representatives")),
        "links": selectors.links(case, user),
        "linked_from": selectors.linked_from(case, user),
        "allocations": selectors.allocations(case),
        "recusals": selectors.recusals(case),
        "files": list(
            StoredFile.objects.filter(case_id=case.pk).defer("text").select_related("uploader").order_by("-id")[:50]
        ),
        "acts": acts_for(user, case),
        "may_write": may_write(user, case),
        "may_change_parties": case.status != "cancelled" and allowed(user, "cases.parties"),
        "may_upload": may_write(user, case) and allowed(user, "files.upload"),
        "panels": panels_for("case", open_to),
        "head_panels": panels_for("case-head", open_to),
        "stage_words": stage_name(case.stage, language),
    }
