"""What checks speak of: limits and faults."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Limits:
    """How large a file may be, packed and unpacked."""

    max_bytes: int = 50 * 1024 * 1024
    max_text_bytes: int = 10 * 1024 * 1024
    max_unpacked: int = 200 * 1024 * 1024
    max_ratio: int = 200
    max_entries: int = 2_000
    max_pixels: int = 120_000_000
    max_frames: int = 500
    max_pages: int = 3_000


@dataclass(frozen=True)
class Fault:
    """Why a file is refused: a stable code, the sentence (msgid), its parameters."""

    code: str
    message: str
    params: dict[str, object] = field(default_factory=dict)
