"""Numbers of the rules: found by pattern or by their label, proved by check digit, widened to label and comma."""

from __future__ import annotations

import re
from collections.abc import Iterator

from publicity.redaction.checks import passes
from publicity.redaction.clauses import widen
from publicity.redaction.packs import Identifier, Pack
from publicity.redaction.types import Span

BY_CONTEXT = frozenset(
    {
        "birth_date",
        "health",
        "disability_grade",
        "tech_investigation",
        "secret_mark",
        "trade_secret",
        "minor_school",
        "judge_keep",
        "mask_check",
        "address_below_county",
        "money_keep",
        "written_digits",
    }
)
_LONG = re.compile(r"[1-9](?<![0-9A-Za-z]{2})[\d \u3000\n\u200b-]{14,60}[\dXx]", re.ASCII)
_BROKEN_ID = re.compile(
    r"(?<![0-9A-Za-z])[1-9](?:[ \u3000\n\u200b-]{0,2}\d){16}[ \u3000\n\u200b-]{0,2}[\dXx](?![0-9A-Za-z])", re.ASCII
)
_TORN_CARD = re.compile(r"(?<![0-9A-Za-z.])[1-9](?:[ \u3000\n-]{0,2}\d){15,18}(?![0-9A-Za-z])", re.ASCII)
# Runs of letters and digits. Years, amounts and counts match too, outside the group, and are passed over. It begins
# with a set of letters: re looks for those several times faster than for anything else.
_RUN = re.compile(
    r"[0-9A-Za-z](?:(?:(?<=1)9|(?<=2)0)\d\d(?=[年)）\]〕])|(?<=\d)[\d.,]*(?=[元万亿条%日时分天])"
    r"|([0-9A-Za-z@._ ·•-]{2,}))",
    re.ASCII,
)
# Fewer letters and digits than this in reach, and the kind cannot be there.
LEAST = {
    "id18": 15, "id15": 15, "passport_cn": 8, "hk_macao_permit": 9, "mainland_hkmo_tw_permit": 9,
    "foreign_pr_old": 15, "mobile": 11, "landline": 10, "bank_card": 12, "uscc": 18, "org_code": 9,
    "realty_unit": 26, "plate_fuel": 5, "plate_new_energy": 6, "vin_bare": 17,
}  # fmt: skip
# Without one of these letters near by the kind cannot be there. One letter is looked for ten times faster than a word.
_LETTERS = {
    "email": "@t", "hk_macao_permit": "证", "mainland_hkmo_tw_permit": "证", "foreign_pr_old": "居证号",
    "hk_id": "（(", "org_code": "-", "lawyer_licence": "执", "realty_cert_new": "产", "plate_armed": "W军牌",
    "realty_cert_old": "证用有", "ip_address": ".", "case_no_keep": "号",
}  # fmt: skip
NEEDS = {name: frozenset(letters) for name, letters in _LETTERS.items()}
ANY = frozenset([""])
_MONEY = re.compile(r"[ ]?(?:亿|万)?(?:余)?元")
_NO_VALUE = re.compile(r"[ ]?(?:亿|万)?余?(?:元|年|次|笔|%|人民币)")
_NEIGHBOUR = re.compile(r"\d[ \u3000\t]{1,4}\Z")
_NEIGHBOUR_AFTER = re.compile(r"[ \u3000\t]{1,4}\d")
BEFORE, AFTER = 40, 20
# A place where numbers can be: its letters with a margin wider than any pattern looks, the length of the runs of
# letters and digits in it, and where it begins.
Window = tuple[str, int, int]
MARGIN = 48
LABEL_REACH = 32
MASKED_PLATE = re.compile(r"X{3,}\Z")
SURE = {"verified": 0.98, "likely": 0.9}


def hits(identifier: Identifier, text: str, start: int = 0, stop: int | None = None) -> Iterator[re.Match[str]]:
    """Matches of one identifier that pass its check digit; `text` is the folded text."""
    for found in identifier.pattern.finditer(text, start, len(text) if stop is None else stop):
        if identifier.check and not passes(identifier.check, found[0]):
            continue
        yield found


