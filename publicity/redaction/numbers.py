"""Numbers and addresses of the rules: found by pattern, proved by check digit, widened to label and comma."""

from __future__ import annotations

import re
from collections.abc import Iterator

from publicity.redaction.checks import passes
from publicity.redaction.packs import Identifier, Pack
from publicity.redaction.types import Span

KEPT = frozenset({"keep"})
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
    }
)
OPEN, CLOSE = "（(", "）)"
EDGE_BEFORE = "，,；;。、（(\n"
EDGE_AFTER = "，,；;。、）)\n"
_BROKEN_ID = re.compile(
    r"(?<![0-9A-Za-z])[1-9](?:[ \u3000\n]{0,2}\d){16}[ \u3000\n]{0,2}[\dXx](?![0-9A-Za-z])", re.ASCII
)
_TORN_CARD = re.compile(r"(?<![0-9A-Za-z.])[1-9](?:[ \u3000\n-]{0,2}\d){15,18}(?![0-9A-Za-z])", re.ASCII)
_TORN_MOBILE = re.compile(r"(?<![0-9A-Za-z.])1[ \u3000]{0,2}[3-9](?:[ \u3000-]{0,2}\d){9}(?![0-9A-Za-z])", re.ASCII)
_RUN = re.compile(r"[0-9A-Za-z][0-9A-Za-z@._ ·•-]{2,}|[0-9]{3,}", re.ASCII)
_HARMLESS = re.compile(r"(?:19|20)\d\d(?=年|[)）\]〕])|[\d.,]+(?=元|万|亿|条|%|[日时分天])", re.ASCII)
_MONEY = re.compile(r"(?:亿|万)?(?:余)?元")
BEFORE, AFTER = 44, 24
MASKED_PLATE = re.compile(r"X{3,}\Z")
_BELOW = re.compile(r"镇|乡|街道|村|路|社区|小区|苏木")
_COUNTY = re.compile(r".*(?:区|县|旗|市)")
_ORGANISATION = re.compile(
    r"(?:公司|分公司|集团|银行|支行|委员会|政府|局|厅|院|厂|店|中心|学校|大学|事务所|商行|超市|部|社|协会)[^，。；\n]{0,30}[，,（(：:]?\Z"
)
_PERSON_EDGE = re.compile(r"[男女][，,]|出生|汉族|族[，,]|经营者|身份")


def hits(identifier: Identifier, text: str, start: int = 0, stop: int | None = None) -> Iterator[re.Match[str]]:
    """Matches of one identifier that pass its check digit; `text` is the folded text."""
    for found in identifier.pattern.finditer(text, start, len(text) if stop is None else stop):
        if identifier.check and not passes(identifier.check, found[0]):
            continue
        yield found


def windows(text: str) -> list[tuple[int, int]]:
    """Where numbers can be: the surroundings of runs of letters and digits, years and amounts left out; merged, in order."""
    found: list[tuple[int, int]] = []
    for run in _RUN.finditer(text):
        harmless = _HARMLESS.match(text, run.start())
        if harmless and harmless.end() >= run.end():
            continue
        left, right = max(0, run.start() - BEFORE), min(len(text), run.end() + AFTER)
        if found and left <= found[-1][1]:
            found[-1] = (found[-1][0], right)
        else:
            found.append((left, right))
    return found


def torn(text: str) -> Iterator[re.Match[str]]:
    """Identity, card and mobile numbers with blanks or line breaks inside."""
    for found in _BROKEN_ID.finditer(text):
        if passes("gb11643_18", found[0]):
            yield found
    for found in _TORN_CARD.finditer(text):
        if passes("luhn_16_19", found[0]) and "\n" not in found[0]:
            yield found
    for found in _TORN_MOBILE.finditer(text):
        yield found


def find_numbers(text: str, original: str, pack: Pack, natural_at: list[tuple[int, int, bool]]) -> list[Span]:
    """All spans of numbers and addresses. `natural_at` lists head entries as (start, end, is a human being)."""
    spans = []
    near = windows(text)
    for identifier in pack.identifiers:
        if identifier.id in BY_CONTEXT or identifier.id == "money_keep":
            continue
        for left, right in near if identifier.id != "address_below_county" else [(0, len(text))]:
            for found in identifier.pattern.finditer(text, left, right):
                span = _span(identifier, found, text, original, natural_at)
                if span:
                    spans.append(span)
    spans += _broken_ids(text, original, pack)
    return spans + _known_addresses(text, original, spans)


def _span(
    identifier: Identifier, found: re.Match[str], text: str, original: str, natural_at: list[tuple[int, int, bool]]
) -> Span | None:
    start, end = found.span(identifier.group)
    if _MONEY.match(text, end):
        return None
    labelled = bool(identifier.label and identifier.label.search(text[max(0, start - 16) : start]))
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
    if identifier.id == "address_below_county":
        start = _county_end(text, found)
    if identifier.id == "address_below_county" and (start < 0 or not _natural(start, found.start(), text, natural_at)):
        return None
    return _make(identifier, start, end, labelled, text, original, doubt)


