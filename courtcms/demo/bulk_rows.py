"""The rows that one registered case leaves, built without saving; the same columns as the registry's own acts write."""

from __future__ import annotations

from datetime import date, datetime, time

from cases.docket.kinds import flow, kinds
from cases.intake import catalogue, identity, names, titles
from cases.intake.drafts import PartyDraft
from cases.intake.duplicates import fold
from cases.intake.fieldcrypt import digest, encrypt
from cases.intake.models import Case, Party, Representative
from cases.intake.number_repair import parse
from cases.intake.numbers import compose
from cases.intake.register_models import CaseLink, LinkKind
from courtcms.core import clock
from courtcms.courts.models import Court, Division
from courtcms.demo.story import Plan
from deadlines.calendars.rules import WorkCalendar
from deadlines.clocks.computing import fill
from deadlines.clocks.models import Clock, ClockStatus
from deadlines.clocks.services import LEDGER, ROLE_OF_GROUP
from deadlines.rulebook.book import Rulebook


def case_row(court: Court, division: Division, judge_id: int, sequence: int, plan: Plan) -> Case:
    """The case with its number, title, search text and stage."""
    draft = plan.draft
    case_type = catalogue.case_types()[draft.type_code]
    cause = catalogue.causes()[draft.cause_code]
    number = compose(draft.filed_on.year, court.code, case_type.mark, sequence)
    pairs = [(party.role, names.normalise_name(party.name)) for party in draft.parties]
    people = [(party.name, party.kind == "natural") for party in draft.parties]
    text = titles.search_text(number, cause.zh, cause.en, people, draft.lower_number)
    return Case(
        court=court, year=draft.filed_on.year, type_code=case_type.code, type_mark=case_type.mark, sequence=sequence,
        number=number, category=case_type.category, procedure=draft.procedure, cause_code=cause.code, cause=cause.zh,
        title=titles.case_title(case_type, pairs, cause.zh), division=division, judge_id=judge_id,
        filed_on=draft.filed_on, received_on=draft.received_on, amount=draft.amount, claims=draft.claims,
        in_custody=draft.in_custody, custody_changed_on=draft.custody_since,
        lower_number=parse(draft.lower_number).text if draft.lower_number else "", duplicate_note=draft.duplicate_note,
        search_text=text, search_grams=titles.grams(text), closed_on=plan.closed_on, closing_method=plan.closing,
        status="closed" if plan.closed_on else "open", stage=_stage(case_type.instance, plan),
    )  # fmt: skip


def _stage(instance: str, plan: Plan) -> str:
    if plan.closed_on is not None:
        return "closed"
    order = {stage.key: place for place, stage in enumerate(flow(instance))}
    reached = [kinds()[line.kind].stage for line in plan.docket if line.day <= clock.today()]
    return max((key for key in reached if key in order), key=lambda key: order[key], default="filed")


def party_row(case: Case, position: int, draft: PartyDraft) -> Party:
    """A party with its identity number encrypted."""
    natural, number = draft.kind == "natural", draft.identity_number
    name = names.normalise_name(draft.name)
    checked = identity.check(draft.identity_kind, number, clock.today()) if number else identity.Checked("")
    born_on = checked.born_on if natural else None
    return Party(
        case=case, role=draft.role, kind=draft.kind, name=name, name_folded=fold(name),
        name_pinyin=names.sort_key(name, natural)[:300], identity_kind=draft.identity_kind if number else "",
        identity_encrypted=encrypt(checked.number), identity_digest=digest(draft.identity_kind, checked.number),
        identity_masked=identity.mask(checked.number), born_on=born_on, gender=checked.sex, address=draft.address,
        phone=draft.phone, legal_representative=draft.legal_representative, position=position,
        is_minor=bool(born_on and identity.age_on(born_on, case.filed_on) < 18),
    )  # fmt: skip


def representative_rows(party: Party, draft: PartyDraft) -> list[Representative]:
    """Those who act for the party."""
    return [
        Representative(
            party=party, kind=item.kind, name=item.name, firm=item.firm, licence=item.licence, position=place
        )
        for place, item in enumerate(draft.representatives)
    ]


def link_row(case: Case, plan: Plan) -> CaseLink | None:
    """The link to the judgment below."""
    if not plan.draft.lower_number:
        return None
    number = parse(plan.draft.lower_number)
    return CaseLink(case=case, kind=LinkKind.LOWER, number=number.text, original=plan.draft.lower_number)


def clock_row(case: Case, book: Rulebook, calendar: WorkCalendar) -> Clock | None:
    """The trial clock with its dates and derivation; None for types without a limit."""
    rule = book.clock_of_case(case.type_code, case.procedure, case.in_custody)
    if rule is None:
        return None
    source = rule.counts_from_in_custody if case.in_custody else rule.counts_from
    start_on = case.received_on or case.filed_on if source == "received_on" else case.filed_on
    limit = book.limit(rule.limit, case.filed_on)
    made = Clock(
        pk=-1, case=case, limit_id=rule.limit, group=limit.group, category=limit.category,
        role=ROLE_OF_GROUP[limit.group], started_on=start_on, start_event=limit.starts_from, filed_on=case.filed_on,
        in_custody=case.in_custody,
    )  # fmt: skip
    made._prefetched_objects_cache = {name: _Empty() for name in LEDGER}
    fill(made, book, calendar, case.filed_on)
    made.pk = None
    if case.closed_on is not None:
        made.status, made.stopped_on, made.stop_reason = ClockStatus.STOPPED, max(case.closed_on, start_on), "结案"
        made.next_threshold_on = None
    return made


class _Empty(list):
    """The ledger of a clock that has just started, read without a query."""

    def all(self) -> list:
        return []


def moment(day: date, hour: int) -> datetime:
    """A moment of a court day."""
    return datetime.combine(day, time(hour, 40), tzinfo=clock.COURT_ZONE)
