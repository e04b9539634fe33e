"""Publication of judgments: its state, versions of the text, hits, decisions, clearance, withdrawal, deliveries."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.intake.models import Case
from courtcms.files.models import StoredFile
from deadlines.clocks.models import Clock
from publicity.judgments import rules
from publicity.judgments.querysets import PublicationQuerySet

USER = settings.AUTH_USER_MODEL


class State(models.TextChoices):
    """Where a publication stands; `rules.TRANSITIONS` says what leads where."""

    AWAITED = rules.AWAITED, _("待上传")
    REVIEW = rules.REVIEW, _("脱敏核对")
    CLEARANCE = rules.CLEARANCE, _("保密审查")
    READY = rules.READY, _("待公布")
    PUBLISHED = rules.PUBLISHED, _("已公布")
    HELD = rules.HELD, _("暂停公布")
    WITHDRAWN = rules.WITHDRAWN, _("已撤回")
    DECIDING = rules.DECIDING, _("不公开审批中")
    WITHHELD = rules.WITHHELD, _("不公开")


class DocumentKind(models.TextChoices):
    """Kinds of documents (法释〔2016〕19号 art. 3)."""

    JUDGMENT = "judgment", _("判决书")
    RULING = "ruling", _("裁定书")
    DECISION = "decision", _("决定书")
    MEDIATION = "mediation", _("调解书")
    PAYMENT_ORDER = "payment_order", _("支付令")
    NOTICE = "notice", _("通知书")


class Ground(models.TextChoices):
    """Reasons of article 4 for which a document is not published."""

    X1 = "X1", _("涉及国家秘密")
    X2 = "X2", _("未成年人犯罪")
    X3 = "X3", _("以调解方式结案或者确认人民调解协议效力")
    X4 = "X4", _("离婚诉讼或者涉及未成年子女抚养、监护")
    X5 = "X5", _("人民法院认为不宜在互联网公布的其他情形")


class Publication(models.Model):
    """One document of a case on its way to the public, or kept from it."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="publications")
    kind = models.CharField(max_length=16, choices=DocumentKind.choices, default=DocumentKind.JUDGMENT)
    number = models.CharField(max_length=80, blank=True, help_text=_("文书案号"))
    title = models.CharField(max_length=300, blank=True, help_text=_("公布用标题，已脱敏"))
    judged_on = models.DateField(null=True, blank=True, help_text=_("裁判日期"))
    effective_on = models.DateField(null=True, blank=True, help_text=_("生效日期"))
    appealed = models.BooleanField(default=False, help_text=_("已上诉或者抗诉，与二审文书同时公布"))
    due_on = models.DateField(null=True, blank=True, help_text=_("最迟公布日，自生效日起七个工作日"))
    clock = models.ForeignKey(
        Clock, null=True, blank=True, on_delete=models.PROTECT, related_name="publications", help_text=_("公开期限")
    )
    state = models.CharField(max_length=12, choices=State.choices, default=State.AWAITED)
    policy = models.CharField(max_length=12, default="2016", help_text=_("规则集"))
    ground = models.CharField(max_length=2, choices=Ground.choices, blank=True, help_text=_("不公开的事由"))
    ground_note = models.CharField(max_length=300, blank=True, help_text=_("可以公开的说明"))
    redactor = models.ForeignKey(
        USER, null=True, blank=True, on_delete=models.PROTECT, related_name="redactions", help_text=_("脱敏人")
    )
    clearer = models.ForeignKey(
        USER, null=True, blank=True, on_delete=models.PROTECT, related_name="clearances", help_text=_("审查人")
    )
    publisher = models.ForeignKey(
        USER, null=True, blank=True, on_delete=models.PROTECT, related_name="publishings", help_text=_("公布人")
    )
    published_on = models.DateField(null=True, blank=True)
    held_until = models.DateField(null=True, blank=True, help_text=_("暂停公布的截止日"))
    checked_with = models.CharField(
        max_length=64, blank=True, help_text=_("最近一次复查所依据的规则和案件人员的摘要，空为待复查")
    )
    public_id = models.CharField(max_length=20, blank=True, help_text=_("公开网编号"))
    notice_id = models.CharField(max_length=20, blank=True, help_text=_("不公开信息项的公开网编号"))
    version = models.PositiveSmallIntegerField(default=0, help_text=_("现行版次，0 为尚无文本"))
    created_at = models.DateTimeField(auto_now_add=True)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="publication_two_persons",
                condition=Q(clearer__isnull=True) | Q(redactor__isnull=True) | ~Q(clearer=F("redactor")),
                violation_error_message=_("脱敏人不得审查自己的脱敏"),
            ),
            models.CheckConstraint(
                name="publication_published_coherent",
                condition=~Q(state__in=["published", "held", "withdrawn"])
                | (Q(published_on__isnull=False, publisher__isnull=False) & ~Q(public_id="")),
                violation_error_message=_("已公布的文书须有公布人、公布日和公开网编号"),
            ),
            models.CheckConstraint(
                name="publication_ready_cleared",
                condition=~Q(state__in=["ready", "published", "held"]) | Q(clearer__isnull=False, version__gt=0),
                violation_error_message=_("未经保密审查不得待公布或者公布"),
            ),
            models.CheckConstraint(
                name="publication_withheld_ground",
                condition=~Q(state__in=["withheld", "deciding"]) | ~Q(ground=""),
                violation_error_message=_("不公开须有事由"),
            ),
            models.CheckConstraint(
                name="publication_held_until",
                condition=Q(state="held", held_until__isnull=False) | (~Q(state="held") & Q(held_until__isnull=True)),
                violation_error_message=_("暂停公布须有截止日，恢复、撤回后没有"),
            ),
            models.CheckConstraint(
                name="publication_effective_after_judged",
                condition=Q(effective_on__isnull=True)
                | Q(judged_on__isnull=True)
                | Q(effective_on__gte=F("judged_on")),
                violation_error_message=_("生效日不得早于裁判日"),
            ),
        ]
        indexes = [
            models.Index(fields=["state", "due_on", "id"], name="publication_state_due"),
            models.Index(fields=["due_on", "id"], name="publication_due"),
            models.Index(fields=["id"], name="publication_recheck", condition=Q(state="published", checked_with="")),
        ]

    def __str__(self) -> str:
        return f"{self.number or self.case} {self.get_kind_display()}"

    @property
    def is_open(self) -> bool:
        return self.state in rules.OPEN