def _county_end(text: str, found: re.Match[str]) -> int:
    """Where the part below the county begins: 岑溪市|马路镇马路社区…; -1 when there is no county (居住社区)."""
    if text[found.start() - 1 : found.start()] == "居":
        return -1
    below = _BELOW.search(text, found.start(1), found.end(1))
    if not below:
        return found.start(2)
    county = _COUNTY.match(text, found.start(1), below.start())
    return county.end() if county else -1


def _make(identifier: Identifier, start: int, end: int, labelled: bool, text: str, original: str, doubt: str) -> Span:
    action, replacement = identifier.action, original[start:end]
    if action == "delete":
        if identifier.id != "address_below_county":
            start, end = widen(identifier, start, end, labelled, text)
        replacement = ""
    elif action == "mask":
        replacement = masked(identifier.id, original[start:end])
    sure = {"verified": 0.98, "likely": 0.9}.get(identifier.certainty, 0.7)
    if doubt:
        sure = 0.6
    return Span(
        start,
        end,
        original[start:end],
        identifier.kind,
        action,
        replacement,
        identifier.id,
        identifier.article,
        sure,
        doubt,
    )


def widen(identifier: Identifier, start: int, end: int, labelled: bool, text: str) -> tuple[int, int]:
    """The value together with its label, when both make a clause of their own, and one comma or the brackets around."""
    left = start
    if labelled and identifier.label:
        label = identifier.label.search(text[max(0, start - 24) : start])
        left = max(0, start - 24) + label.start() if label else start
    right = end + 1 if text[end : end + 1] in ("”", '"') and text[left:start].rstrip().endswith(("“", '"')) else end
    return clause(text, left, right) or ((start, end) if labelled else (left, right))


def clause(text: str, left: int, right: int) -> tuple[int, int] | None:
    """`text[left:right]` widened by what separates it from its neighbours, or None when it is no clause of its own."""
    before, after = text[left - 1 : left], text[right : right + 1]
    if (before and before not in EDGE_BEFORE) or (after and after not in EDGE_AFTER):
        return None
    if before and before in OPEN and after and after in CLOSE:
        return left - 1, right + 1
    if before and before in "，,；;、":
        return left - 1, right
    if after and after in "，,；;、":
        return left, right + 1
    if after == "。":
        return left, right + 1
    return left, right


def masked(name: str, value: str) -> str:
    """× for each letter and digit, the recognisable beginning kept: 津A×××××, 不动产权第×××××××号."""
    if name.startswith("plate"):
        head = 2 if not value.startswith(("军", "号", "牌")) else max(0, len(value) - 5)
        plain = value[:head] + re.sub(r"[·•・\- ]", "", value[head:])
        return plain[:head] + "×" * (len(plain) - head)
    return re.sub(r"[0-9]", "×", value)


def _natural(start: int, label: int, text: str, natural_at: list[tuple[int, int, bool]]) -> bool:
    """Whether an address belongs to a human being: by the head entry around it, else by the words before it."""
    for entry_start, entry_end, natural in natural_at:
        if entry_start <= start < entry_end:
            return natural or bool(_PERSON_EDGE.search(text[entry_start:label]))
    sentence = text[max(0, label - 40, text.rfind("。", 0, label) + 1) : label]
    return not _ORGANISATION.search(sentence) or bool(_PERSON_EDGE.search(sentence))


def _broken_ids(text: str, original: str, pack: Pack) -> list[Span]:
    """Identity numbers torn by blanks or a line break; the check digit proves them."""
    rule = next(identifier for identifier in pack.identifiers if identifier.id == "id18")
    spans = []
    for found in _BROKEN_ID.finditer(text):
        if passes("gb11643_18", found[0]) and re.search(r"\s", found[0]):  # whole ones are found by the rule itself
            labelled = bool(rule.label and rule.label.search(text[max(0, found.start() - 16) : found.start()]))
            spans.append(_make(rule, *found.span(), labelled, text, original, ""))
    return spans


def _known_addresses(text: str, original: str, spans: list[Span]) -> list[Span]:
    """A home address once found is deleted wherever it stands again."""
    homes = {
        text[span.start : span.end]: span
        for span in spans
        if span.rule == "address_below_county" and span.end - span.start > 5
    }
    if not homes:
        return []
    known = {span.start for span in spans}
    pattern = re.compile("|".join(re.escape(home) for home in sorted(homes, key=len, reverse=True)))
    found = []
    for match in pattern.finditer(text):
        if match.start() not in known:
            first = homes[match[0]]
            found.append(
                Span(
                    match.start(),
                    match.end(),
                    original[match.start() : match.end()],
                    "address",
                    "delete",
                    "",
                    first.rule,
                    first.article,
                    0.9,
                )
            )
    return found
