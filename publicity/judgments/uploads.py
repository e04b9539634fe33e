"""What a signed text must be before it is stored: the judgment of this case, of a kind that is published, dated."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from cases.intake.models import Case, Secrecy
from courtcms.core import clock
from courtcms.core.errors import Reasons
from publicity.judgments.documents import heading_of, unfit
from publicity.judgments.models import DocumentKind
from publicity.judgments.parser import Judgment, kind_of, number_key
from publicity.redaction.packs import NAMES

LAW_SECRETS = "保守国家秘密法第三十一条；法释〔2016〕19号第四条第（一）项"
MOST_CHARACTERS = 500_000


def secrecy(reasons: Reasons, case: Case) -> None:
    """A case with a secret level keeps only a stub here: its full text is refused, whoever brings it."""
    if case.secrecy != Secrecy.NONE:
        reasons.add(
            _("本案定为%(level)s，不得在联网系统中存储或者处理全文") % {"level": case.get_secrecy_display()},
            field="file", code="secret", article=LAW_SECRETS,
            remedy=_("请在涉密专用设备上办理，并以“涉及国家秘密”登记不公开"),
        )  # fmt: skip


def check(
    reasons: Reasons, *, judgment: Judgment, case: Case, kind: str, effective_on: date | None, policy: str = ""
) -> None:
    """Note everything that speaks against a text as the document of that kind of the case."""
    if not judgment.text:
        reasons.add(_("文件没有文字；扫描件须先识别为文字再上传"), field="file", code="no_text")
        return
    if len(judgment.text) > MOST_CHARACTERS:
        reasons.add(_("文本超过 %(n)s 个字") % {"n": MOST_CHARACTERS}, field="file")
    _number(reasons, judgment, case)
    _kind(reasons, judgment, case, kind)
    _dates(reasons, judgment, effective_on)
    if policy and policy not in NAMES:
        reasons.add(_("没有这个规则集"), field="policy")


def _number(reasons: Reasons, judgment: Judgment, case: Case) -> None:
    if not judgment.number:
        reasons.add(_("文书中没有找到案号，不能确认是本案的文书"), field="file", code="number")
    elif number_key(judgment.number) != number_key(case.number):
        reasons.add(
            _("文书的案号是 %(found)s，本案是 %(case)s：这是另一个案件的文书")
            % {"found": judgment.number, "case": case.number},
            field="file", code="number",
        )  # fmt: skip


def _kind(reasons: Reasons, judgment: Judgment, case: Case, kind: str) -> None:
    found = kind_of(judgment)
    if found and found != kind:
        reasons.add(
            _("文书标题是“%(found)s”，与登记的种类“%(kind)s”不符")
            % {"found": judgment.kind, "kind": DocumentKind(kind).label},
            field="kind", code="kind",
        )  # fmt: skip
    why = unfit(judgment.text, case.category)
    if why is not None:
        reasons.add(
            _(why.message) % {"heading": heading_of(judgment.text)}, field="file", code=why.code, article=why.article,
            remedy=_(why.remedy),
        )  # fmt: skip


def _dates(reasons: Reasons, judgment: Judgment, effective_on: date | None) -> None:
    if not judgment.day:
        reasons.add(_("文书没有落款日期，不像签发的正本"), field="file", code="date")
    elif judgment.day > clock.today():
        reasons.add(_("文书落款日期晚于今天"), field="file", code="date")
    if judgment.day and effective_on and effective_on < judgment.day:
        reasons.add(_("登记的生效日早于文书落款日期"), field="effective_on", code="effect")


def tidy(text: str) -> str:
    """The text as it is kept: one kind of line end, nothing around it."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def refuse_secret(case: Case) -> None:
    """Raise with the article when no text of the case may be stored."""
    reasons = Reasons()
    secrecy(reasons, case)
    reasons.refuse()
