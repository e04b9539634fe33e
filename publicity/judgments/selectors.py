"""What the pages show: the list, the text in pairs, the current hit, the table of names, the counters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from publicity.judgments import basis, words
from publicity.judgments.checks import replaced_of, residue_of, result_of
from publicity.judgments.desk_services import suggestion
from publicity.judgments.models import NamePass, Publication, PublicationVersion, RedactionHit
from publicity.judgments.moves import current
from publicity.judgments.rules import identical
from publicity.redaction.types import Residue

LONG_LINE, CHUNK = 700, 320


@dataclass
class Piece:
    """A run of text inside a paragraph: plain, a hit, or something left over."""

    text: str
    css: str = ""
    letter: Any = ""
    hit: int = 0
    deleted: bool = False
    on: bool = False


@dataclass
class Pair:
    """One paragraph: the original on the left, what will be published on the right."""

    number: int
    left: list[Piece] = field(default_factory=list)
    right: list[Piece] = field(default_factory=list)
    changed: bool = False
    doubtful: bool = False
    leaking: bool = False
    on: bool = False


@dataclass
class Focus:
    """The hit under decision with everything that speaks for or against it."""

    hit: RedactionHit
    text: str
    rule: Any
    doubt: str
    kind: Any
    places: int
    hide_as: str
    hidden: bool
    paragraph: int
    can_spread: bool
    needs_basis: bool
    before: int
    after: int


@dataclass
class Desk:
    """The whole desk of one version."""

    publication: Publication
    version: PublicationVersion
    hits: list[RedactionHit]
    result: str
    residue: tuple[Residue, ...]
    pairs: list[Pair]
    focus: Focus | None
    names: list[dict[str, Any]]
    hidden: int
    hidden_kinds: int
    kept: int
    doubts: int
    decided: int
    over: list[RedactionHit]
    paragraphs: int
    altered: int
    search: NamePass | None

    @property
    def clean(self) -> bool:
        return not self.doubts and not self.residue and not self.over and not self.searching

    @property
    def searching(self) -> bool:
        """Whether the worker still looks for further names."""
        return self.search is not None and self.search.finished_at is None


def desk_of(publication: Publication, *, hit_id: int = 0, show: str = "all") -> Desk | None:
    """The desk of the version in work; None before the first upload. `show`: all, diff, doubt."""
    version = current(publication)
    return None if version is None else desk_of_version(publication, version, hit_id=hit_id, show=show)


def desk_of_version(
    publication: Publication, version: PublicationVersion, *, hit_id: int = 0, show: str = "all"
) -> Desk:
    """The same for any version that was kept."""
    hits = list(version.hits.select_related("decided_by"))
    result = result_of(version, hits)
    residue = residue_of(version, hits, result)
    active = _active(hits, hit_id)
    pairs = list(_pairs(version, hits, residue, active))
    changed = [hit for hit in hits if _changes(hit, version)]
    return Desk(
        publication=publication, version=version, hits=hits, result=result, residue=residue,
        pairs=[pair for pair in pairs if _shown(pair, show)], focus=_focus(active, hits, version, pairs),
        names=_names(version, hits), hidden=len(changed),
        hidden_kinds=len({hit.rule for hit in changed}), kept=len(hits) - len(changed),
        doubts=sum(hit.open_doubt for hit in hits), decided=sum(hit.decision != "proposed" for hit in hits),
        over=basis.over_hidden(version, hits), paragraphs=len(pairs),
        altered=0 if identical(version.original, result, replaced_of(hits, version.original)) else 1,
        search=NamePass.objects.filter(version=version).first(),
    )  # fmt: skip


def altered(was: Desk, now: Desk) -> list[Pair] | None:
    """Paragraphs that look different now; None when others are shown than before, and all have to be drawn anew."""
    if [pair.number for pair in was.pairs] != [pair.number for pair in now.pairs]:
        return None
    return [pair for before, pair in zip(was.pairs, now.pairs, strict=True) if before != pair]


def _active(hits: list[RedactionHit], hit_id: int) -> RedactionHit | None:
    chosen = next((hit for hit in hits if hit.pk == hit_id), None)
    return chosen or next((hit for hit in hits if hit.open_doubt), None) or next(iter(hits), None)


def _changes(hit: RedactionHit, version: PublicationVersion) -> bool:
    return hit.replacement != version.original[hit.start : hit.end]


def _shown(pair: Pair, show: str) -> bool:
    if show == "diff":
        return pair.changed or pair.leaking
    if show == "doubt":
        return pair.doubtful or pair.leaking
    return True


def _lines(text: str, hits: list[RedactionHit]) -> Iterator[tuple[int, int]]:
    """Paragraphs as (start, end); a break inside a hit does not count; a text without breaks is cut at sentences."""
    start, index = 0, 0
    for at, letter in enumerate(text):
        while index < len(hits) and hits[index].end <= at:
            index += 1
        inside = index < len(hits) and hits[index].start <= at
        if inside or (letter != "\n" and not (letter == "。" and at - start > CHUNK and _long(text, start))):
            continue
        end = at if letter == "\n" else at + 1
        if text[start:end].strip():
            yield start, end
        start = at + 1
    if text[start:].strip():
        yield start, len(text)


def _long(text: str, start: int) -> bool:
    return "\n" not in text[start : start + LONG_LINE]


def _pairs(
    version: PublicationVersion, hits: list[RedactionHit], residue: tuple[Residue, ...], active: RedactionHit | None
) -> Iterator[Pair]:
    text, index, shift = version.original, 0, 0
    for number, (start, end) in enumerate(_lines(text, hits), start=1):
        pair, at = Pair(number), start
        while index < len(hits) and hits[index].end <= start:
            shift += len(hits[index].replacement) - (hits[index].end - hits[index].start)
            index += 1
        while index < len(hits) and hits[index].start < end:
            hit = hits[index]
            _plain(pair, text, at, hit.start, shift, residue)
            _hit(pair, hit, text, active)
            shift += len(hit.replacement) - (hit.end - hit.start)
            at, index = hit.end, index + 1
        _plain(pair, text, at, end, shift, residue)
        yield pair


def _plain(pair: Pair, text: str, start: int, end: int, shift: int, residue: tuple[Residue, ...]) -> None:
    """Text outside hits; what is left over in it is marked on both sides."""
    at = start
    for left in residue:
        begin, stop = left.start - shift, left.end - shift
        if begin < at or stop > end:
            continue
        _both(pair, Piece(text[at:begin]))
        _both(pair, Piece(text[begin:stop], "hit-leak", "漏"))
        pair.leaking, at = True, stop
    _both(pair, Piece(text[at:end]))


def _both(pair: Pair, piece: Piece) -> None:
    if piece.text:
        pair.left.append(piece)
        pair.right.append(piece)


def _hit(pair: Pair, hit: RedactionHit, text: str, active: RedactionHit | None) -> None:
    shown, on = text[hit.start : hit.end], active is not None and hit.pk == active.pk
    changed = hit.replacement != shown
    css, letter, _name = words.KINDS.get(hit.kind if changed else "keep", words.KINDS["other"])
    if hit.open_doubt:
        css, letter = "hit-doubt", "疑"
    pair.left.append(Piece(shown, css, letter if changed or hit.open_doubt else "", hit.pk, on=on))
    pair.right.append(
        Piece(hit.replacement, css, letter if changed or hit.open_doubt else "", hit.pk, not hit.replacement, on)
    )
    pair.changed, pair.doubtful, pair.on = pair.changed or changed, pair.doubtful or hit.open_doubt, pair.on or on


def _focus(
    active: RedactionHit | None, hits: list[RedactionHit], version: PublicationVersion, pairs: list[Pair]
) -> Focus | None:
    if active is None:
        return None
    same = (
        [one for one in hits if one.person == active.person and one.kind == "name"]
        if active.person and active.kind == "name"
        else [active]
    )
    text, place = version.original[active.start : active.end], hits.index(active)
    return Focus(
        hit=active, text=text, rule=words.rule_name(active.rule), doubt=words.said(active.doubt),
        kind=words.KINDS.get(active.kind, words.KINDS["other"])[2], places=len(same),
        hide_as=suggestion(active, version),
        hidden=active.replacement != text, paragraph=next((pair.number for pair in pairs if pair.on), 0),
        can_spread=len(same) > 1, needs_basis=active.proposal == text or active.rule == basis.MARKED,
        before=hits[place - 1].pk if place else 0,
        after=hits[place + 1].pk if place + 1 < len(hits) else 0,
    )  # fmt: skip


def _names(version: PublicationVersion, hits: list[RedactionHit]) -> list[dict[str, Any]]:
    """The table of names: original, published as, what for, places."""
    counts = Counter(hit.person for hit in hits if hit.kind == "name" and hit.person)
    first = {hit.person: hit for hit in reversed(hits) if hit.kind == "name" and hit.person and hit.action != "delete"}
    rows = []
    for person in version.people:
        hit = first.get(person["name"])
        if hit is None:
            continue
        rows.append({
            "name": person["name"], "shown": hit.replacement, "kept": not _changes(hit, version),
            "open": hit.open_doubt,
            "rule": words.rule_name(hit.rule), "places": counts[person["name"]], "hit": hit.pk,
        })  # fmt: skip
    return rows
