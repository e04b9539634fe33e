"""What the redaction engine takes and gives. Frozen values without behaviour of their own."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

NATURAL, LEGAL = "natural", "legal"


@dataclass(frozen=True)
class PartyFact:
    """A person of the case as the case record knows them; `minor` is None when the record does not say."""

    name: str
    role: str = ""
    kind: str = ""
    minor: bool | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class CaseFacts:
    """What the case record says about a judgment. All fields may be empty; the text then speaks for itself."""

    case_type: str = ""
    cause: str = ""
    number: str = ""
    parties: tuple[PartyFact, ...] = ()
    secret_level: str = ""
    closing: str = ""


@dataclass
class Person:
    """One human being of a judgment with every spelling; `who` holds the roles the rules ask for."""

    name: str
    who: set[str] = field(default_factory=set)
    role: str = ""
    spellings: list[str] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    kind: str = NATURAL
    minor: bool | None = None
    kept_as: str = ""
    born: date | None = None
    confidence: float = 1.0
    first: int = -1
    hidden: bool = False
    doubtful: bool = False
    rule: str = ""
    article: str = ""
    why: str = ""
    replacement: str = ""
    count: int = 0


@dataclass(frozen=True)
class Span:
    """One hit. `start` and `end` count characters of the original; `replacement` stands there afterwards."""

    start: int
    end: int
    text: str
    kind: str
    action: str
    replacement: str
    rule: str
    article: str
    confidence: float
    doubt: str = ""
    person: str = ""

    @property
    def changes(self) -> bool:
        return self.text != self.replacement


@dataclass(frozen=True)
class Residue:
    """Something that should not stand in the result. `start` and `end` count characters of the result."""

    start: int
    end: int
    text: str
    kind: str
    why: str
    person: str = ""


@dataclass(frozen=True)
class Exclusion:
    """A reason of article 4 (X1 to X5) for which the document is not published."""

    code: str
    article: str
    reason: str
    evidence: str


@dataclass(frozen=True)
class Result:
    """The published text with everything that led to it."""

    text: str
    spans: tuple[Span, ...]
    residual: tuple[Residue, ...]
    persons: tuple[Person, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    policy: str = ""
