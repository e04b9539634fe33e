"""From a row of the file to a draft, and all reasons against it, each under the head of its column."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from cases.intake import catalogue
from cases.intake.checks import say
from cases.intake.drafts import CaseDraft, PartyDraft, RepresentativeDraft
from cases.intake.import_columns import (
    CASE_COLUMNS,
    NO,
    PARTIES,
    SECRECY,
    YES,
    Header,
    find_document,
    find_procedure,
    find_role,
    find_type,
    guess_kind,
    read_day,
    read_money,
)
from cases.intake.words import Finding
from courtcms.accounts.models import User
from courtcms.core import clock
from courtcms.courts.models import Division

#: fields of reasons to keys of columns, where they differ
FIELD_KEYS = {"type_code": "type", "custody_since": "in_custody", "parties": "1.name", "links": "lower_number"}

#: the file knows one representative a party
ACTING_KEYS = {f"representatives-0-{field}": key for field, key in (("name", "representative"), ("firm", "firm"))}

#: heads of columns that a reason may speak of though the file lacks them
HEADS = {column.key: column.zh for column in CASE_COLUMNS}


@dataclass
class People:
    """Divisions and judges by name, read once for a file."""

    divisions: dict[str, int] = field(default_factory=dict)
    judges: dict[str, list[int]] = field(default_factory=dict)

    @classmethod
    def of_court(cls, court: Any) -> People:
        """All divisions of the court and all its staff."""
        divisions = Division.objects.filter(court=court, closed_on__isnull=True).order_by("pk")
        named = {
            name: division.pk for division in divisions for name in (division.name, division.name_en, division.code)
        }
        judges: dict[str, list[int]] = {}
        for user in User.objects.filter(is_active=True).order_by("pk"):
            for name in {user.name, user.name_en, user.username} - {""}:
                judges.setdefault(name, []).append(user.pk)
        return cls({key: value for key, value in named.items() if key}, judges)


class RowReader:
    """Reads rows of one file; collects what cannot be read as (column, reason) of the row at hand."""

    def __init__(self, header: Header, people: People) -> None:
        self.header = header
        self.people = people
        self.found: list[tuple[str, str]] = []

    def draft(self, row: dict[str, str]) -> tuple[CaseDraft, list[tuple[str, str]]]:
        """The draft of a row and what of it could not be read."""
        self.found = []
        cell = self._cells(row)
        case_type = find_type(cell("type"))
        if cell("type") and case_type is None:
            self._note("type", _("没有案件类型“%(text)s”") % {"text": cell("type")[:40]})
        cause = self._cause(cell("cause"), case_type)
        if "\x00extra" in row:
            self._note("", _("这一行的格数多于表头"))
        draft = CaseDraft(
            type_code=case_type.code if case_type else "",
            cause_code=cause,
            filed_on=self._day("filed_on", cell("filed_on")) or clock.today(),
            parties=self._parties(cell),
            procedure=find_procedure(cell("procedure")),
            received_on=self._day("received_on", cell("received_on")),
            amount=self._money(cell("amount")),
            claims=cell("claims"),
            lower_number=cell("lower_number"),
            division_id=self._division(cell("division")),
            judge_id=self._judge(cell("judge")),
            assign_reason=cell("assign_reason"),
            secrecy=self._secrecy(cell("secrecy")),
            in_custody=self._yes("in_custody", cell("in_custody")),
            duplicate_note=cell("duplicate_note"),
            number=cell("number"),
        )
        if not cell("filed_on"):
            self._note("filed_on", _("未填立案日"))
        return draft, self.found

    def column(self, key: str) -> str:
        """The head under which a reason about a field is reported."""
        parts = key.split("-", 2)
        if len(parts) == 3 and parts[0] == "parties":
            key = f"{int(parts[1]) + 1}.{ACTING_KEYS.get(parts[2], parts[2])}"
        key = FIELD_KEYS.get(key, key)
        return self.header.known.get(key) or (self._party_head(key) if key[:1].isdecimal() else HEADS.get(key, key))

    def _party_head(self, key: str) -> str:
        number, name = key.split(".", 1)
        known = self.header.known.get(f"{number}.name", f"当事人{number}")
        return known.removesuffix("名称") + {"role": "地位", "address": "住所地", "identity_number": "证件号码"}.get(
            name, ""
        )

    def _cells(self, row: dict[str, str]) -> Any:
        return lambda key: row.get(self.header.known.get(key, ""), "")

    def _note(self, key: str, text: str) -> None:
        self.found.append((self.column(key) if key else "", text))

    def _day(self, key: str, text: str) -> Any:
        value = read_day(text)
        return self._or_note(key, value)

    def _money(self, text: str) -> Any:
        return self._or_note("amount", read_money(text))

    def _or_note(self, key: str, value: Any) -> Any:
        if isinstance(value, Finding):
            self._note(key, say(value))
            return None
        return value

    def _yes(self, key: str, text: str) -> bool:
        if text.lower() not in YES | NO:
            self._note(key, _("“%(text)s”应为是或者否") % {"text": text[:40]})
        return text.lower() in YES

    def _secrecy(self, text: str) -> str:
        if text not in SECRECY:
            self._note("secrecy", _("没有密级“%(text)s”") % {"text": text[:40]})
        return SECRECY.get(text, "none")

    def _division(self, text: str) -> int | None:
        if text and text not in self.people.divisions:
            self._note("division", _("没有审判庭“%(text)s”") % {"text": text[:40]})
        return self.people.divisions.get(text)

    def _judge(self, text: str) -> int | None:
        hits = self.people.judges.get(text, [])
        if text and not hits:
            self._note("judge", _("没有法官“%(text)s”") % {"text": text[:40]})
        elif len(hits) > 1:
            self._note("judge", _("有几名“%(text)s”，请填用户名") % {"text": text[:40]})
        return hits[0] if len(hits) == 1 else None

    def _cause(self, text: str, case_type: catalogue.CaseType | None) -> str:
        if case_type is None:
            return ""
        cause = catalogue.cause_by_name(case_type.cause_field, text)
        if text and cause is None:
            self._note("cause", _("没有案由“%(text)s”") % {"text": text[:40]})
        return cause.code if cause else ""

    def _parties(self, cell: Any) -> tuple[PartyDraft, ...]:
        found = []
        for number in range(1, PARTIES + 1):
            name, role = cell(f"{number}.name"), cell(f"{number}.role")
            if not name and not role:
                break
            found.append(self._party(number, name, role, cell))
        return tuple(found)

    def _party(self, number: int, name: str, role: str, cell: Any) -> PartyDraft:
        key = find_role(role)
        if role and not key:
            self._note(f"{number}.role", _("没有诉讼地位“%(text)s”") % {"text": role[:40]})
        kind = guess_kind(cell(f"{number}.kind"), name)
        identity_number = cell(f"{number}.identity_number")
        usual = "resident_id" if kind == "natural" else "credit_code"
        address = cell(f"{number}.address")
        unknown = address == "下落不明"
        who = cell(f"{number}.representative")
        return PartyDraft(
            role=key,
            kind=kind,
            name=name,
            identity_kind=(find_document(cell(f"{number}.identity_kind")) or usual) if identity_number else "",
            identity_number=identity_number,
            address="" if unknown else address[:300],
            phone=cell(f"{number}.phone")[:40],
            legal_representative=cell(f"{number}.legal_representative")[:100],
            whereabouts_unknown=unknown,
            representatives=(RepresentativeDraft(who, firm=cell(f"{number}.firm")[:200]),) if who else (),
        )