def windows(text: str) -> list[tuple[int, int, int]]:
    """Where numbers can be: the surroundings of runs of letters and digits, merged, with the length of the runs."""
    found: list[tuple[int, int, int]] = []
    for run in _RUN.finditer(text):
        if run.lastindex is None:
            continue
        start, end = run.span()
        left, right = start - BEFORE, end + AFTER
        if found and left <= found[-1][1]:
            found[-1] = (found[-1][0], right, found[-1][2] + end - start)
        else:
            found.append((max(0, left), right, end - start))
    return found


def long_runs(text: str) -> list[tuple[int, int]]:
    """Where identity and card numbers with blanks or line breaks inside can be."""
    return [long.span() for long in _LONG.finditer(text)]


def torn(text: str, longs: list[tuple[int, int]]) -> Iterator[re.Match[str]]:
    """Identity and card numbers with blanks or line breaks inside; `longs` as `long_runs` tells."""
    for long in longs:
        for found in _BROKEN_ID.finditer(text, *long):
            if passes("gb11643_18", found[0]):
                yield found
        for found in _TORN_CARD.finditer(text, *long):
            if passes("luhn_16_19", found[0]) and "\n" not in found[0]:
                yield found


def find_numbers(
    text: str,
    original: str,
    pack: Pack,
    quiet: set[Window] | None = None,
    longs: list[tuple[int, int]] | None = None,
) -> list[Span]:
    """All spans of numbers. `text` is the folded text, `original` what it was folded from.

    Places in `quiet` are passed over; those where nothing is found are added to it. `longs` as `long_runs` tells.
    """
    spans: list[Span] = []
    quiet = set() if quiet is None else quiet
    places = windows(text)
    bare = [(LEAST.get(one.id, 0), NEEDS.get(one.id, ANY), one) for one in pack.bare if one.id not in BY_CONTEXT]
    for left, right, size in places:
        part = text[max(0, left - MARGIN) : right + 2 * MARGIN]
        place, known = (part, size, min(left, MARGIN)), len(spans)
        if place in quiet:
            continue
        letters = {"", *part}
        for least, needs, identifier in bare:
            if size < least or needs.isdisjoint(letters):
                continue
            for found in identifier.pattern.finditer(text, left, right):
                span = _span(identifier, found, text, original)
                if span:
                    spans.append(span)
        spans += _labelled(text, original, pack, left, right)
        if len(spans) == known:
            quiet.add(place)
    return (
        spans
        + _broken_ids(text, original, pack, long_runs(text) if longs is None else longs)
        + _written(text, original, pack)
    )


def _written(text: str, original: str, pack: Pack) -> list[Span]:
    """Numbers in Chinese digits; without a label they are shown to the clerk."""
    rule = pack.by_id["written_digits"]
    spans = []
    for found in rule.pattern.finditer(text):
        label = _label(rule, text, found.start())
        doubt = "" if label[0] < label[1] else "汉字书写的长串数字，请核对是否为证件或者电话号码"
        spans.append(_make(rule, label, *found.span(), text, original, doubt))
    return spans


def _labelled(text: str, original: str, pack: Pack, left: int, right: int) -> Iterator[Span]:
    """Values that only their label tells, and the further values of a list behind it."""
    scan, heads, kinds = pack.labels, pack.label_heads, pack.labelled
    at = left
    while head := heads.search(text, at, right):
        at = head.start() + 1
        label = scan.match(text, at - 1, right)
        if not label:
            continue
        first = kinds[int((label.lastgroup or "k0")[1:])]
        for kind in (first, *(other for other in kinds if other is not first)):
            words = label if kind is first else kind.words and kind.words.match(text, label.start())
            value = words and kind.tail and kind.tail.match(text, words.end())
            if not words or not value or _NO_VALUE.match(text, value.end()):
                continue
            start, at = value.span(1)
            label_at = _nearest(kind, text, words, start)
            while kind.more and (value := kind.more.match(text, at)) and re.search(r"\d", value[1]):
                if _NO_VALUE.match(text, value.end()):
                    break
                at = value.end()
            yield _make(kind, label_at, start, at, text, original, "")
            break