class PublicationVersion(models.Model):
    """One signed text with its result. Kept for good, also after withdrawal."""

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    file = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text=_("上传的原件")
    )
    original = models.TextField(help_text=_("原文"))
    original_sha256 = models.CharField(max_length=64)
    original_sm3 = models.CharField(max_length=64)
    policy = models.CharField(max_length=12, help_text=_("规则集"))
    people = models.JSONField(default=list, help_text=_("姓名表：原名、写法、公开为、身份、依据"))
    exclusions = models.JSONField(default=list, help_text=_("引擎发现的不公开事由"))
    result = models.TextField(blank=True, help_text=_("公布稿，公布时写定"))
    result_sha256 = models.CharField(max_length=64, blank=True)
    result_sm3 = models.CharField(max_length=64, blank=True)
    revision = models.PositiveIntegerField(default=0, help_text=_("每作一次决定加一"))
    seconds = models.FloatField(default=0, help_text=_("自动脱敏用时"))
    saved_at = models.DateTimeField(null=True, blank=True, help_text=_("最近一次保存"))
    created_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["publication", "number"], name="publication_version_once")]

    def __str__(self) -> str:
        return f"{self.publication} v{self.number}"


class NamePass(models.Model):
    """How far the worker has read an uploaded version for names that nothing tells of; its finds are hits."""

    version = models.OneToOneField(PublicationVersion, on_delete=models.PROTECT, related_name="name_pass")
    asked_at = models.DateTimeField()
    read = models.PositiveIntegerField(default=0, help_text=_("已读字数"))
    total = models.PositiveIntegerField(help_text=_("全文字数"))
    found = models.PositiveIntegerField(default=0, help_text=_("新提示的人数"))
    faults = models.PositiveSmallIntegerField(default=0, help_text=_("出错次数"))
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["id"], name="name_pass_unfinished", condition=Q(finished_at__isnull=True))]

    def __str__(self) -> str:
        return f"{self.version} {self.percent} %"

    @property
    def percent(self) -> int:
        """Letters read, of a hundred."""
        return min(100, self.read * 100 // self.total) if self.total else 100

    @property
    def given_up(self) -> bool:
        """Ended by faults: nobody but the reader looks for further names."""
        return self.finished_at is not None and self.read < self.total


class Decision(models.TextChoices):
    """What a person made of a hit."""

    PROPOSED = "proposed", _("建议")
    ACCEPTED = "accepted", _("接受")
    CHANGED = "changed", _("改写")
    KEPT = "kept", _("不隐去")
    ADDED = "added", _("人工隐去")


class RedactionHit(models.Model):
    """One place of the text with what the engine proposes and what was decided."""

    version = models.ForeignKey(PublicationVersion, on_delete=models.PROTECT, related_name="hits")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    kind = models.CharField(max_length=12)
    action = models.CharField(max_length=8)
    proposal = models.CharField(max_length=400, blank=True, help_text=_("引擎建议的替换文字"))
    replacement = models.CharField(max_length=400, blank=True, help_text=_("现在的替换文字"))
    rule = models.CharField(max_length=40)
    article = models.CharField(max_length=80, blank=True)
    confidence = models.FloatField()
    doubt = models.CharField(max_length=200, blank=True, help_text=_("存疑的理由"))
    person = models.CharField(max_length=100, blank=True)
    decision = models.CharField(max_length=10, choices=Decision.choices, default=Decision.PROPOSED)
    decided_by = models.ForeignKey(USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["start", "id"]
        constraints = [
            models.CheckConstraint(name="hit_not_empty", condition=Q(end__gt=F("start"))),
            models.UniqueConstraint(fields=["version", "start"], name="hit_once"),
            models.CheckConstraint(
                name="hit_decided_by_somebody",
                condition=Q(decision="proposed") | Q(decided_by__isnull=False, decided_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.start}-{self.end}"

    @property
    def open_doubt(self) -> bool:
        """Doubtful and not yet decided by a person."""
        return bool(self.doubt) and self.decision == Decision.PROPOSED


class DeskStep(models.Model):
    """One decision at the desk with what it changed, so that it can be undone."""

    version = models.ForeignKey(PublicationVersion, on_delete=models.PROTECT, related_name="steps")
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    name = models.CharField(max_length=20)
    before = models.JSONField(default=list)
    after = models.JSONField(default=list)
    undone = models.BooleanField(default=False)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.name} {self.at:%F %T}"


class PublicationStep(models.Model):
    """One transition: from, to, who, when, why."""

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="log")
    name = models.CharField(max_length=12)
    source = models.CharField(max_length=12, choices=State.choices)
    target = models.CharField(max_length=12, choices=State.choices)
    by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    version = models.PositiveSmallIntegerField(default=0)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.name} {self.source}→{self.target}"


class Clearance(models.Model):
    """A confidentiality check of one version: the answers to the list, the outcome, who, when."""

    version = models.ForeignKey(PublicationVersion, on_delete=models.PROTECT, related_name="checks")
    answers = models.JSONField(help_text=_("清单各项的结论"))
    accepted = models.BooleanField()
    note = models.TextField(blank=True)
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.version} {self.accepted}"


