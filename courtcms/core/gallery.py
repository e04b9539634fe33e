"""Invented data for the component gallery (`/design/`, development only)."""

from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest

from courtcms.core.charts import Bar
from courtcms.core.errors import Reason
from courtcms.core.forms import DateInput
from courtcms.core.icons import ICONS
from courtcms.core.pagination import Page
from courtcms.core.templatetags.court import Fig


class SampleForm(forms.Form):
    """One field of each kind."""

    received = forms.DateField(label="收到诉状", widget=DateInput, help_text="立案期限自次日起算")
    cause = forms.CharField(label="案由", help_text="选到第三级或第四级")
    phone = forms.CharField(label="电话", required=False)
    kind = forms.ChoiceField(label="案件类型", choices=[("civil", "民事一审"), ("appeal", "民事二审")])
    procedure = forms.ChoiceField(
        label="程序", widget=forms.RadioSelect, choices=[("o", "普通程序"), ("s", "简易程序")]
    )
    claim = forms.CharField(label="诉讼请求", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    checked = forms.BooleanField(label="已核对，不是重复起诉")


LEVELS = [
    ("ample", "充足"),
    ("near", "临近"),
    ("urgent", "紧迫"),
    ("overdue", "超期"),
    ("paused", "停算"),
    ("done", "已签章"),
    ("info", "四类案件"),
    ("danger", "残留"),
]
COLOURS = [
    ("paper", "纸"),
    ("paper-2", "纸深"),
    ("ink", "墨"),
    ("ink-3", "淡墨"),
    ("rule-2", "发线"),
    ("blue", "靛"),
    ("red", "朱"),
    ("ochre", "赭"),
    ("done", "青灰"),
]
KINDS = [
    ("future", "将来", "第二次合议", date(2026, 11, 30)),
    ("docket", "进展", "第一次合议", date(2026, 11, 20)),
    ("supervise", "监督", "要求提交类案检索报告", date(2026, 11, 12)),
    ("clock", "期限", "批准延长 1 个月", date(2026, 11, 6)),
    ("hearing", "庭审", "第二次开庭", date(2026, 10, 13)),
    ("service", "送达", "裁定送达各方", date(2026, 3, 9)),
    ("publish", "公开", "裁判文书公布", date(2026, 3, 2)),
]


def _figures() -> list[Fig]:
    return [
        Fig("在办", 39, "#frame", "件", current=True),
        Fig("超期", 1, "#frame", "超 6 天", "overdue", warn=True),
        Fig("临近", 6, "#frame", "16–60 天", "near"),
        Fig("等我", 7, "#frame", "1 项今日到期", part=True),
    ]


def _bars() -> list[Bar]:
    data = [
        ("超期", 3, "overdue"),
        ("0–15", 18, "urgent"),
        ("16–30", 34, "near"),
        ("31–60", 99, "near"),
        ("61–90", 41, "ample"),
        ("90 以上", 99, "ample"),
        ("停算", 18, "paused"),
    ]
    return [Bar(label, number, level, "#chart") for label, number, level in data]


def examples(request: HttpRequest) -> dict[str, Any]:
    """What `design.html` shows."""
    wrong = SampleForm({"received": "2026-11-31", "cause": "合同纠纷", "kind": "civil"})
    wrong.add_error("cause", "选到第三级或第四级")
    return {
        "today": date(2026, 11, 23),
        "due": date(2026, 12, 23),
        "levels": LEVELS,
        "colours": COLOURS,
        "icons": sorted(ICONS),
        "days": [-6, 0, 4, 30, 98],
        "figures": _figures(),
        "bars": _bars(),
        "form": SampleForm(auto_id="ok_%s"),
        "wrong": wrong,
        "reasons": [Reason("已过最后一日", article="法释〔2018〕9号第一条", remedy="须在届满前 15 日提出")],
        "tabs": [
            {"title": "风险", "href": "#frame", "current": True},
            {"title": "等谁", "href": "#frame", "count": 11},
        ],
        "chips": [{"text": "民二庭", "href": "#form"}, {"text": "15 天内", "href": "#form"}],
        "steps": [
            {"title": "立案", "note": "01-08", "state": "done"},
            {"title": "开庭", "note": "10-13", "state": "done"},
            {"title": "评议", "note": "合议庭持有，至 11-30", "state": "now"},
            {"title": "宣判"},
            {"title": "公开"},
        ],
        "entries": [{"kind": kind, "kind_word": word, "title": title, "date": day} for kind, word, title, day in KINDS],
        "rungs": [
            {"title": "承办法官", "state": "past", "tag": "已答复"},
            {"title": "庭长", "state": "now"},
            {"title": "分管副院长", "text": "未答复则自动上送"},
        ],
        "page": Page(rows=list(range(14)), next_cursor="next", previous_cursor="previous"),
    }
