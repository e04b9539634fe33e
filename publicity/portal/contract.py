"""What the court hands to the portal: plain values, already redacted and cleared. Nothing else ever gets in.

Pure: no Django. The publishing room fills these and calls `publicity.portal.services` inside its own audited act.
Every text is shown to the public as it stands: no HTML, no markup, no internal id.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

#: kinds of documents, as in 法释〔2016〕19号 art. 3
DOCUMENT_KINDS = ("judgment", "ruling", "decision", "mediation", "payment_order", "notice")
#: kinds of cases, as in the filters of the search page
CATEGORIES = ("civil", "criminal", "administrative", "enforcement", "compensation", "bankruptcy", "other")
#: keys of sections, in the order of a judgment; each has a heading in `publicity.portal.words`
SECTION_KEYS = ("head", "parties", "course", "facts", "reasons", "disposition", "signatures", "appendix")
#: why a document is not published (法释〔2016〕19号 art. 4)
NON_PUBLICATION_REASONS = ("state_secret", "minor", "mediation", "divorce_custody", "other")
#: why a published document was withdrawn (art. 16)
WITHDRAWAL_REASONS = ("differs_from_original", "redaction_defect", *NON_PUBLICATION_REASONS, "court_order")


@dataclass(frozen=True)
class Section:
    """A part of the text. `title` replaces the usual heading of `key`; paragraphs carry no line breaks."""

    key: str
    paragraphs: tuple[str, ...]
    title: str = ""


@dataclass(frozen=True)
class Signatory:
    """A judge, juror or clerk who signed: `role` as printed (审判长, 审判员, 书记员 …)."""

    role: str
    name: str


@dataclass(frozen=True)
class RelatedDecision:
    """Another document of the same dispute (art. 17): its case number, court, date and outcome.

    `instance` is a key of the instances (`first` …) or of the links between cases (`lower`, `remand` …).
    """

    instance: str
    case_number: str
    court_name: str = ""
    judged_on: date | None = None
    outcome: str = ""


@dataclass(frozen=True)
class PublishedJudgment:
    """One cleared document. `public_id` is empty at the first publication and the receipt's id ever after.

    `instance` is a key of the case types (`first`, `second`, `retrial` …); `working_days` counts from effect to
    publication; `rule_set` is the year of the redaction rules; `version` grows with each correction.
    """

    case_number: str
    court_code: str
    court_name: str
    title: str
    document_kind: str
    category: str
    cause: str
    judged_on: date
    published_on: date
    sections: tuple[Section, ...]
    court_name_en: str = ""
    cause_en: str = ""
    instance: str = ""
    division: str = ""
    division_en: str = ""
    outcome: str = ""
    outcome_en: str = ""
    signatories: tuple[Signatory, ...] = ()
    effective_on: date | None = None
    working_days: int | None = None
    related: tuple[RelatedDecision, ...] = field(default_factory=tuple)
    rule_set: str = ""
    version: int = 1
    public_id: str = ""


@dataclass(frozen=True)
class NonPublication:
    """The four items of a document that is not published: case number, court, date, reason (art. 6).

    `reason` is a key of NON_PUBLICATION_REASONS; a state secret gives no notice at all when the four items would
    betray it, which the caller decides. `note` is the published wording of `other`.
    """

    case_number: str
    court_code: str
    court_name: str
    judged_on: date
    reason: str
    published_on: date
    court_name_en: str = ""
    note: str = ""
    public_id: str = ""


@dataclass(frozen=True)
class Receipt:
    """What the portal answers: the stable public id, its path, the SM3 of the published text, the version."""

    public_id: str
    path: str
    sm3: str
    version: int
