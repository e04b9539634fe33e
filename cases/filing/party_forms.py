"""Rows of the filing form: the parties, and within each the people who act for it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.filing.form_fields import BLANK, REDRAW, WantedChoice, WantedText
from cases.intake import identity
from cases.intake.drafts import PartyDraft, RepresentativeDraft
from cases.intake.models import PartyKind, RepresentativeKind
from cases.intake.party_forms import role_choices
from courtcms.core.forms import DateInput


class RepresentativeForm(forms.Form):
    """Somebody who acts for the party of the row (诉讼代理人、辩护人)."""

    name = forms.CharField(label=_("诉讼代理人"), required=False, max_length=100)
    kind = forms.ChoiceField(label=_("代理身份"), required=False, choices=RepresentativeKind.choices)
    firm = forms.CharField(label=_("律师事务所"), required=False, max_length=200)
    licence = forms.CharField(label=_("执业证号"), required=False, max_length=40)

    @property
    def blank(self) -> bool:
        """Nothing was typed: the row is left out."""
        return not any(getattr(self, "cleaned_data", {}).get(name) for name in ("name", "firm", "licence"))


#: a party may have two agents in civil and administrative cases; more are typed first and judged by the registry
MOST_ACTING = 10
RepresentativeFormSet = forms.formset_factory(
    RepresentativeForm, extra=0, max_num=MOST_ACTING, absolute_max=MOST_ACTING + 5, validate_max=True
)
NONE_ACTING = {"TOTAL_FORMS": "0", "INITIAL_FORMS": "0"}


class PartyForm(forms.Form):
    """One party with those who act for it."""

    role = WantedChoice(label=_("诉讼地位"))
    kind = forms.ChoiceField(label=_("类别"), choices=PartyKind.choices, initial=PartyKind.NATURAL)
    name = WantedText(label=_("姓名或者名称"), max_length=200)
    identity_kind = forms.ChoiceField(
        label=_("证件"), required=False, choices=[("", _("按类别")), *identity.KINDS.items()]
    )
    identity_number = forms.CharField(
        label=_("证件号码"), required=False, max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    address = forms.CharField(label=_("住所地"), required=False, max_length=300)
    whereabouts_unknown = forms.BooleanField(label=_("下落不明，附证明材料"), required=False)
    phone = forms.CharField(label=_("电话"), required=False, max_length=40)
    born_on = forms.DateField(label=_("出生日期"), required=False, widget=DateInput)
    legal_representative = forms.CharField(label=_("法定代表人"), required=False, max_length=100)

    def __init__(self, *args: Any, type_code: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [*BLANK, *role_choices(type_code)]
        self.fields["kind"].widget.attrs |= REDRAW
        language_names = [(key, identity_label(key)) for key in identity.KINDS if key != "lawyer_licence"]
        self.fields["identity_kind"].choices = [("", _("按类别")), *language_names]
        self.acting = self._acting()

    def _acting(self) -> Any:
        """The rows of those who act for the party; a row that was sent without any has none."""
        prefix = f"{self.prefix}-representatives"
        if not self.is_bound:
            return RepresentativeFormSet(prefix=prefix, initial=self.initial.get("representatives") or [])
        data = self.data
        if f"{prefix}-TOTAL_FORMS" not in data:
            data = {f"{prefix}-{key}": value for key, value in NONE_ACTING.items()}
        return RepresentativeFormSet(data, prefix=prefix)

    def is_valid(self) -> bool:
        """The row and everybody in it can be read."""
        return super().is_valid() & self.acting.is_valid()

    @property
    def blank(self) -> bool:
        """Nothing was typed in this row: it is left out."""
        data = self.cleaned_data
        typed = ("name", "identity_number", "address", "phone", "legal_representative")
        return not any(data.get(name) for name in typed) and all(form.blank for form in self.acting)

    def representatives(self) -> tuple[RepresentativeDraft, ...]:
        """Those who act for the party, in order; blank rows at the end are left out, so that the others keep their
        place and with it the names of their fields."""
        rows = list(self.acting)
        while rows and rows[-1].blank:
            rows.pop()
        found = (getattr(row, "cleaned_data", {}) for row in rows)
        return tuple(
            RepresentativeDraft(
                name=data.get("name") or "",
                kind=data.get("kind") or RepresentativeKind.LAWYER,
                firm=data.get("firm") or "",
                licence=data.get("licence") or "",
            )
            for data in found
        )


def identity_label(key: str) -> Any:
    """Name of a kind of document, lazily in the language of the page."""
    return _(identity.KINDS[key])


class BasePartyFormSet(forms.BaseFormSet):
    """The parties of a case, at most fifty on one page."""

    def draft_parties(self) -> tuple[PartyDraft, ...]:
        """All rows, so that field names stay `parties-N-…`; blank rows at the end are left out."""
        rows = [form for form in self.forms if hasattr(form, "cleaned_data")]
        while rows and rows[-1].blank:
            rows.pop()
        return tuple(party_draft(form.cleaned_data, form.representatives()) for form in rows)


PartyFormSet = forms.formset_factory(
    PartyForm, formset=BasePartyFormSet, extra=0, max_num=50, absolute_max=60, validate_max=True
)


def party_draft(data: dict[str, Any], representatives: tuple[RepresentativeDraft, ...] = ()) -> PartyDraft:
    """The draft of one row; the kind of document follows the kind of party where none was chosen."""
    kind = data.get("kind") or "natural"
    number = (data.get("identity_number") or "").strip()
    usual = "resident_id" if kind == "natural" else "credit_code"
    return PartyDraft(
        role=data.get("role") or "",
        kind=kind,
        name=data.get("name") or "",
        identity_kind=(data.get("identity_kind") or usual) if number else "",
        identity_number=number,
        address=data.get("address") or "",
        phone=data.get("phone") or "",
        legal_representative=data.get("legal_representative") or "",
        born_on=data.get("born_on"),
        whereabouts_unknown=bool(data.get("whereabouts_unknown")),
        representatives=representatives,
    )