class WithdrawalReason(models.TextChoices):
    """Why a published document is taken back (art. 16)."""

    DIFF_FROM_ORIGINAL = "DIFF_FROM_ORIGINAL", _("与原本不一致")
    BAD_REDACTION = "BAD_REDACTION", _("技术处理不当")
    ART4_STATE_SECRET = "ART4_STATE_SECRET", _("涉及国家秘密")
    ART4_MINOR = "ART4_MINOR", _("未成年人犯罪")
    ART4_MEDIATION = "ART4_MEDIATION", _("以调解方式结案")
    ART4_DIVORCE_CUSTODY = "ART4_DIVORCE_CUSTODY", _("离婚诉讼或者涉及子女抚养、监护")
    ART4_OTHER = "ART4_OTHER", _("其他不宜公布的情形")
    COURT_ORDER = "COURT_ORDER", _("上级法院决定")


class Withdrawal(models.Model):
    """A published version taken back; the old hash stays."""

    version = models.ForeignKey(PublicationVersion, on_delete=models.PROTECT, related_name="withdrawals")
    reason = models.CharField(max_length=24, choices=WithdrawalReason.choices)
    note = models.TextField()
    result_sm3 = models.CharField(max_length=64)
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.version} {self.reason}"


class OutboxState(models.TextChoices):
    """Owed = sent + pending + failed."""

    PENDING = "pending", _("待送")
    SENT = "sent", _("已送达")
    FAILED = "failed", _("失败")


class Delivery(models.Model):
    """Outbox: what one surface is owed, and its receipt."""

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="deliveries")
    surface = models.CharField(max_length=20, default="portal", help_text=_("公开网 portal，或者其中一个公开面"))
    act = models.CharField(max_length=12, help_text=_("publish、withdraw、hold、release、notice、unnotice"))
    version = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=8, choices=OutboxState.choices, default=OutboxState.PENDING)
    receipt = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    again_on = models.DateField(null=True, blank=True, help_text=_("次日复核的日期，复核后为空"))

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["created_at"], name="delivery_owed", condition=~Q(state="sent")),
            models.Index(fields=["again_on"], name="delivery_again", condition=Q(again_on__isnull=False)),
        ]
        constraints = [
            models.CheckConstraint(name="delivery_sent_at", condition=~Q(state="sent") | Q(sent_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.surface} {self.act} {self.state}"
