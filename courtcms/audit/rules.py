"""The hash chain: what is hashed, and what a broken chain looks like. Pure functions."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

#: head of an empty lane
GENESIS = "0" * 64
#: how far a moved row is looked for
NEARBY = 100
#: fields of an entry that its hash covers, in this order for ever; a new field gets a new `chain_version`
HASHED_FIELDS = (
    "lane", "position", "previous", "at", "actor_id", "actor_name", "capacity", "verb", "permission", "object_type",
    "object_id", "object_label", "case_id", "before", "after", "reason", "basis", "request_id",
)  # fmt: skip


def entry_hash(fields: Mapping[str, Any]) -> str:
    """SM3 (GB/T 32905-2016) over the canonical JSON of `HASHED_FIELDS`, as 64 hexadecimal digits."""
    canonical = json.dumps(
        [fields[name] for name in HASHED_FIELDS], ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    return hashlib.new("sm3", canonical.encode("utf-8")).hexdigest()


@dataclass(frozen=True)
class Fault:
    """A place where the trail was tampered with: `kind` is changed, removed, inserted or reordered."""

    kind: str
    lane: int
    position: int
    entry_id: int | None
    detail: str


def _original_position(row: Mapping[str, Any]) -> int | None:
    """Where a row stood before somebody moved it, looked for within `NEARBY` positions."""
    here = row["position"]
    for position in range(max(1, here - NEARBY), here + NEARBY + 1):
        if position != here and entry_hash({**row, "position": position}) == row["hash"]:
            return position
    return None


def faults_of_lane(lane: int, rows: Iterable[Mapping[str, Any]], head_position: int, head: str) -> Iterator[Fault]:
    """Walk one lane in order of position and yield what is wrong.

    A row whose own hash does not fit was *changed*, or *reordered* when it fits at another position nearby; a hole in
    the positions means rows were *removed*; two rows at one position, or a row beyond the head, was *inserted*; a row
    that is sound in itself but does not follow its predecessor was *reordered* (or stands where another one was taken
    out and the numbers closed up).
    """
    expected, previous = 1, GENESIS
    for row in rows:
        position, entry_id = row["position"], row["id"]
        if position > expected:
            yield Fault("removed", lane, expected, None, f"positions {expected} to {position - 1} are missing")
            previous = row["previous"]  # the hole is reported once; what follows is judged by itself
        elif position < expected:
            yield Fault("inserted", lane, position, entry_id, "a second entry stands at this position")
        if entry_hash(row) != row["hash"]:
            stood = _original_position(row)
            if stood is not None:
                yield Fault("reordered", lane, position, entry_id, f"it stood at position {stood}")
            else:
                yield Fault("changed", lane, position, entry_id, "its content does not fit its hash")
        elif row["previous"] != previous:
            yield Fault("reordered", lane, position, entry_id, "it does not follow the entry before it")
        if position >= expected:  # an inserted double does not become what the next row must follow
            expected, previous = position + 1, row["hash"]
    last = expected - 1
    if last < head_position:
        yield Fault("removed", lane, last + 1, None, f"positions {last + 1} to {head_position} are missing at the end")
    elif last > head_position:
        yield Fault("inserted", lane, head_position + 1, None, f"{last - head_position} entries stand beyond the head")
    elif previous != head:
        yield Fault("changed", lane, last, None, "the last entry is not the one that the head of the lane names")
