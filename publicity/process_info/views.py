"""Staff side of “my case”: who has a code, the slip, revoking, and the page as a party sees it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cases.intake.models import Case, Party, Representative
from courtcms.accounts.decorators import permission
from courtcms.accounts.policy import allowed
from courtcms.core import clock
from courtcms.core.errors import Reason, Reasons, Refusal
from publicity.portal import mycase
from publicity.process_info import access_services, policy
from publicity.process_info.content import content_of
from publicity.process_info.forms import IssueForm, RevokeForm
from publicity.process_info.models import ProcessAccess


@dataclass(frozen=True)
class Seat:
    """Somebody who may have a code: a party, or who acts for it."""

    party: Party
    representative: Representative | None
    access: ProcessAccess | None
    against: list[Reason]

    @property
    def name(self) -> str:
        """Whose code it is."""
        return self.representative.name if self.representative else self.party.name

    @property
    def what(self) -> str:
        """Position in the case."""
        if self.representative is None:
            return self.party.role_label
        return f"{self.party.role_label} {self.representative.get_kind_display()}"


def _case(request: HttpRequest, pk: int) -> Case:
    return get_object_or_404(Case.objects.visible_to(request.user).select_related("court"), pk=pk)


def _seats(case: Case) -> list[Seat]:
    live = ProcessAccess.objects.filter(case=case, revoked_on__isnull=True).select_related("issued_by")
    held = {(row.party_id, row.representative_id): row for row in live}
    found = []
    for party in case.parties.prefetch_related("representatives"):
        party.case = case
        for who in (None, *party.representatives.all()):
            reasons = Reasons()
            policy.against(party, who, reasons)
            found.append(Seat(party, who, held.get((party.pk, who.pk if who else None)), list(reasons.found)))
    return found


@permission("process.see")
def case_panel(request: HttpRequest, pk: int) -> HttpResponse:
    """Who may look, and since when; the way to the codes and to the page as they see it."""
    case = _case(request, pk)
    return render(request, "publicity/process_info/case_panel.html", {
        "case": case, "seats": _seats(case), "may_codes": allowed(request.user, policy.PERMISSION),
    })  # fmt: skip


@permission("process.see")
def codes(request: HttpRequest, pk: int) -> HttpResponse:
    """Every code of a case, those that ended too."""
    return _codes(request, _case(request, pk))


def _codes(request: HttpRequest, case: Case, status: int = 200, **bound: Any) -> HttpResponse:
    ended = ProcessAccess.objects.filter(case=case, revoked_on__isnull=False)
    context = {
        "case": case, "seats": _seats(case), "may_codes": allowed(request.user, policy.PERMISSION),
        "ended": ended.select_related("party", "representative", "revoked_by"), "issue": IssueForm(),
        "revoke": RevokeForm(), "today": clock.today(), **bound,
    }  # fmt: skip
    return render(request, "publicity/process_info/codes.html", context, status=status)


@permission("process.codes")
@require_POST
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Issue a code, or a new one in place of the old; the answer is the slip, and nothing shows the code again."""
    case = _case(request, pk)
    party, who = _chosen(request, case)
    form = IssueForm(request.POST)
    status = 400
    if form.is_valid():
        try:
            issued = access_services.issue(
                actor=request.user, party=party, representative=who, **form.cleaned_data
            )  # fmt: skip
        except Refusal as refusal:
            refusal.apply_to(form)
            status = refusal.status
        else:
            response = render(request, "publicity/process_info/slip.html", {
                "case": case, "seat": Seat(party, who, issued.access, []), "code": issued.code,
                "address": f"{settings.PUBLIC_SITE_ADDRESS}/my-case/",
            })  # fmt: skip
            patch_cache_control(response, private=True, no_store=True)
            return response
    return _codes(request, case, status, issue=form, form=form, at=_key(party, who))


def _chosen(request: HttpRequest, case: Case) -> tuple[Party, Representative | None]:
    """`party` and, for somebody who acts for it, `representative`, both of this case; else 404."""
    rows = Party.objects.filter(case=case)
    party = get_object_or_404(rows, pk=_number(request.POST.get("party", "")))
    party.case = case
    asked = request.POST.get("representative", "")
    who = get_object_or_404(party.representatives, pk=_number(asked)) if asked else None
    return party, who


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 18 else 0


def _key(party: Party, who: Representative | None) -> str:
    return f"{party.pk}-{who.pk if who else ''}"


@permission("process.codes")
@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """End a code; whoever is signed in with it sees nothing at the next look."""
    row = get_object_or_404(
        ProcessAccess.objects.filter(case__in=Case.objects.visible_to(request.user)).select_related("case"), pk=pk
    )
    form = RevokeForm(request.POST)
    status = 400
    if form.is_valid():
        try:
            access_services.revoke(actor=request.user, access=row, **form.cleaned_data)
        except Refusal as refusal:
            refusal.apply_to(form)
            status = refusal.status
        else:
            messages.success(request, _("查询码已撤销，持有人不能再查看"))
            return redirect("process:codes", row.case_id)
    return _codes(request, _case(request, row.case_id), status, revoke=form, form=form, at_access=row.pk)


@permission("process.see")
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The page as one party sees it now; `?language=en` for the other language."""
    party = get_object_or_404(
        Party.objects.filter(case__in=Case.objects.visible_to(request.user)).select_related("case__court", "case"),
        pk=pk,
    )
    reasons = Reasons()
    policy.against(party, None, reasons)
    refused = [reason for reason in reasons.found if reason.code != "minor"]  # the statutory agent sees this page
    my = None if refused else mycase.shown(content_of(party), get_language() or "", clock.today())
    context = {"case": party.case, "party": party, "my": my, "refused": refused}
    return render(request, "publicity/process_info/preview.html", context)
