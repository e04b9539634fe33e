"""Refusals: every reason at once, each with its field, its rule and what would make it pass."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from django import forms


@dataclass(frozen=True)
class Reason:
    """One reason of a refusal, in words for the person who asked.

    `field` is the form field or API key it concerns ("" = the whole), `code` a stable key for machines,
    `article` the legal source, `remedy` what to do about it.
    """

    message: Any
    field: str = ""
    code: str = ""
    article: str = ""
    remedy: Any = ""

    def as_dict(self) -> dict[str, str]:
        """The reason for JSON, texts in the language in force."""
        return {key: str(value) for key, value in asdict(self).items()}


class Refusal(Exception):
    """An act that the rules do not allow. Nothing was written."""

    status = 400

    def __init__(self, reasons: Iterable[Reason] | Reason) -> None:
        self.reasons = [reasons] if isinstance(reasons, Reason) else list(reasons)
        super().__init__("; ".join(str(reason.message) for reason in self.reasons))

    def apply_to(self, form: forms.BaseForm) -> None:
        """Show the reasons on a form: at the field where there is one, else on top."""
        for reason in self.reasons:
            text = " ".join(str(part) for part in (reason.message, reason.article, reason.remedy) if part)
            form.add_error(reason.field if reason.field in form.fields else None, text)


class NotAllowed(Refusal):
    """The person's posts do not carry this permission, or the object lies outside their scope."""

    status = 403


class Conflict(Refusal):
    """Somebody else was quicker: the object is no longer in the state that the act needs."""

    status = 409


class Reasons:
    """Collects reasons, then refuses with all of them.

    >>> reasons = Reasons()
    >>> reasons.add("案由必填", field="cause")
    >>> bool(reasons)
    True
    """

    def __init__(self) -> None:
        self.found: list[Reason] = []

    def add(self, message: Any, *, field: str = "", code: str = "", article: str = "", remedy: Any = "") -> None:
        """Note one reason."""
        self.found.append(Reason(message, field, code, article, remedy))

    def extend(self, reasons: Iterable[Reason]) -> None:
        """Note several."""
        self.found.extend(reasons)

    def __bool__(self) -> bool:
        return bool(self.found)

    def refuse(self, kind: type[Refusal] = Refusal) -> None:
        """Raise `kind` with everything noted; return quietly when nothing was."""
        if self.found:
            raise kind(self.found)