def _span(identifier: Identifier, found: re.Match[str], text: str, original: str) -> Span | None:
    start, end = found.span(identifier.group)
    if _MONEY.match(text, end):
        return None
    label = _label(identifier, text, start)
    labelled = label[0] < label[1]
    doubt = ""
    if identifier.check and not passes(identifier.check, text[start:end]):
        if identifier.id not in ("id18", "bank_card") or identifier.check == "luhn_16_19" and not labelled:
            return None
        doubt = "" if labelled else "校验位不符，请核对是否为身份证号码"
    if identifier.require_label and not labelled:
        return None
    if identifier.near and not identifier.near.search(text[max(0, start - 12) : end + 12]):
        if identifier.id != "passport_cn":
            return None
        doubt = "形似证件号码，附近没有证件字样"
    if identifier.id.startswith("plate") and MASKED_PLATE.search(text[start:end]):
        return None
    if identifier.id == "mobile" and not labelled and _in_a_row(text, start, end):
        return None
    return _make(identifier, label, start, end, text, original, doubt)


def _label(identifier: Identifier, text: str, start: int) -> tuple[int, int]:
    """Where the label of the value at `start` stands; empty at `start` when there is none."""
    reach = max(0, start - LABEL_REACH)
    found = identifier.label.search(text[reach:start]) if identifier.label else None
    words = identifier.words.match(text, reach + found.start()) if found and identifier.words else None
    return _nearest(identifier, text, words, start) if words else (start, start)


def _nearest(identifier: Identifier, text: str, words: re.Match[str], start: int) -> tuple[int, int]:
    """In 账户（账号：…） the label is 账号."""
    span = words.span()
    while identifier.words and (closer := identifier.words.search(text, span[1], start)):
        span = closer.span()
    return span


def _in_a_row(text: str, start: int, end: int) -> bool:
    """Figures of a table parted by blanks are no telephone number."""
    return any(blank in text[start:end] for blank in " \u3000") and bool(
        _NEIGHBOUR.search(text[max(0, start - 6) : start]) or _NEIGHBOUR_AFTER.match(text, end)
    )


def _make(
    identifier: Identifier, label: tuple[int, int], start: int, end: int, text: str, original: str, doubt: str
) -> Span:
    action, replacement = identifier.action, original[start:end]
    if action == "delete":
        start, end = widen(text, label, start, end)
        replacement = ""
    elif action == "mask":
        replacement = masked(identifier.id, original[start:end])
    return Span(
        start,
        end,
        original[start:end],
        identifier.kind,
        action,
        replacement,
        identifier.id,
        identifier.article,
        0.6 if doubt else SURE.get(identifier.certainty, 0.7),
        doubt,
    )


def masked(name: str, value: str) -> str:
    """× for each letter and digit, the recognisable beginning kept: 津A×××××, 不动产权第×××××××号."""
    if name.startswith("plate"):
        value = re.sub(r"[·•・\- ]", "", value)
        if value.startswith("使"):
            return "使" + "×" * (len(value) - 1)
        head = 2 if not value.startswith(("军", "号", "牌")) else max(0, len(value) - 5)
        plain = value
        return plain[:head] + "×" * (len(plain) - head)
    return re.sub(r"[0-9０-９]", "×", value)


def _broken_ids(text: str, original: str, pack: Pack, longs: list[tuple[int, int]]) -> list[Span]:
    """Identity numbers torn by blanks or a line break; the check digit proves them."""
    rule = pack.by_id["id18"]
    spans = []
    inside = (found for long in longs for found in _BROKEN_ID.finditer(text, *long))
    for found in inside:
        if not found[0].isalnum() and passes("gb11643_18", found[0]):  # whole ones are found by the rule itself
            spans.append(_make(rule, _label(rule, text, found.start()), *found.span(), text, original, ""))
    return spans
