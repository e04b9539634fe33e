"""What the page frame shows, handed to every template.

Apps fill the frame without `core` knowing them: `provide("footer", function)` in `AppConfig.ready()`. A function takes
the request and returns what its place in the frame needs; it runs only when a template asks for that place.

Places: `footer` (a list of lines; several apps may give lines), `search` (address of the case list the search box
opens), `posts` (the posts that the signed-in person holds, see `templates/components/user_menu.html`),
`inbox` (address and number of unread notices).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from courtcms.core.clock import now
from courtcms.core.dates import moment

Provider = Callable[[HttpRequest], Any]

THEMES = ("system", "light", "dark", "contrast")
THEME_COOKIE = "courtcms_theme"

_providers: dict[str, list[tuple[int, Provider]]] = {}


@dataclass(frozen=True)
class FooterLine:
    """One line of the page foot; `level` marks trouble (`near`, `danger`), `href` opens what it speaks of."""

    text: str
    href: str = ""
    level: str = ""


def provide(place: str, function: Provider, order: int = 50) -> None:
    """Let `function` fill `place` of the frame; registering the same function twice changes nothing."""
    entries = _providers.setdefault(place, [])
    if all(known is not function for _order, known in entries):
        entries.append((order, function))
        entries.sort(key=lambda entry: entry[0])


def court_name() -> str:
    """The court's name in the language of the page, as the settings give it."""
    if (get_language() or "").startswith("zh"):
        return settings.COURTCMS_COURT_NAME
    return settings.COURTCMS_COURT_NAME_EN or settings.COURTCMS_COURT_NAME


def theme_of(request: HttpRequest) -> str:
    """The theme chosen by this browser, or an empty string for the system's own."""
    chosen = request.COOKIES.get(THEME_COOKIE, "")
    return chosen if chosen in THEMES[1:] else ""


class Frame:
    """The frame of one page; each property is worked out once, when a template reads it."""

    def __init__(self, request: HttpRequest):
        self.request = request

    def _all(self, place: str) -> list[Any]:
        return [function(self.request) for _order, function in _providers.get(place, ())]

    def _first(self, place: str, default: Any = None) -> Any:
        return next((value for value in self._all(place) if value), default)

    @cached_property
    def court_name(self) -> str:
        return court_name()

    @cached_property
    def footer(self) -> list[FooterLine]:
        return [line for lines in self._all("footer") for line in lines]

    @cached_property
    def search(self) -> str:
        return self._first("search", "")

    @cached_property
    def posts(self) -> list[Any]:
        return self._first("posts", [])

    @cached_property
    def inbox(self) -> Any:
        return self._first("inbox")

    @cached_property
    def nav(self) -> list[Any]:
        return self._first("nav", [])

    @cached_property
    def theme(self) -> str:
        return theme_of(self.request)

    @cached_property
    def themes(self) -> list[dict[str, Any]]:
        words = {"system": _("随系统"), "light": _("浅色"), "dark": _("深色"), "contrast": _("高对比")}
        return [{"key": key, "word": words[key], "chosen": key == (self.theme or "system")} for key in THEMES]

    @cached_property
    def idle_seconds(self) -> int:
        return getattr(settings, "SESSION_IDLE_SECONDS", 0)

    @cached_property
    def error_base(self) -> str:
        """The page that error pages stand in."""
        return settings.ERROR_BASE_TEMPLATE

    @cached_property
    def printed(self) -> str:
        """The moment for the foot of a printed page."""
        return moment(now())

    @cached_property
    def demo(self) -> bool:
        return bool(settings.DEMO)

    @cached_property
    def words(self) -> dict[str, str]:
        """The sentences that the page's scripts need, in the language of the page."""
        return {
            "failTitle": _("未能载入"),
            "failText": _("本页其他内容不受影响。"),
            "failSend": _("没有送达服务器，填写的内容都在，请再试一次。"),
            "retry": _("重试"),
            "undo": _("撤销"),
            "close": _("关闭"),
            "stay": _("继续使用"),
            "expiring": _("已有一段时间没有操作，%(minutes)s 分钟后需要重新登录。"),
            "expired": _("登录已过期，重新登录后回到本页。"),
            "signIn": _("重新登录"),
        }


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor of the staff site."""
    return {"frame": Frame(request)}


def public_frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor of the public site: the same frame, filled only by what is public."""
    return {"frame": Frame(request)}
