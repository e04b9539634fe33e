"""Real texts with invented people put where the courts had masked somebody. The texts stay outside the repository."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random

from tests.publicity.harness.people import Invented, cast
from tests.publicity.harness.texts import Gold, Sample

DATA = Path(os.environ.get("COURTCMS_SHARED_DATA", Path(__file__).resolve().parents[4] / "shared" / "data"))
MASK = re.compile(
    r"(?<![\u4e00-\u9fff])?[\u4e00-\u9fff]某(?:[某甲乙丙丁戊己庚辛壬癸]|\d{1,2})?|[\u4e00-\u9fff][×ＸX]{1,2}"
)
_LIST = rf"(?:{MASK.pattern})(?:[（(][^（()）]{{1,40}}[)）])?"
ROLE = re.compile(
    rf"(?P<role>被害人|受害人|证人|鉴定人|法定代理人|附带民事诉讼原告人)(?P<list>{_LIST}(?:(?:、|和|与|及){_LIST})*)"
)
STATED = re.compile(rf"(?P<list>{_LIST}(?:(?:、|和|与|及){_LIST})*)(?:的)?(?:证言|证词)")
NOT_SURNAMES = frozenset("的某在与和及对将被把向从该本有是为由因到")
NAMES = {
    "被害人": "victim",
    "受害人": "victim",
    "证人": "witness",
    "鉴定人": "expert",
    "法定代理人": "agent",
    "附带民事诉讼原告人": "victim",
}


def available() -> bool:
    """Whether the texts are on this machine."""
    return (DATA / "judgments" / "roles.json").exists() and (DATA / "ner" / "nju-robbery-40.json").exists()


def judgments(half: str) -> Iterator[tuple[str, str, dict]]:
    """File, text and roles of the judgments with even ("a") or odd ("b") numbers."""
    rows = {row["file"]: row for row in json.loads((DATA / "judgments" / "roles.json").read_text(encoding="utf-8"))}
    for name in sorted(rows):
        if int(name[:2]) % 2 == (half == "b"):
            yield name, (DATA / "judgments" / name).read_text(encoding="utf-8"), rows[name]


def masked_people(text: str) -> dict[str, str]:
    """Masked persons that the text names in a role whose name is hidden: form and role."""
    found: dict[str, str] = {}
    for mark in [*ROLE.finditer(text), *STATED.finditer(text)]:
        for form in MASK.findall(mark["list"]):
            if form[0] not in NOT_SURNAMES:
                found.setdefault(form, NAMES[mark["role"]] if "role" in mark.groupdict() else "witness")
    for form in list(found):
        tails = Counter(re.findall(re.escape(form) + r"([\u4e00-\u9fff])", text))
        if tails and tails.most_common(1)[0][1] >= max(3, 0.8 * text.count(form)):  # 李某猛: the mask goes on
            del found[form]
    for accused in re.findall(rf"(?:被告人|曾用名|又名)({MASK.pattern})", text):
        found.pop(accused, None)
    return found


def injected(text: str, rng: Random, half: str, kinds: tuple[str, ...]) -> Sample:
    """The text with an invented name for each masked person of a hidden role; all else stays as the court wrote it."""
    roles = masked_people(text)
    people = dict(zip(roles, cast(rng, half, len(roles), kinds), strict=True)) if roles else {}
    people = {form: one for form, one in people.items() if one.name not in text}
    return _replaced(text, MASK, people, roles)


def _replaced(text: str, pattern: re.Pattern[str], people: dict[str, Invented], roles: dict[str, str]) -> Sample:
    parts: list[str] = []
    sample = Sample("", case_type="", complete=False)
    at = done = 0
    for mark in pattern.finditer(text):
        if mark[0] not in people:
            continue
        one = people[mark[0]]
        parts += [text[done : mark.start()], one.name]
        at += mark.start() - done
        sample.gold.append(Gold(at, at + len(one.name), roles[mark[0]], one.kind, True))
        at += len(one.name)
        done = mark.end()
    sample.text = "".join([*parts, text[done:]])
    return sample


def robberies(half: str, rng: Random, kinds: tuple[str, ...]) -> Iterator[tuple[Sample, dict[str, set[str]]]]:
    """The forty annotated robbery rulings with every victim and witness renamed, and the names that must stay by label."""
    rows = json.loads((DATA / "ner" / "nju-robbery-40.json").read_text(encoding="utf-8"))
    for row in rows[half == "b" :: 2]:
        text, labels = row["text"], {}
        for one in row["entities"]:
            labels.setdefault(one["label"], set()).add(one["text"])
        stay = {
            name for label, names in labels.items() if label not in ("VICTIM", "WITNESS", "BIRTHDATE") for name in names
        }
        roles = {
            name: role
            for label, role in (("WITNESS", "witness"), ("VICTIM", "victim"))
            for name in sorted(labels.get(label, ()))
        }
        roles = {name: role for name, role in roles.items() if name not in stay and "某" not in name and len(name) > 1}
        people = dict(zip(roles, cast(rng, half, len(roles), kinds), strict=True)) if roles else {}
        people = {name: one for name, one in people.items() if one.name not in text}
        if not people:
            continue
        pattern = re.compile("|".join(sorted(map(re.escape, people), key=len, reverse=True)))
        yield _replaced(text, pattern, people, roles), {label: names & stay for label, names in labels.items()}
