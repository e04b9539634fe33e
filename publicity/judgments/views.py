"""Pages of a publication: list, case panel, overview, upload, clearance, publish, withdraw, withhold."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cases.intake.models import Case
from courtcms.accounts.decorators import permission
from courtcms.accounts.policy import allowed
from courtcms.core import clock
from courtcms.core.errors import Refusal
from courtcms.core.pagination import page
from publicity.judgments import (
    checks,
    overview,
    policy,
    publish_services,
    queue,
    rules,
    selectors,
    services,
    withhold_services,
)
from publicity.judgments.forms import (
    EffectForm,
    HoldForm,
    OpenForm,
    ReleaseForm,
    ReopenForm,
    UploadForm,
    WithdrawForm,
    WithholdForm,
)
from publicity.judgments.models import Ground, Publication, State
from publicity.judgments.moves import current
from publicity.judgments.upload_services import take_upload

PAGE = 50


@permission("judgments.list")
def index(request: HttpRequest) -> HttpResponse:
    """Publications by days left; `?show=` a state, `late`, or open (default)."""
    rows = Publication.objects.visible_to(request.user)
    show = request.GET.get("show", "open")
    tabs = overview.tabs(rows, show, clock.today())
    found = page(
        overview.filtered(rows, show, clock.today()).select_related("case__division", "redactor", "clearer"),
        ["due_on", "id"] if show in ("open", "late", *overview.OPEN_STATES) else ["-id"],
        request.GET.get("cursor", ""),
        PAGE,
    )
    lines = [overview.line(row, clock.today()) for row in found.rows]
    context = {
        "page": found, "lines": lines, "tabs": tabs, "show": show,
        "sees_reports": allowed(request.user, "reports.list"), "may_batch": allowed(request.user, "judgments.prepare"),
        "queue": next((name for name, (state, _p) in queue.QUEUES.items() if state == show), ""),
    }  # fmt: skip
    return render(request, "publicity/judgments/index.html", context)


@permission("judgments.list")
def case_panel(request: HttpRequest, pk: int) -> HttpResponse:
    """裁判文书公开 on the case page."""
    case = get_object_or_404(Case.objects.visible_to(request.user), pk=pk)
    rows = case.publications.select_related("case__division", "redactor", "clearer")
    context = {
        "case": case,
        "lines": [overview.line(row, clock.today()) for row in rows],
        "may_open": allowed(request.user, "judgments.prepare") and case.secrecy == "none",
    }
    return render(request, "publicity/judgments/_case_panel.html", context)


@permission("judgments.prepare")
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """Register a document of the case for publication."""
    case = get_object_or_404(Case.objects.visible_to(request.user), pk=pk)
    form = OpenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.open_publication(actor=request.user, case=case, **form.cleaned_data)
        except Refusal as refusal:
            refusal.apply_to(form)
        else:
            return redirect("judgments:show", made.pk)
    return render(request, "publicity/judgments/new.html", {"case": case, "form": form}, status=_status(form))


@permission("judgments.list")
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One publication: where it stands, versions, log, what the reader may do."""
    return show_page(request, seen(request, pk))


