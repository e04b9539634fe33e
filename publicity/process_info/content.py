"""What one party may see of its case, in both languages: only what `items.yaml` names, built from rows of the court."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cases.appraisal.models import Entrustment
from cases.docket.kinds import kinds
from cases.docket.models import DocketEntry
from cases.intake.models import BenchMember, BenchRole, Party
from cases.preservation.models import Measure
from courtcms.core import clock as court_clock
from courtcms.core.dates import long_date
from deadlines.changes import words
from deadlines.changes.models import PartyNotice
from deadlines.clocks import plain
from deadlines.clocks.derivations import stretches_of
from deadlines.clocks.models import Clock, ClockRole, ClockStatus
from deadlines.clocks.selectors import label_of
from deadlines.hearings.models import Hearing, HearingStatus
from deadlines.rulebook.reading import rulebook
from publicity.judgments.models import Publication, State
from publicity.process_info.items import items

LIVE = (ClockStatus.RUNNING, ClockStatus.PAUSED)
LANGUAGES = {"zh": "zh-hans", "en": "en"}
#: a renewal is asked for seven days before the measure ends (财产保全规定 18)
RENEW_BEFORE = timedelta(days=7)
RENEW_FROM = timedelta(days=90)
NAMED = (BenchRole.JUDGE, BenchRole.PRESIDING, BenchRole.MEMBER, BenchRole.JUROR, BenchRole.ASSISTANT, BenchRole.CLERK)


def content_of(party: Party) -> dict[str, Any]:
    """Everything that is sealed for a party, by language; plain values only."""
    found: dict[str, Any] = {}
    for key, language in LANGUAGES.items():
        with translation.override(language):
            found[key] = _Page(party).build()
    return found


class _Page:
    """One page in the language in force."""

    def __init__(self, party: Party) -> None:
        self.party, self.case, self.rules = party, party.case, items()
        self.today = court_clock.today()

    def build(self) -> dict[str, Any]:
        case, rules, role = self.case, self.rules, self.party.role
        appraisals = self._appraisals() if rules.shows("appraisals", role) else []
        measures = self._measures() if rules.shows("measures", role) else []
        hearings = self._hearings()
        limits = self._limits()
        title, say = self._headline(hearings, appraisals, limits)
        return {
            "case_number": case.number, "cause": case.cause_label, "role": self.party.role_label,
            "court": case.court.label, "title": title, "say": say, "steps": self._steps(hearings, appraisals, title),
            "todo": self._todo(hearings, measures), "limits": limits, "changes": self._changes(),
            "appraisals": appraisals, "measures": measures, "people": self._people(), "documents": self._documents(),
            "hearings": [row for row in hearings if row["to_come"]], "division": case.division.label,
            "updated": long_date(self.today), "right": plain.told([{"text": plain.RIGHT, "params": {}}])[0],
            "basis": rules.basis["en" if (get_language() or "").startswith("en") else "zh"],
        }  # fmt: skip

    def _headline(
        self, hearings: list[dict[str, Any]], appraisals: list[dict[str, Any]], limits: list[dict[str, Any]]
    ) -> tuple[str, str]:
        case = self.case
        if case.status != "open":
            if case.closed_on is None:
                return _("本案已经撤销"), ""
            day = {"day": long_date(case.closed_on), "how": case.closing_label}
            return _("本案已经结案"), _("%(day)s 以“%(how)s”结案。") % day
        main = next((limit for limit in limits if limit["live"]), None)
        waiting = next((row for row in appraisals if row["running"]), None)
        if waiting is not None:
            due = {"due": waiting["due"], "who": waiting["institution"]}
            say = _("%(who)s最迟在 %(due)s 把鉴定意见交给法院。") % due if waiting["due_on"] else ""
            if main and main["paused"]:
                say += _("在这之前，法院的审理期限不往下走。")
            return _("正在等鉴定意见"), say
        if main and main["paused"]:
            return _("期限停止计算"), _("因“%(why)s”，法院的审理期限现在不往下走。") % {"why": main["why_paused"]}
        ahead = next((row for row in hearings if row["to_come"]), None)
        until = _("法院应当在 %(due)s 以前审结。") % {"due": main["due"]} if main and main["due_on"] else ""
        if ahead is not None:
            return _("等待开庭"), _("%(kind)s：%(when)s，%(room)s。") % ahead + until
        return self.rules.stage(case.stage, get_language() or ""), until

    def _steps(
        self, hearings: list[dict[str, Any]], appraisals: list[dict[str, Any]], title: str
    ) -> list[dict[str, str]]:
        """What was done, in order of days; where the case stands; what is fixed for later."""
        language, past = get_language() or "", []
        rows = DocketEntry.objects.filter(
            case=self.case, kind__in=self.rules.docket, undoes__isnull=True, undone_by__isnull=True,
            happened_on__lte=self.today,
        )  # fmt: skip
        past += [(row.happened_on, 1, kinds()[row.kind].name(language), "") for row in rows if row.kind != "filed"]
        past.append((self.case.filed_on, 0, _("立案"), ""))
        seated = self.case.bench.filter(role__in=[BenchRole.JUDGE, BenchRole.PRESIDING]).order_by("pk").first()
        if seated is not None:
            past.append((max(seated.since, self.case.filed_on), 2, _("确定审判人员"), self._bench_line()))
        past += [(date.fromisoformat(r["day"]), 3, r["kind"], r["note"]) for r in hearings if not r["to_come"]]
        past += self._sittings_without_slot(language)
        past += [(date.fromisoformat(r["from"]), 4, r["kind"], r["note"]) for r in appraisals if not r["running"]]
        done = [
            {"title": name, "note": long_date(day), "more": more, "state": "done"}
            for day, _rank, name, more in sorted(past, key=lambda step: step[:2])
        ]
        now = [{"title": r["kind"], "note": r["note"], "state": "now"} for r in appraisals if r["running"]]
        if not now and self.case.status == "open":
            now = [{"title": title, "note": "", "state": "now"}]
        ahead = [
            {"title": r["kind"], "note": r["when"], "more": r["room"], "state": "later"}
            for r in hearings
            if r["to_come"]
        ]
        return done + now + ahead

    def _sittings_without_slot(self, language: str) -> list[tuple[date, int, str, str]]:
        """Sittings that the docket knows and the timetable does not (entered before it was kept)."""
        rows = DocketEntry.objects.filter(
            case=self.case, kind__in=self.rules.sittings, undoes__isnull=True, undone_by__isnull=True,
            happened_on__lte=self.today, hearing__isnull=True,
        )  # fmt: skip
        return [(row.happened_on, 3, kinds()[row.kind].name(language), "") for row in rows]

    def _hearings(self) -> list[dict[str, Any]]:
        rows = Hearing.objects.filter(case=self.case).exclude(status=HearingStatus.CANCELLED)
        found = []
        for row in rows.select_related("courtroom", "adjournment").order_by("slot"):
            to_come = row.status == HearingStatus.SCHEDULED and row.ends_at > court_clock.now()
            note = row.courtroom.label
            if row.status == HearingStatus.ADJOURNED:
                note = _("延期：%(why)s") % {"why": row.adjournment.get_reason_display()}
            found.append(
                {
                    "kind": row.get_kind_display(), "day": row.day.isoformat(), "note": note, "to_come": to_come,
                    "when": f"{long_date(row.day)} {row.time_text}", "room": row.courtroom.label,
                    "public": _("公开审理") if row.is_public else _("不公开审理"),
                }
            )  # fmt: skip
        return found

    def _limits(self) -> list[dict[str, Any]]:
        """The limit of the trial with its working, and the periods of the parties that run."""
        own = {rule.starts for rule in rulebook().event_clocks if rule.party and rule.starts}
        rows = Clock.objects.filter(case=self.case, subject="").prefetch_related("intervals", "extensions", "restarts")
        chosen = rows.filter(Q(role=ClockRole.TRIAL) | Q(limit_id__in=own, status__in=LIVE)).order_by("pk")
        shown = [row for row in chosen if row.status != ClockStatus.CONVERTED]
        return [self._limit(row) for row in sorted(shown, key=lambda row: (row.role != ClockRole.TRIAL, row.pk))]

    def _limit(self, row: Clock) -> dict[str, Any]:
        stretches = stretches_of(row)
        open_ones = [one.name for one in stretches if one.last is None]
        return {
            "name": label_of(row), "lines": plain.told(plain.lines_of(row)), "live": row.status in LIVE,
            "paused": row.status == ClockStatus.PAUSED, "why_paused": "、".join(open_ones),
            "remaining": row.remaining_days, "started_on": row.started_on.isoformat(),
            "due_on": row.due_on.isoformat() if row.due_on else "", "due": long_date(row.due_on) if row.due_on else "",
            "unrolled_on": row.unrolled_on.isoformat() if row.unrolled_on else "",
            "ended_on": row.stopped_on.isoformat() if row.stopped_on else "",
            "ended": long_date(row.stopped_on) if row.stopped_on else "", "provisional": row.provisional,
            "stretches": [
                {"first": one.first.isoformat(), "last": one.last.isoformat() if one.last else "", "name": one.name,
                 "suspends": one.is_suspension}
                for one in stretches
            ],
        }  # fmt: skip

    def _changes(self) -> list[dict[str, Any]]:
        """The notices of this party: each change with its ground and date, in the words of the notice."""
        rows = PartyNotice.objects.filter(party=self.party).select_related("change__clock").order_by("issued_on", "pk")
        return [
            {
                "title": row.change.get_kind_display(), "ground": words.ground_text(row.change.kind, row.change.ground),
                "articles": words.articles(row.change), "day": long_date(row.issued_on), "lines": words.told(row.lines),
                "objected": long_date(row.objected_on) if row.objected_on else "",
            }
            for row in rows
        ]  # fmt: skip

    def _appraisals(self) -> list[dict[str, Any]]:
        rows = Entrustment.objects.filter(case=self.case).select_related("institution").prefetch_related("requests")
        found = []
        for row in rows:
            running = row.state == "entrusted"
            granted = sum(1 for one in row.requests.all() if one.kind == "extension" and one.state == "granted")
            parts = [row.institution.name] if row.institution else []
            if row.entrusted_on:
                parts.append(_("%(day)s 委托") % {"day": long_date(row.entrusted_on)})
            if granted:
                parts.append(_("准许延长 %(n)s 次") % {"n": granted})
            if row.ended_on:
                parts.append(f"{row.get_state_display()} {long_date(row.ended_on)}")
            found.append(
                {
                    "kind": row.kind_name, "state": row.get_state_display(), "running": running, "live": row.live,
                    "institution": row.institution.name if row.institution else "", "note": _("，").join(parts),
                    "from": (row.entrusted_on or row.decided_on).isoformat(),
                    "due_on": row.due_on.isoformat() if row.due_on else "",
                    "due": long_date(row.due_on) if row.due_on else "",
                }
            )  # fmt: skip
        return found

    def _measures(self) -> list[dict[str, Any]]:
        """Measures that were carried out (article 8), to the applicant and the respondent of each."""
        own = Q(application__applicant=self.party) | Q(application__respondent=self.party)
        rows = Measure.objects.filter(own, case=self.case).select_related("application")
        return [
            {
                "thing": row.thing, "kind": row.get_object_kind_display(), "state": row.get_state_display(),
                "live": row.state == "active", "taken": long_date(row.taken_on),
                "mine": row.application.applicant_id == self.party.pk,
                "due_on": row.expires_on.isoformat() if row.expires_on else "",
                "due": long_date(row.expires_on) if row.expires_on else "",
                "ended": long_date(row.ended_on) if row.ended_on else "",
            }
            for row in rows
        ]  # fmt: skip

    def _todo(self, hearings: list[dict[str, Any]], measures: list[dict[str, Any]]) -> list[dict[str, Any]]:
        found = [
            {
                "by": row["day"], "text": _("%(when)s 到%(room)s参加%(kind)s。") % row,
                "why": _("请带身份证件。不能到庭的，应当在此之前向法院书面说明理由。"),
            }
            for row in hearings
            if row["to_come"]
        ]  # fmt: skip
        for row in measures:
            end = date.fromisoformat(row["due_on"]) if row["due_on"] else None
            if end is None or not row["mine"] or not row["live"]:
                continue
            if end - self.today <= RENEW_FROM:
                last = end - RENEW_BEFORE
                text = _("要继续保全“%(thing)s”的，在 %(day)s 以前书面申请续行。")
                found.append(
                    {
                        "by": last.isoformat(), "text": text % {"thing": row["thing"], "day": long_date(last)},
                        "why": _("保全到 %(due)s 届满，届满不续行即失去效力。") % {"due": row["due"]},
                    }
                )  # fmt: skip
        return sorted(found, key=lambda todo: todo["by"])

    def _people(self) -> list[dict[str, str]]:
        rows = self._bench()
        return [{"role": str(BenchRole(row.role).label), "name": row.user.display_name} for row in rows]

    def _bench(self) -> list[BenchMember]:
        rows = list(self.case.bench.filter(until__isnull=True, role__in=NAMED).select_related("user"))
        return sorted(rows, key=lambda row: (NAMED.index(BenchRole(row.role)), row.pk))

    def _bench_line(self) -> str:
        chosen = [row for row in self._bench() if row.role in (BenchRole.PRESIDING, BenchRole.JUDGE)]
        return _("，").join(f"{BenchRole(row.role).label} {row.user.display_name}" for row in chosen)

    def _documents(self) -> list[dict[str, str]]:
        """What was served, by kind and day, and documents of the case that stand on the public site."""
        language = get_language() or ""
        rows = DocketEntry.objects.filter(
            case=self.case, kind__in=self.rules.services, undoes__isnull=True, undone_by__isnull=True,
            happened_on__lte=self.today,
        ).order_by("-happened_on", "-pk")  # fmt: skip
        found = [
            {"title": kinds()[row.kind].name(language), "day": long_date(row.happened_on), "public_id": ""}
            for row in rows
        ]
        public = Publication.objects.filter(case=self.case, state=State.PUBLISHED).order_by("-published_on")
        return [
            {"title": _("已公布的%(kind)s") % {"kind": row.get_kind_display()}, "day": long_date(row.published_on),
             "public_id": row.public_id}
            for row in public
        ] + found  # fmt: skip
