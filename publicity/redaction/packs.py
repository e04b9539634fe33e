"""Rule packs: which persons are hidden, how, and what is done with each kind of number. Data, read once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent / "rules"
NAMES = ("2013", "2016", "strict")
DEFAULT = "2016"


@dataclass(frozen=True)
class HideRule:
    """Whoever is `who` in a case of `categories` (empty: any) is hidden; doubtful unless `certainty` is verified."""

    id: str
    who: str
    article: str
    why: str
    categories: tuple[str, ...] = ()
    certainty: str = "verified"

    def applies(self, who: set[str], category: str) -> bool:
        return self.who in who and (not self.categories or category in self.categories)


@dataclass(frozen=True)
class Identifier:
    """One kind of number or statement with what happens to it.

    `pattern` finds it anywhere. A kind that is known by its label alone has `words` (the label), `tail` (what joins the
    value to the label, and the value) and `more` (a further value of a list).
    """

    id: str
    name: str
    kind: str
    action: str
    article: str
    pattern: re.Pattern[str]
    group: int = 0
    check: str = ""
    label: re.Pattern[str] | None = None
    require_label: bool = False
    near: re.Pattern[str] | None = None
    certainty: str = "verified"
    words: re.Pattern[str] | None = None
    tail: re.Pattern[str] | None = None
    more: re.Pattern[str] | None = None

    @property
    def labelled(self) -> bool:
        """Whether the value is known by its label alone."""
        return self.tail is not None


@dataclass(frozen=True)
class Pack:
    """One set of rules with its period of validity."""

    id: str
    name: str
    since: date | None
    until: date | None
    numbering: str
    mark: str
    names_article: str
    hide: tuple[HideRule, ...]
    identifiers: tuple[Identifier, ...]
    drop_alias: bool
    hide_birth_of_hidden: bool

    @cached_property
    def by_id(self) -> dict[str, Identifier]:
        """The kinds by their id."""
        return {one.id: one for one in self.identifiers}

    @cached_property
    def bare(self) -> tuple[Identifier, ...]:
        """The kinds that can be told without a label."""
        return tuple(one for one in self.identifiers if not one.labelled)

    @cached_property
    def labelled(self) -> tuple[Identifier, ...]:
        """The kinds that only their label tells."""
        return tuple(one for one in self.identifiers if one.labelled)

    @cached_property
    def labels(self) -> re.Pattern[str]:
        """All their labels as one alternation; group `k0` is the first kind of `labelled`."""
        return re.compile(
            "|".join(f"(?P<k{i}>{one.words.pattern})" for i, one in enumerate(self.labelled) if one.words)
        )

    @cached_property
    def label_heads(self) -> re.Pattern[str]:
        """The letters that those labels begin with: found ten times faster than the labels themselves."""
        return re.compile(
            "|".join(sorted({head for one in self.labelled if one.words for head in heads(one.words.pattern)}))
        )


_HEAD = re.compile(r"\w(?![?*{])(?:\w(?![?*{]))?")
_SET = re.compile(r"\[(\w+)\]\{")
_GROUP = re.compile(r"\(\?:([\w|?]+)\)(?![?*{])")


def heads(label: str) -> list[str]:
    """The first one or two letters of all that the pattern of a label can find.

    Raises ValueError for a pattern that does not tell.
    """
    group, letters = _GROUP.match(label), _SET.match(label)
    if letters:
        return list(letters[1])
    found = [_HEAD.match(word) for word in (group[1] if group else label.partition("(")[0]).split("|")]
    if not all(found) or not group and "|" in label.partition("(")[0]:
        raise ValueError(f"the head of the label {label} cannot be told")
    return [word[0] for word in found if word]


def _read(name: str) -> Any:
    return yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))


# Between a label and its value: 微信号为“…”, 账号（…）, 护照号码： …
LINK = (
    r"(?:号码|编号|账号|帐号|账户|号|ID|id|码)?[ \u3000]*[）)]?(?:分别|均|登记|显示|注册|预留|变更)?[:：为是系]{0,2}[ "
    r"\u3000\n]*"
    r"[“\"‘『「（(【]?[ \u3000]*(?:号码|账号|号)?[:：为是系]{0,2}[ \u3000]*"
)


def _identifier(row: dict[str, Any], change: dict[str, Any]) -> Identifier:
    row = {**row, **change}
    label = f"(?:{row['label']}){LINK}$" if row.get("label") else ""
    value = row.get("value", "")
    pattern = row.get("pattern") or f"(?:{row['label']}){LINK}({value})"
    return Identifier(
        id=row["id"],
        name=row["name"],
        kind=row["kind"],
        action=row["action"],
        article=row["article"],
        pattern=re.compile(pattern, re.ASCII),
        group=1 if value else row.get("group", 0),
        check=row.get("check", ""),
        label=re.compile(label) if label else None,
        require_label=row.get("require_label", False),
        near=re.compile(row["near"]) if row.get("near") else None,
        certainty=row.get("certainty", "verified"),
        words=re.compile(row["label"]) if row.get("label") else None,
        tail=re.compile(f"{LINK}({value})", re.ASCII) if value else None,
        more=re.compile(rf"[ \u3000]*(?:、|和|及|与|或|以及|/)[ \u3000]*({value})", re.ASCII) if value else None,
    )


@cache
def get_pack(name: str = DEFAULT) -> Pack:
    """The named pack. Raises KeyError for an unknown name."""
    if name not in NAMES:
        raise KeyError(name)
    row = _read(name)
    changes = row.get("identifiers") or {}
    return Pack(
        id=row["id"],
        name=row["name"],
        since=row.get("from"),
        until=row.get("to"),
        numbering=row["names"]["numbering"],
        mark=row["names"]["mark"],
        names_article=row["names"]["article"],
        hide=tuple(HideRule(**{**rule, "categories": tuple(rule.get("categories", ()))}) for rule in row["hide"]),
        identifiers=tuple(_identifier(entry, changes.get(entry["id"], {})) for entry in _read("identifiers")),
        drop_alias=row["drop_alias"],
        hide_birth_of_hidden=row["hide_birth_of_hidden"],
    )


def pack_for(day: date) -> Pack:
    """The pack in force on the day of publication; the day of the judgment does not matter."""
    for name in NAMES:
        pack = get_pack(name)
        if pack.since and pack.since <= day and (pack.until is None or day <= pack.until):
            return pack
    return get_pack(DEFAULT)
