"""Words of the pure modules: the Chinese source text is marked here and translated where it is shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from courtcms.core.marks import N_

__all__ = ["N_", "Finding"]


@dataclass(frozen=True)
class Finding:
    """One reason in words: a code, the Chinese template and its values. `str()` gives the Chinese sentence."""

    code: str
    template: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.template % dict(self.values) if self.values else self.template
