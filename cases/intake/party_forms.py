"""Forms on the parties of a registered case; what is missing or wrong is said by the services, all at once."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cases.filing.citations import cite
from cases.filing.form_fields import BLANK, WantedChoice, WantedText
from cases.intake import catalogue, identity
from cases.intake.drafts import PartyDraft
from cases.intake.models import Case, PartyKind
from cases.intake.names import normalise_name
from cases.intake.party_models import AliasKind
from cases.intake.party_services import LONGEST_REASON
from courtcms.core.forms import DateInput

SMALL = forms.Textarea(attrs={"rows": 2})


def role_choices(type_code: str) -> list[Any]:
    """Positions usual in that type first, the others after them."""
    language = get_language() or ""
    case_type = catalogue.case_types().get(type_code)
    roles = catalogue.party_roles().values()
    usual = [(r.key, catalogue.label(r, language)) for r in roles if case_type is None or r.fits(case_type)]
    other = [(r.key, catalogue.label(r, language)) for r in roles if case_type is not None and not r.fits(case_type)]
    return [*usual, (_("其他"), other)] if other else usual


def ground_choices(case: Case) -> list[tuple[str, str]]:
    """Grounds for adding a party to the case, each with its article."""
    language = get_language() or ""
    fitting = [ground for ground in catalogue.party_grounds().values() if ground.fits(case.case_type)]
    return [(one.key, _with_article(catalogue.label(one, language), cite(one.article, language))) for one in fitting]


def _with_article(words: str, article: str) -> str:
    return f"{words} · {article}" if article else words


class WantedDate(forms.DateField):
    """A day that must be there in the end; see WantedText."""

    def validate(self, value: Any) -> None:
        """Leave an empty value to the service."""
        if value not in self.empty_values:
            super().validate(value)


class PartyAddForm(forms.Form):
    """A party that comes into a registered case."""

    ground = WantedChoice(label=_("追加的事由"))
    decided_on = WantedDate(label=_("准许或者通知之日"), widget=DateInput)
    role = WantedChoice(label=_("诉讼地位"))
    kind = forms.ChoiceField(label=_("类别"), choices=PartyKind.choices, initial=PartyKind.NATURAL)
    name = WantedText(label=_("姓名或者名称"), max_length=200)
    aliases = forms.CharField(
        label=_("曾用名、别名、简称、外文名"), required=False, max_length=1000, widget=SMALL,
        help_text=_("一行一个；公开文书时一并隐去"),
    )  # fmt: skip
    identity_kind = forms.ChoiceField(label=_("证件"), required=False)
    identity_number = forms.CharField(
        label=_("证件号码"), required=False, max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    born_on = forms.DateField(label=_("出生日期"), required=False, widget=DateInput)
    address = forms.CharField(label=_("住所地"), required=False, max_length=300)
    whereabouts_unknown = forms.BooleanField(label=_("下落不明，附证明材料"), required=False)
    phone = forms.CharField(label=_("电话"), required=False, max_length=40)
    legal_representative = forms.CharField(label=_("法定代表人"), required=False, max_length=100)
    reason = forms.CharField(label=_("说明"), required=False, max_length=LONGEST_REASON, widget=SMALL)

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [*BLANK, *role_choices(case.type_code)]
        self.fields["ground"].choices = [*BLANK, *ground_choices(case)]
        kinds = [(key, _(words)) for key, words in identity.KINDS.items() if key != "lawyer_licence"]
        self.fields["identity_kind"].choices = [("", _("按类别")), *kinds]


def party_of(data: dict[str, Any]) -> PartyDraft:
    """The draft of the form; the kind of document follows the kind of party where none was chosen."""
    number = (data.get("identity_number") or "").strip()
    usual = "resident_id" if data["kind"] == "natural" else "credit_code"
    lines = re.split(r"[\n、；;]+", data.get("aliases") or "")
    return PartyDraft(
        role=data["role"],
        kind=data["kind"],
        name=data["name"],
        identity_kind=(data.get("identity_kind") or usual) if number else "",
        identity_number=number,
        address=data.get("address") or "",
        phone=data.get("phone") or "",
        legal_representative=data.get("legal_representative") or "",
        born_on=data.get("born_on"),
        aliases=tuple(name for name in map(normalise_name, lines) if name),
        whereabouts_unknown=bool(data.get("whereabouts_unknown")),
    )


class AliasForm(forms.Form):
    """Another name of a party."""

    kind = WantedChoice(label=_("哪一种名称"), choices=[*BLANK, *AliasKind.choices])
    name = WantedText(label=_("名称"), max_length=200)
    reason = forms.CharField(label=_("依据与说明"), required=False, max_length=LONGEST_REASON, widget=SMALL)


class RenameForm(forms.Form):
    """The right spelling of a party's name."""

    name = WantedText(label=_("正确的姓名或者名称"), max_length=200)
    reason = WantedText(label=_("更正的理由"), max_length=LONGEST_REASON, widget=SMALL)
