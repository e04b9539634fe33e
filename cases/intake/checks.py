"""Everything that stands against a draft, all at once: what the registry refuses and why."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cases.intake import catalogue, identity, names, titles
from cases.intake.drafts import CaseDraft, PartyDraft
from cases.intake.models import RepresentativeKind
from cases.intake.number_repair import parse
from cases.intake.words import Finding
from courtcms.core.errors import Reason, Reasons

MOST = Decimal("99999999999999.99")
NATURAL_ONLY = ("resident_id", "passport", "hk_macao_permit", "taiwan_permit", "foreign_resident", "officer_card")
#: positions whose holder must be served with the claim and therefore needs an address
SERVED = ("defendant", "appellee", "respondent", "enforcement_respondent", "original_defendant")
#: 委托一至二人作为诉讼代理人、辩护人 (民事诉讼法 61, 刑事诉讼法 33, 行政诉讼法 31)
MOST_ENTRUSTED = 2
ORGANISATION_ONLY = ("credit_code", "org_code")


def say(finding: Finding) -> str:
    """A finding of the pure modules in the language in force."""
    text = _(finding.template)
    return text % dict(finding.values) if finding.values else text


def check_draft(draft: CaseDraft, today: date) -> list[Reason]:
    """All reasons against a draft, those of each party under the field name `parties-N-name`."""
    reasons = Reasons()
    case_type = _check_type(draft, reasons)
    _check_dates(draft, today, reasons)
    _check_amount(draft, reasons)
    if case_type:
        _check_cause(draft, case_type, reasons)
        _check_sides(draft, case_type, reasons)
        _check_links(draft, case_type, reasons)
        _check_custody(draft, case_type, today, reasons)
    if draft.judge_id and not draft.assign_reason.strip():
        reasons.add(
            _("指定分案须写明理由"), field="assign_reason", code="assign_reason", remedy=_("不写理由则按轮转分案")
        )
    for index, party in enumerate(draft.parties):
        check_party(party, index, today, reasons)
    return reasons.found


def _check_type(draft: CaseDraft, reasons: Reasons) -> catalogue.CaseType | None:
    case_type = catalogue.case_types().get(draft.type_code)
    if case_type is None:
        reasons.add(_("没有这种案件类型"), field="type_code", code="type_unknown", article="法〔2015〕137号")
        return None
    if case_type.at_intermediate == "unusual":
        label = catalogue.label(case_type, get_language() or "")
        text = _("%(type)s不由中级人民法院受理") % {"type": label}
        reasons.add(text, field="type_code", code="type_not_here", article="法〔2015〕137号")
    if draft.procedure and draft.procedure not in case_type.procedure_keys:
        reasons.add(_("这种案件不适用所选程序"), field="procedure", code="procedure")
    return case_type


def _check_dates(draft: CaseDraft, today: date, reasons: Reasons) -> None:
    if draft.filed_on > today:
        reasons.add(_("立案日不能晚于今天"), field="filed_on", code="filed_future")
    elif draft.filed_on.year < 2016:
        text = _("2016 年以前的案件用旧式案号，不能在此登记")
        reasons.add(text, field="filed_on", code="filed_old", article="法〔2015〕137号")
    if draft.received_on and draft.received_on > draft.filed_on:
        reasons.add(_("收到诉状日不能晚于立案日"), field="received_on", code="received_late")


def _check_amount(draft: CaseDraft, reasons: Reasons) -> None:
    if draft.amount is not None and not 0 <= draft.amount <= MOST:
        reasons.add(_("标的额应在 0 与 99,999,999,999,999.99 元之间"), field="amount", code="amount")


def _check_cause(draft: CaseDraft, case_type: catalogue.CaseType, reasons: Reasons) -> None:
    cause = catalogue.causes().get(draft.cause_code)
    if cause is None or cause.field != case_type.cause_field:
        text = _("未选案由，或者所选案由不适用于这种案件")
        reasons.add(text, field="cause", code="cause_missing", remedy=_("输入案由的几个字，从列出的案由中选"))
    elif not cause.selectable:
        text = _("“%(cause)s”是上级案由，须选到第三级或者第四级") % {"cause": cause.zh}
        below = "、".join(child.zh for child in catalogue.children(cause.code)[:3])
        remedy = _("其下有：%(causes)s") % {"causes": below} if below else ""
        reasons.add(text, field="cause", code="cause_level", article=_("《民事案件案由规定》"), remedy=remedy)


def _check_sides(draft: CaseDraft, case_type: catalogue.CaseType, reasons: Reasons) -> None:
    roles = {party.role for party in draft.parties}
    if not draft.parties:
        reasons.add(
            _("至少登记一方当事人"), field="parties", code="parties_missing", article=_("民事诉讼法第一百二十四条")
        )
        return
    if case_type.category == "criminal":
        if not roles & set(titles.ACCUSED):
            reasons.add(_("刑事案件须登记被告人或者罪犯"), field="parties", code="accused_missing")
        return
    if case_type.instance in ("first", "second", "enforcement", "retrial") and case_type.category != "bankruptcy":
        if not roles & set(titles.ACTIVE):
            text = _("缺原告、上诉人、申请人一方")
            reasons.add(text, field="parties", code="claimant_missing", article=_("民事诉讼法第一百二十二条"))
        if not roles & set(titles.PASSIVE) and case_type.instance != "retrial":
            text = _("缺被告、被上诉人、被申请人一方")
            reasons.add(text, field="parties", code="answerer_missing", article=_("民事诉讼法第一百二十二条"))


def _check_links(draft: CaseDraft, case_type: catalogue.CaseType, reasons: Reasons) -> None:
    if not draft.lower_number and case_type.is_appeal:
        reasons.add(_("上诉案件须填写原审案号"), field="lower_number", code="lower_missing")
    numbers = [("lower_number", draft.lower_number)] if draft.lower_number else []
    numbers += [("links", link.number) for link in draft.links]
    for field, text in numbers:
        if parse(text).form == "unknown":
            message = _("“%(number)s”无法识别为案号") % {"number": text[:40]}
            reasons.add(message, field=field, code="number_unrecognised", remedy=_("写法如（2026）津0102民初1号"))
    if draft.number:
        number = parse(draft.number)
        if not number.regular or number.form != "current":
            why = "；".join(_(reason) for reason in number.reasons())
            reasons.add(
                _("案号“%(number)s”不规范：%(why)s") % {"number": draft.number[:40], "why": why},
                field="number",
                code="number",
            )
        elif number.type != case_type.mark or number.year != draft.filed_on.year:
            text = _("案号“%(number)s”与案件类型或者立案年度不符") % {"number": draft.number[:40]}
            reasons.add(text, field="number", code="number_type")


def _check_custody(draft: CaseDraft, case_type: catalogue.CaseType, today: date, reasons: Reasons) -> None:
    if draft.in_custody and case_type.category != "criminal":
        reasons.add(_("只有刑事案件登记羁押"), field="in_custody", code="custody_type")
    if draft.custody_since and draft.custody_since > today:
        reasons.add(_("羁押日期不能晚于今天"), field="custody_since", code="custody_future")


def check_party(party: PartyDraft, index: int, today: date, reasons: Reasons) -> None:
    """Reasons against one party: position, name, document, address, representatives."""
    prefix = f"parties-{index}-"
    if party.role not in catalogue.party_roles():
        reasons.add(_("未选诉讼地位"), field=f"{prefix}role", code="role_missing")
    natural = party.kind == "natural"
    name = names.normalise_name(party.name)
    findings = names.check_person_name(name) if natural else names.check_organisation_name(name)
    _add(reasons, findings, f"{prefix}name")
    if party.identity_number:
        _check_identity(party, natural, today, prefix, reasons)
    if party.born_on and party.born_on > today:
        reasons.add(_("出生日期不能晚于今天"), field=f"{prefix}born_on", code="born_future")
    if party.role in SERVED and not party.address and not party.whereabouts_unknown:
        text = _("住所地：未填，无法送达")
        remedy = _("确实不知道的，勾选“下落不明”")
        article = _("民事诉讼法第一百二十四条")
        reasons.add(text, field=f"{prefix}address", code="address_missing", article=article, remedy=remedy)
    _check_representatives(party, f"{prefix}representatives-", today, reasons)


def _check_representatives(party: PartyDraft, prefix: str, today: date, reasons: Reasons) -> None:
    """Names and licences of those who act; a civil party entrusts one or two, an accused at most two defenders."""
    for place, representative in enumerate(party.representatives):
        _add(reasons, names.check_person_name(names.normalise_name(representative.name)), f"{prefix}{place}-name")
        if representative.kind not in RepresentativeKind.values:
            reasons.add(_("没有这种代理身份"), field=f"{prefix}{place}-kind", code="representative_kind")
        if representative.licence:
            checked = identity.check("lawyer_licence", representative.licence, today)
            _add(reasons, checked.reasons, f"{prefix}{place}-licence")
    entrusted = [item for item in party.representatives if item.kind != RepresentativeKind.STATUTORY]
    if len(entrusted) > MOST_ENTRUSTED:
        text = _("委托代理人、辩护人最多二人，填了 %(n)s 人") % {"n": len(entrusted)}
        article = _("民事诉讼法第六十一条、刑事诉讼法第三十三条、行政诉讼法第三十一条")
        remedy = _("去掉多出的人；法定代理人不计在内")
        place = len(party.representatives) - 1
        reasons.add(text, field=f"{prefix}{place}-name", code="representatives_many", article=article, remedy=remedy)
    seen: dict[str, int] = {}
    for place, representative in enumerate(party.representatives):
        key = names.normalise_name(representative.name).replace(" ", "")
        if key and seen.setdefault(f"{key} {representative.licence}", place) != place:
            reasons.add(_("同一名代理人填了两次"), field=f"{prefix}{place}-name", code="representative_twice")


def _check_identity(party: PartyDraft, natural: bool, today: date, prefix: str, reasons: Reasons) -> None:
    field = f"{prefix}identity_number"
    if party.identity_kind in (ORGANISATION_ONLY if natural else NATURAL_ONLY):
        text = _("自然人不用单位代码作证件") if natural else _("单位不用个人证件")
        reasons.add(text, field=f"{prefix}identity_kind", code="identity_kind")
        return
    checked = identity.check(party.identity_kind, party.identity_number, today)
    _add(reasons, checked.reasons, field, remedy=_("请与证件原件核对"))
    if checked.born_on and party.born_on and checked.born_on != party.born_on:
        text = _("出生日期与证件号码中的 %(date)s 不一致") % {"date": checked.born_on.isoformat()}
        reasons.add(text, field=f"{prefix}born_on", code="born_differs")


def _add(reasons: Reasons, findings: Iterable[Finding], field: str, remedy: str = "") -> None:
    for finding in findings:
        reasons.add(say(finding), field=field, code=finding.code, remedy=remedy)
