"""In which posts somebody acts on a day."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from courtcms.accounts.posts import Post

#: which of several posts comes first on the desk and in the trail
RANK = (
    Post.PRESIDENT,
    Post.VICE_PRESIDENT,
    Post.DIVISION_CHIEF,
    Post.DEPUTY_DIVISION_CHIEF,
    Post.PRESIDING_JUDGE,
    Post.JUDGE,
    Post.TRIAL_MANAGEMENT,
    Post.DISCIPLINE,
    Post.FILING_CLERK,
    Post.PUBLICITY,
    Post.JUDGE_ASSISTANT,
    Post.CLERK,
    Post.HOTLINE,
    Post.ADMINISTRATOR,
)


def post_label(post: str, division_name: str = "") -> str:
    """A post with its division: 民事审判第一庭庭长, or Division chief, Civil Division No. 1."""
    title = str(Post(post).label)
    if not division_name:
        return title
    english = (get_language() or "").startswith("en")
    return f"{title}, {division_name}" if english else f"{division_name}{title}"


@dataclass(frozen=True)
class Capacity:
    """A post held on a day, in its court and division; `substitute_for` names the absent holder, if any."""

    post: Post
    court_id: int
    division_id: int | None
    division_name: str
    holder_id: int
    substitute_for: str = ""
    division_name_en: str = ""

    @property
    def where(self) -> str:
        """Name of the division in the language in force."""
        english = (get_language() or "").startswith("en")
        return self.division_name_en if english and self.division_name_en else self.division_name

    @property
    def label(self) -> str:
        """As the top bar shows it: division, post, and for whom."""
        text = post_label(self.post, self.where)
        if self.substitute_for:
            return _("%(post)s（代%(name)s）") % {"post": text, "name": self.substitute_for}
        return text

    @property
    def record(self) -> str:
        """The label in the language of the court, whatever language the person reads: so that the trail is of one
        language. `records.shown` turns it into the reader's."""
        with override(settings.LANGUAGE_CODE):
            return self.label
