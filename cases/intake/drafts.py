"""What a filing clerk, an import or the API hands in, before it is checked. Pure: no Django."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class RepresentativeDraft:
    """Somebody who acts for a party; `kind` is a key of RepresentativeKind."""

    name: str
    kind: str = "lawyer"
    firm: str = ""
    licence: str = ""


@dataclass(frozen=True)
class PartyDraft:
    """A party as handed in; `role` is a key of `party_roles.tsv`, `kind` natural, legal or organisation."""

    role: str
    kind: str
    name: str
    identity_kind: str = ""
    identity_number: str = ""
    address: str = ""
    phone: str = ""
    legal_representative: str = ""
    born_on: date | None = None
    aliases: tuple[str, ...] = ()
    whereabouts_unknown: bool = False
    representatives: tuple[RepresentativeDraft, ...] = ()


@dataclass(frozen=True)
class LinkDraft:
    """Another case by its number as written; `kind` is a key of LinkKind."""

    kind: str
    number: str


@dataclass(frozen=True)
class RecusalDraft:
    """A judge who must not get the case."""

    user_id: int
    ground: str
    reason: str


@dataclass(frozen=True)
class CaseDraft:
    """A case as handed in. Without `judge_id` the rotation decides; with one, `assign_reason` says why.

    `number` is given only for cases that already have one (import); otherwise it is allotted.
    """

    type_code: str
    cause_code: str
    filed_on: date
    parties: tuple[PartyDraft, ...]
    cause_text: str = ""
    procedure: str = ""
    received_on: date | None = None
    amount: Decimal | None = None
    claims: str = ""
    lower_number: str = ""
    links: tuple[LinkDraft, ...] = ()
    recusals: tuple[RecusalDraft, ...] = ()
    division_id: int | None = None
    judge_id: int | None = None
    assign_reason: str = ""
    secrecy: str = "none"
    in_custody: bool = False
    custody_since: date | None = None
    duplicate_note: str = ""
    number: str = ""
