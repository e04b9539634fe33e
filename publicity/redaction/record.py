"""What the case record says, from JSON: {case_type, cause, parties: [{name, role, kind, minor, aliases}]}."""

from __future__ import annotations

import json
from difflib import get_close_matches
from typing import Any

from publicity.redaction.roles import is_role
from publicity.redaction.types import LEGAL, NATURAL, CaseFacts, PartyFact

TEXTS = ("case_type", "cause", "number", "secret_level", "closing")
PARTY_TEXTS = ("name", "role", "kind")
PARTY_FIELDS = (*PARTY_TEXTS, "minor", "aliases")
LIKENESS = 0.75  # alias for aliases, partys for parties; not case_number for number
KINDS = {
    "natural": NATURAL,
    "person": NATURAL,
    "自然人": NATURAL,
    "legal": LEGAL,
    "organisation": LEGAL,
    "organization": LEGAL,
    "法人": LEGAL,
    "非法人组织": LEGAL,
    "": "",
}


class BadRecord(Exception):
    """A record that cannot be used; every fault is named with its field."""


def read_record(text: str, notes: list[str] | None = None) -> CaseFacts:
    """The record as facts. Raises BadRecord with all faults at once.

    A field nobody knows is refused when it looks like a slip of the pen (`alias`), for the names in it would leak;
    others are passed over and, like roles nobody knows, added to `notes`.
    """
    notes = [] if notes is None else notes
    try:
        row = json.loads(text)
    except RecursionError as problem:
        raise BadRecord("嵌套过深") from problem
    except json.JSONDecodeError as problem:
        raise BadRecord(f"不是 JSON：第 {problem.lineno} 行第 {problem.colno} 列，{problem.msg}") from problem
    if not isinstance(row, dict):
        raise BadRecord("应为一个对象 {case_type, cause, parties}")
    faults = [f"{name}：应为文字" for name in TEXTS if not isinstance(row.get(name) or "", str)]
    _unknown(row, (*TEXTS, "parties"), "", faults, notes)
    parties = [] if row.get("parties") is None else row["parties"]
    if not isinstance(parties, list):
        faults.append("parties：应为列表")
        parties = []
    facts = [_party(index, party, faults, notes) for index, party in enumerate(parties)]
    if faults:
        raise BadRecord("；".join(faults))
    return CaseFacts(**{name: row.get(name) or "" for name in TEXTS}, parties=tuple(fact for fact in facts if fact))


def _unknown(row: dict[str, Any], known: tuple[str, ...], where: str, faults: list[str], notes: list[str]) -> None:
    """Faults for fields that look like a slip of the pen, notes for other fields nobody knows."""
    for key in sorted(set(row) - set(known)):
        meant = get_close_matches(key.casefold(), [name for name in known if name not in row], 1, LIKENESS)
        if meant:
            faults.append(f"{where}{key}：没有这个字段，是否应为 {meant[0]}")
        else:
            notes.append(f"{where}{key}：没有这个字段，未使用")


def _party(index: int, row: Any, faults: list[str], notes: list[str]) -> PartyFact | None:
    where = f"parties[{index}]"
    if not isinstance(row, dict):
        faults.append(f"{where}：应为对象 {{name, role, kind, minor, aliases}}")
        return None
    before = len(faults)
    _unknown(row, PARTY_FIELDS, f"{where}.", faults, notes)
    faults += [f"{where}.{name}：应为文字" for name in PARTY_TEXTS if not isinstance(row.get(name) or "", str)]
    if not row.get("name") or isinstance(row["name"], str) and not row["name"].strip():
        faults.append(f"{where}.name：必填")
    if not isinstance(row.get("minor"), bool | None):
        faults.append(f"{where}.minor：应为 true、false 或者 null")
    aliases = row.get("aliases") or []
    if not isinstance(aliases, list) or not all(isinstance(alias, str) for alias in aliases):
        faults.append(f"{where}.aliases：应为文字列表")
    kind = row.get("kind") or ""
    if isinstance(kind, str) and kind not in KINDS:
        faults.append(f"{where}.kind：应为 natural 或者 legal，不是 {kind}")
    if len(faults) > before:
        return None
    role = row.get("role") or ""
    if role and KINDS[kind] != LEGAL and not is_role(role):
        notes.append(f"{where}.role：不认识“{role}”，按当事人处理")
    return PartyFact(row["name"].strip(), role, KINDS[kind], row.get("minor"), tuple(aliases))
