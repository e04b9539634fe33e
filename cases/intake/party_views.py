"""Pages of the acts on the parties of a registered case."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases.intake.models import Case, Party
from cases.intake.party_forms import AliasForm, PartyAddForm, RenameForm, party_of
from cases.intake.party_services import PERMISSION, add_alias, add_party, correct_name
from cases.intake.views import act_page, case_or_404
from courtcms.accounts.decorators import permission
from courtcms.core import clock


def _sent(request: HttpRequest) -> Any:
    """What was sent, also when it is nothing at all: then everything is missing."""
    return request.POST if request.method == "POST" else None


def _party_or_404(case: Case, pk: int) -> Party:
    party = case.parties.filter(pk=pk).select_related("case").first()
    if party is None:
        raise Http404(_("本案没有这名当事人"))
    return party


@permission(PERMISSION)
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a party to a registered case."""
    case = case_or_404(request, pk)
    form = PartyAddForm(_sent(request), case=case, initial={"decided_on": clock.today()})

    def act(data: dict[str, Any]) -> str:
        rest = {key: data[key] for key in ("ground", "decided_on", "reason")}
        party = add_party(actor=request.user, case=case, draft=party_of(data), **rest)
        return _("已追加%(role)s%(name)s") % {"role": party.role_label, "name": party.name}

    text = _("事由后的条文未逐字核对，以现行文本为准。已公布的文书随即复查，尚未隐去的先行暂停公布")
    return act_page(request, case, form, _("追加当事人"), text, _("追加"), act)


@permission(PERMISSION)
@require_http_methods(["GET", "POST"])
def alias(request: HttpRequest, pk: int, party_pk: int) -> HttpResponse:
    """Enter another name of a party."""
    case = case_or_404(request, pk)
    party = _party_or_404(case, party_pk)
    form = AliasForm(_sent(request))

    def act(data: dict[str, Any]) -> str:
        add_alias(actor=request.user, party=party, **data)
        return _("已登记%(name)s的其他名称") % {"name": party.name}

    title = _("%(name)s的其他名称") % {"name": party.name}
    text = _("已公布的文书随即按这个名称复查，尚未隐去的先行暂停公布")
    return act_page(request, case, form, title, text, _("登记"), act)


@permission(PERMISSION)
@require_http_methods(["GET", "POST"])
def rename(request: HttpRequest, pk: int, party_pk: int) -> HttpResponse:
    """Correct the spelling of a party's name."""
    case = case_or_404(request, pk)
    party = _party_or_404(case, party_pk)
    form = RenameForm(_sent(request), initial={"name": party.name})

    def act(data: dict[str, Any]) -> str:
        changed = correct_name(actor=request.user, party=party, **data)
        return _("%(before)s更正为%(name)s") % {"before": party.name, "name": changed.name}

    title = _("更正%(name)s的写法") % {"name": party.name}
    text = _("只更正写错的字；原来的写法作为别名保留，公开文书时一并隐去")
    return act_page(request, case, form, title, text, _("更正"), act)
