"""The form of the case. What the law asks is checked by the services; the form only reads what was typed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cases.filing.facts import CounterFacts, ReliefDraft, read_papers
from cases.filing.fees import relief_grounds
from cases.filing.form_fields import BLANK, REDRAW, MoneyField, WantedChoice, WantedText
from cases.filing.models import Relief
from cases.intake import catalogue
from cases.intake.drafts import CaseDraft, LinkDraft, PartyDraft, RecusalDraft
from cases.intake.models import Secrecy
from cases.intake.register_models import LinkKind, RecusalGround
from courtcms.accounts.models import User
from courtcms.core import clock
from courtcms.core.forms import DateInput
from courtcms.courts.models import Division


def type_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Types this court registers, in groups of their categories."""
    language = get_language() or ""
    groups: dict[str, list[tuple[str, str]]] = {}
    for case_type in catalogue.intake_types():
        groups.setdefault(case_type.category, []).append(
            (case_type.code, f"{catalogue.label(case_type, language)}（{case_type.mark}）")
        )
    terms = catalogue.category_terms()
    return [(catalogue.label(terms[key], language), choices) for key, choices in groups.items()]


def relief_choices() -> list[Any]:
    """Grounds of relief, grouped by what they give."""
    language = get_language() or ""
    groups: dict[str, list[tuple[str, str]]] = {key: [] for key in Relief.values[1:]}
    for ground in relief_grounds().values():
        groups[ground.relief].append((ground.key, f"{catalogue.label(ground, language)}（{ground.article}）"))
    return [*BLANK, *((Relief(key).label, choices) for key, choices in groups.items())]


