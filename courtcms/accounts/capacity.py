"""In which posts somebody acts on a day."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import get_language
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


@dataclass(frozen=True)
class Capacity:
    """A post held on a day, in its court and division; `substitute_for` names the absent holder, if any."""

    post: Post
    court_id: int
    division_id: int | None
    division_name: str
    holder_id: int
    substitute_for: str = ""

    @property
    def label(self) -> str:
        """As the trail and the top bar show it: division, post, and for whom."""
        post = str(Post(self.post).label)
        english = (get_language() or "").startswith("en")
        named = f"{post}, {self.division_name}" if english else f"{self.division_name}{post}"
        text = named if self.division_name else post
        if self.substitute_for:
            return _("%(post)s（代%(name)s）") % {"post": text, "name": self.substitute_for}
        return text
