"""What the case record says, from JSON: {case_type, cause, parties: [{name, role, kind, minor, aliases}]}."""

from __future__ import annotations

import json
from typing import Any

from publicity.redaction.types import LEGAL, NATURAL, CaseFacts, PartyFact

TEXTS = ("case_type", "cause", "number", "secret_level", "closing")
PARTY_TEXTS = ("name", "role", "kind")
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


def read_record(text: str) -> CaseFacts:
    """The record as facts. Raises BadRecord with all faults at once."""
    try:
        row = json.loads(text)
    except json.JSONDecodeError as problem:
        raise BadRecord(f"不是 JSON：第 {problem.lineno} 行第 {problem.colno} 列，{problem.msg}") from problem
    if not isinstance(row, dict):
        raise BadRecord("应为一个对象 {case_type, cause, parties}")
    faults = [f"{name}：应为文字" for name in TEXTS if not isinstance(row.get(name, ""), str)]
    parties = row.get("parties", [])
    if not isinstance(parties, list):
        faults.append("parties：应为列表")
        parties = []
    facts = [_party(index, party, faults) for index, party in enumerate(parties)]
    if faults:
        raise BadRecord("；".join(faults))
    return CaseFacts(**{name: row.get(name, "") for name in TEXTS}, parties=tuple(fact for fact in facts if fact))


def _party(index: int, row: Any, faults: list[str]) -> PartyFact | None:
    where = f"parties[{index}]"
    if not isinstance(row, dict):
        faults.append(f"{where}：应为对象 {{name, role, kind, minor, aliases}}")
        return None
    before = len(faults)
    faults += [f"{where}.{name}：应为文字" for name in PARTY_TEXTS if not isinstance(row.get(name, ""), str)]
    if isinstance(row.get("name"), str) and not row["name"].strip() or "name" not in row:
        faults.append(f"{where}.name：必填")
    if row.get("minor") not in (None, True, False):
        faults.append(f"{where}.minor：应为 true、false 或者 null")
    aliases = row.get("aliases") or []
    if not isinstance(aliases, list) or not all(isinstance(alias, str) for alias in aliases):
        faults.append(f"{where}.aliases：应为文字列表")
    kind = row.get("kind") or ""
    if isinstance(kind, str) and kind not in KINDS:
        faults.append(f"{where}.kind：应为 natural 或者 legal，不是 {kind}")
    if len(faults) > before:
        return None
    return PartyFact(row["name"].strip(), row.get("role", ""), KINDS[kind], row.get("minor"), tuple(aliases))