class CaseForm(forms.Form):
    """The case itself."""

    type_code = forms.ChoiceField(label=_("案件类型"), choices=type_choices)
    procedure = WantedChoice(label=_("程序"))
    filed_on = forms.DateField(label=_("立案日"), widget=DateInput)
    received_on = forms.DateField(label=_("收到诉状"), required=False, widget=DateInput)
    cause = WantedText(
        label=_("案由"), max_length=100, widget=forms.TextInput(attrs={"list": "causes", "autocomplete": "off"}),
        help_text=_("输入几个字，从列出的案由中选"),
    )  # fmt: skip
    amount = MoneyField(
        label=_("标的额（元）"), required=False, decimal_places=2, max_digits=20,
        widget=forms.TextInput(attrs={"class": "num", "inputmode": "decimal"}),
    )  # fmt: skip
    claims = forms.CharField(
        label=_("诉讼请求"), required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 4})
    )
    disputed = MoneyField(
        label=_("不服原裁判的数额（元）"), required=False, decimal_places=2, max_digits=20,
        widget=forms.TextInput(attrs={"class": "num", "inputmode": "decimal"}),
        help_text=_("据以计算上诉、再审的案件受理费"),
    )  # fmt: skip
    relief = forms.ChoiceField(label=_("司法救助"), required=False, choices=Relief.choices, initial=Relief.NONE)
    relief_ground = forms.ChoiceField(label=_("救助情形"), required=False, choices=relief_choices)
    relief_percent = forms.IntegerField(
        label=_("减交百分比"), required=False, min_value=0, max_value=100,
        widget=forms.TextInput(attrs={"class": "num", "inputmode": "numeric"}),
    )  # fmt: skip
    relief_note = forms.CharField(label=_("救助说明"), required=False, max_length=300)
    lower_number = forms.CharField(label=_("原审案号"), required=False, max_length=80)
    link_kind = forms.ChoiceField(label=_("关联"), required=False, choices=[*BLANK, *LinkKind.choices[1:]])
    links = forms.CharField(label=_("关联案号"), required=False, max_length=80)
    in_custody = forms.BooleanField(label=_("有被告人在押"), required=False)
    custody_since = forms.DateField(label=_("羁押之日"), required=False, widget=DateInput)
    secrecy = forms.ChoiceField(label=_("密级"), choices=Secrecy.choices, initial=Secrecy.NONE)
    division = forms.ModelChoiceField(
        label=_("审判庭"), required=False, queryset=Division.objects.none(), empty_label=_("按案件类型")
    )
    judge = forms.ModelChoiceField(
        label=_("承办法官"), required=False, queryset=User.objects.none(), empty_label=_("轮转分案")
    )
    assign_reason = forms.CharField(label=_("指定理由"), required=False, max_length=300)
    recuse_user = forms.ModelChoiceField(
        label=_("应回避的法官"), required=False, queryset=User.objects.none(), empty_label="—"
    )
    recuse_ground = forms.ChoiceField(label=_("回避事由"), required=False, choices=[*BLANK, *RecusalGround.choices])
    recuse_reason = forms.CharField(label=_("具体情形"), required=False, max_length=300)
    duplicate_note = forms.CharField(label=_("核对结论"), required=False, max_length=300)

    def __init__(self, *args: Any, type_code: str, divisions: Any, judges: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        case_type = catalogue.case_types().get(type_code)
        terms = catalogue.procedures()
        keys = case_type.procedure_keys if case_type else []
        self.fields["procedure"].choices = [(key, catalogue.label(terms[key], get_language() or "")) for key in keys]
        self.fields["type_code"].widget.attrs |= REDRAW | {"hx-vals": '{"refresh": "type"}'}
        self.fields["cause"].widget.attrs |= {
            "hx-get": reverse_lazy("cases:causes"),
            "hx-trigger": "input changed delay:200ms",
            "hx-target": "#causes",
            "hx-include": "[name=type_code]",
        }
        self.fields["division"].queryset = divisions
        self.fields["judge"].queryset = self.fields["recuse_user"].queryset = judges
        for name in ("judge", "recuse_user"):
            self.fields[name].label_from_instance = lambda user: user.display_name
        self.fields["division"].label_from_instance = lambda division: division.label


def find_cause(type_code: str, text: str) -> catalogue.Cause | None:
    """The cause that was typed: by Chinese name, English name or code, within the field of the type."""
    case_type = catalogue.case_types().get(type_code)
    if case_type is None or not text:
        return None
    found = catalogue.cause_by_name(case_type.cause_field, text.strip())
    if found:
        return found
    wanted = text.strip().lower()
    same = [c for c in catalogue.causes().values() if c.field == case_type.cause_field and c.en.lower() == wanted]
    exact = catalogue.causes().get(text.strip())
    return max(same, key=lambda cause: cause.level) if same else exact


def case_draft(data: dict[str, Any], parties: tuple[PartyDraft, ...]) -> CaseDraft:
    """The draft from cleaned (also from incomplete) data of CaseForm."""
    cause = find_cause(data.get("type_code") or "", data.get("cause") or "")
    links = (LinkDraft(data.get("link_kind") or LinkKind.RELATED, data["links"]),) if data.get("links") else ()
    recusals: tuple[RecusalDraft, ...] = ()
    if data.get("recuse_user"):
        ground, reason = data.get("recuse_ground") or "", data.get("recuse_reason") or ""
        label = dict(RecusalGround.choices).get(ground, "")
        recusals = (RecusalDraft(data["recuse_user"].pk, ground, reason or str(label)),)
    return CaseDraft(
        type_code=data.get("type_code") or "",
        cause_code=cause.code if cause else "",
        filed_on=data.get("filed_on") or clock.today(),
        parties=parties,
        procedure=data.get("procedure") or "",
        received_on=data.get("received_on"),
        amount=data.get("amount"),
        claims=data.get("claims") or "",
        lower_number=data.get("lower_number") or "",
        links=links,
        recusals=recusals,
        division_id=data["division"].pk if data.get("division") else None,
        judge_id=data["judge"].pk if data.get("judge") else None,
        assign_reason=data.get("assign_reason") or "",
        secrecy=data.get("secrecy") or "none",
        in_custody=bool(data.get("in_custody")),
        custody_since=data.get("custody_since"),
        duplicate_note=data.get("duplicate_note") or "",
    )


def counter_facts(data: dict[str, Any], papers: Mapping[str, str]) -> CounterFacts:
    """What was handed in beside the case, from cleaned (also incomplete) data and the fields of the checklist."""
    relief = ReliefDraft(
        data.get("relief") or Relief.NONE, data.get("relief_ground") or "", data.get("relief_percent"),
        data.get("relief_note") or "",
    )  # fmt: skip
    return CounterFacts(read_papers(papers), data.get("disputed"), relief)