@permission("judgments.list")
def version(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """An old or the present version as it was kept: both texts, both fingerprints, who cleared and who withdrew it."""
    found = seen(request, pk)
    kept = get_object_or_404(found.versions.select_related("created_by", "file"), number=number)
    desk = selectors.desk_of_version(found, kept, show="diff")
    context = {
        "publication": found, "version": kept, "desk": desk, "line": overview.line(found, clock.today()),
        "checks": kept.checks.select_related("by"), "withdrawals": kept.withdrawals.select_related("by"),
        "whole": rules.fingerprint(kept.original)[1] == kept.original_sm3
        and (not kept.result or rules.fingerprint(kept.result)[1] == kept.result_sm3),
    }  # fmt: skip
    return render(request, "publicity/judgments/version.html", context)


@permission("judgments.prepare")
@require_POST
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the signed document and let the engine propose."""
    found = seen(request, pk)
    form = UploadForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            take_upload(
                actor=request.user, publication=found, upload=form.cleaned_data["file"],
                policy=form.cleaned_data["policy"],
            )  # fmt: skip
        except Refusal as refusal:
            if any(reason.code == "secret" for reason in refusal.reasons):  # such a case has no upload form to show it
                return show_page(request, found, status=refusal.status, reasons=refusal.reasons)
            refusal.apply_to(form)
            return show_page(request, found, status=refusal.status, upload=form)
        return redirect("judgments:desk", pk)
    return show_page(request, found, status=400, upload=form)


@permission("judgments.prepare")
@require_POST
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand the reviewed text to another person."""
    found = seen(request, pk)
    try:
        services.submit(actor=request.user, publication=found)
    except Refusal as refusal:
        return show_page(request, found, status=refusal.status, reasons=refusal.reasons)
    messages.success(request, _("%(number)s 已送保密审查，须由另一人办理") % {"number": found.number})
    batch = number_of(request.POST.get("batch"))
    if batch is not None:
        return redirect(f"{reverse('judgments:next', args=['desk'])}?after={pk}&batch={batch}")
    return redirect("judgments:show", pk)


@permission("judgments.list")
def following(request: HttpRequest, name: str) -> HttpResponse:
    """The next document of a queue (desk, clear, publish), of a batch when one is being worked through."""
    if name not in queue.QUEUES:
        raise Http404
    after, batch = number_of(request.GET.get("after")) or 0, number_of(request.GET.get("batch"))
    found = queue.following(request.user, name, after, batch)
    more = f"?batch={batch}" if batch is not None else ""
    if found is not None:
        return redirect(f"{reverse(f'judgments:{name}', args=[found.pk])}{more}")
    messages.info(request, _("没有别的文书等待这一步"))
    if batch is not None:
        return redirect("batches:show", batch)
    return redirect(f"{reverse('judgments:index')}?show={queue.QUEUES[name][0]}")


def number_of(text: str | None) -> int | None:
    """A number from an address or a form; None for anything else."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None


@permission("judgments.publish")
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """The last look before it is public: what stands against it, the text as it will be shown."""
    found = seen(request, pk)
    reasons: list[Any] = []
    status = 200
    if request.method == "POST":
        try:
            publish_services.publish(actor=request.user, publication=found)
        except Refusal as refusal:
            reasons, status = refusal.reasons, refusal.status
        else:
            messages.success(request, _("已公布"))
            if "next" in request.POST:
                return redirect(f"{reverse('judgments:next', args=['publish'])}?after={pk}")
            return redirect("judgments:show", pk)
    version = current(found)
    if version is None:
        return redirect("judgments:show", pk)
    if request.method == "GET":
        against = services.Reasons()
        checks.ready(against, found, version)
        reasons = against.found
    context = {
        "publication": found,
        "version": version,
        "reasons": reasons,
        "may": policy.can(request.user, "publish", found),
        "left": queue.left(request.user, "publish"),
    }
    return render(request, "publicity/judgments/publish.html", context, status=status)


@permission("judgments.withhold")
def withhold(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a document from publication: X1 to X4 at once, X5 by approval."""
    found = seen(request, pk)
    form = WithholdForm(
        request.POST or None,
        publication=found,
        initial={"ground": next(iter(withhold_services.grounds_of(found)), None)},
    )
    if request.method == "POST" and form.is_valid():
        try:
            _withhold(request, found, form.cleaned_data)
        except Refusal as refusal:
            refusal.apply_to(form)
        else:
            return redirect("judgments:show", pk)
    context = {"publication": found, "form": form, "grounds": _grounds(found)}
    return render(request, "publicity/judgments/withhold.html", context, status=_status(form))


def _withhold(request: HttpRequest, found: Publication, data: dict[str, Any]) -> None:
    common = {"actor": request.user, "publication": found, "note": data["note"], "judged_on": data.get("judged_on")}
    if data["ground"] == Ground.X5:
        withhold_services.ask_to_withhold(opinion=data["opinion"], **common)
        messages.success(request, _("已提交庭长审核、主管副院长决定"))
    else:
        withhold_services.withhold(ground=data["ground"], **common)
        messages.success(request, _("已登记不公开"))


def _grounds(found: Publication) -> list[tuple[str, str]]:
    return [(str(Ground(code).label), evidence) for code, evidence in withhold_services.grounds_of(found).items()]


def acted(
    request: HttpRequest,
    found: Publication,
    form: forms.Form,
    key: str,
    done: str,
    act: Callable[[Publication, Any], Any],
) -> HttpResponse:
    """A small form on the overview: do it, or show the overview again with everything that stands against it."""
    if form.is_valid():
        try:
            act(found, form.cleaned_data)
        except Refusal as refusal:
            refusal.apply_to(form)
            return show_page(request, found, status=refusal.status, **{key: form})
        messages.success(request, done)
        return redirect("judgments:show", found.pk)
    return show_page(request, found, status=400, **{key: form})


def show_page(request: HttpRequest, found: Publication, status: int = 200, **more: Any) -> HttpResponse:
    found = Publication.objects.select_related("case__division", "case__judge", "redactor", "clearer", "publisher").get(
        pk=found.pk
    )
    effect_initial = {"effective_on": found.effective_on, "appealed": found.appealed}
    context = {
        "publication": found,
        "line": overview.line(found, clock.today()),
        "steps": overview.steps(found),
        "versions": overview.versions(found),
        "log": overview.log(found),
        "deliveries": found.deliveries.filter(surface="portal"),
        "surfaces": overview.surfaces(found),
        "reports": found.reports.order_by("-id")[:20],
        "may": {name: policy.can(request.user, name, found) for name in overview.ACTS},
        "may_redact": policy.can_redact(request.user, found),
        "secret": found.case.secrecy != "none",
        "upload": UploadForm(),
        "effect": EffectForm(prefix="effect", initial=effect_initial),
        "withdraw": WithdrawForm(prefix="withdraw"),
        "reopen": ReopenForm(prefix="reopen"),
        "hold": HoldForm(prefix="hold"),
        "release": ReleaseForm(prefix="release"),
        "State": State,
        **more,
    }
    return render(request, "publicity/judgments/show.html", context, status=status)


def seen(request: HttpRequest, pk: int) -> Publication:
    """The publication, or 404 for whoever must not know of it."""
    return get_object_or_404(
        Publication.objects.visible_to(request.user).select_related("case__court").distinct(), pk=pk
    )


def _status(form: forms.Form) -> int:
    return 400 if form.is_bound and form.errors else 200
