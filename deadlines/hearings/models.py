"""Hearings: when, where, who. Double bookings are impossible in the database itself."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models import Deferrable, F, Q
from django.utils.translation import gettext_lazy as _

from cases.docket.models import DocketEntry
from cases.intake.models import BenchRole, Case, Representative
from courtcms.core import clock
from courtcms.courts.models import Courtroom
from deadlines.hearings.querysets import LIVE, HearingQuerySet

ROOM_ONCE = "hearing_room_once"
PERSON_ONCE = "hearing_person_once"
REPRESENTATIVE_ONCE = "hearing_representative_once"


class HearingKind(models.TextChoices):
    """What the court sits for; each is a kind of docket entry."""

    HEARING = "hearing", _("开庭")
    PRETRIAL = "pretrial", _("庭前会议")
    INQUIRY = "inquiry", _("询问、调查")


class HearingStatus(models.TextChoices):
    """Where a hearing stands. Only `scheduled` and `held` occupy room and people."""

    SCHEDULED = "scheduled", _("已排期")
    HELD = "held", _("已开庭")
    ADJOURNED = "adjourned", _("延期")
    CANCELLED = "cancelled", _("已取消")


class ClosedGround(models.TextChoices):
    """Why a hearing is closed (民事诉讼法 137, 刑事诉讼法 188 and 285, 行政诉讼法 54)."""

    STATE_SECRET = "state_secret", _("涉及国家秘密")
    PRIVACY = "privacy", _("涉及个人隐私")
    TRADE_SECRET = "trade_secret", _("涉及商业秘密，当事人申请不公开")
    DIVORCE = "divorce", _("离婚案件，当事人申请不公开")
    MINOR = "minor", _("审判时被告人不满十八周岁")
    LAW = "law", _("法律另有规定")


class AdjournReason(models.TextChoices):
    """Why a hearing is adjourned (民事诉讼法 149, 法释〔2018〕9号 art. 2, 刑事诉讼法 204)."""

    ABSENT = "absent", _("必须到庭的人有正当理由没有到庭")
    RECUSAL = "recusal", _("当事人临时申请回避")
    EVIDENCE = "evidence", _("需要通知新的证人、调取新的证据、重新鉴定勘验或者补充调查")
    INVESTIGATION = "investigation", _("检察机关建议补充侦查")
    FORCE_MAJEURE = "force_majeure", _("不可抗力或者意外事件致庭审无法进行")


class Hearing(models.Model):
    """One sitting of the court in one case. `slot` is half open, from the beginning up to but not including the end."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="hearings")
    courtroom = models.ForeignKey(Courtroom, on_delete=models.PROTECT, related_name="hearings")
    slot = DateTimeRangeField(help_text=_("起止时间"))
    kind = models.CharField(max_length=12, choices=HearingKind.choices, default=HearingKind.HEARING)
    status = models.CharField(max_length=12, choices=HearingStatus.choices, default=HearingStatus.SCHEDULED)
    is_public = models.BooleanField(default=True, help_text=_("公开审理"))
    closed_ground = models.CharField(max_length=20, choices=ClosedGround.choices, blank=True)
    first_on = models.DateField(help_text=_("第一次排定的日期"))
    moves = models.PositiveSmallIntegerField(default=0, help_text=_("改期次数"))
    notice_on = models.DateField(help_text=_("发出通知之日"))
    notice_by = models.DateField(null=True, blank=True, help_text=_("最迟通知日"))
    short_notice_consent = models.CharField(max_length=300, blank=True, help_text=_("当事人书面同意缩短通知期间"))
    gap_consent = models.CharField(max_length=300, blank=True, help_text=_("当事人同意两次开庭间隔超过一个月"))
    off_hours_reason = models.CharField(max_length=300, blank=True, help_text=_("休息日或者办公时间以外开庭的理由"))
    note = models.CharField(max_length=300, blank=True)
    end_reason = models.CharField(max_length=300, blank=True, help_text=_("取消的理由"))
    continues = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="next")
    docket_entry = models.OneToOneField(
        DocketEntry, null=True, blank=True, on_delete=models.PROTECT, related_name="hearing"
    )
    scheduled_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    scheduled_at = models.DateTimeField()

    objects = HearingQuerySet.as_manager()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name=ROOM_ONCE,
                expressions=[("courtroom", RangeOperators.EQUAL), ("slot", RangeOperators.OVERLAPS)],
                condition=Q(status__in=LIVE),
                deferrable=Deferrable.IMMEDIATE,
                violation_error_message=_("该法庭在这一时段已有庭审"),
            ),
            models.CheckConstraint(
                name="hearing_slot_bounded",
                condition=Q(slot__isempty=False, slot__lower_inf=False, slot__upper_inf=False),
                violation_error_message=_("庭审须有起止时间"),
            ),
            models.CheckConstraint(
                name="hearing_closed_has_ground",
                condition=Q(is_public=True, closed_ground="") | (Q(is_public=False) & ~Q(closed_ground="")),
                violation_error_message=_("不公开审理须有法定理由，公开审理不写理由"),
            ),
            models.CheckConstraint(
                name="hearing_cancelled_has_reason",
                condition=~Q(status="cancelled") | ~Q(end_reason=""),
                violation_error_message=_("取消庭审须写明理由"),
            ),
        ]
        indexes = [
            GistIndex(fields=["slot"], name="hearing_by_time"),
            models.Index(fields=["case", "status"], name="hearing_of_case"),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.starts_at.astimezone(clock.COURT_ZONE):%Y-%m-%d %H:%M}"

    @property
    def starts_at(self) -> datetime:
        """The moment at which the hearing begins."""
        return self.slot.lower

    @property
    def ends_at(self) -> datetime:
        """The moment at which it is planned to end."""
        return self.slot.upper

    @property
    def day(self) -> date:
        """The court day."""
        return clock.court_day(self.slot.lower)

    @property
    def off_words(self) -> str:
        """Why it was adjourned or called off; empty while it stands."""
        if self.status == HearingStatus.ADJOURNED:
            return str(self.adjournment.get_reason_display())
        return self.end_reason

    @property
    def time_text(self) -> str:
        """09:30–11:30 in the court's own time."""
        first, last = (moment.astimezone(clock.COURT_ZONE) for moment in (self.slot.lower, self.slot.upper))
        return f"{first:%H:%M}–{last:%H:%M}"


class Adjournment(models.Model):
    """A hearing was adjourned (延期开庭), with its legal reason. The cap counts these rows."""

    hearing = models.OneToOneField(Hearing, on_delete=models.PROTECT, related_name="adjournment")
    reason = models.CharField(max_length=20, choices=AdjournReason.choices)
    note = models.CharField(max_length=300)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    made_on = models.DateField()

    def __str__(self) -> str:
        return f"{self.hearing} {self.get_reason_display()}"


class HearingParticipant(models.Model):
    """Somebody who must be there: of the bench, or acting for a party.

    `slot` and `live` are copies that a trigger keeps equal to the hearing's, so that an exclusion constraint can see
    them. `person_key` says which representatives are one person: the licence, or name and firm where there is none.
    """

    hearing = models.ForeignKey(Hearing, on_delete=models.PROTECT, related_name="participants")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="hearing_places"
    )
    representative = models.ForeignKey(
        Representative, null=True, blank=True, on_delete=models.PROTECT, related_name="hearing_places"
    )
    role = models.CharField(max_length=30)
    name = models.CharField(max_length=100)
    person_key = models.CharField(max_length=300, blank=True)
    slot = DateTimeRangeField()
    live = models.BooleanField(default=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="hearing_participant_one_person",
                condition=Q(user__isnull=False, representative__isnull=True, person_key="")
                | (Q(user__isnull=True, representative__isnull=False) & ~Q(person_key="")),
                violation_error_message=_("参加人是审判人员或者代理人之一"),
            ),
            models.UniqueConstraint(fields=["hearing", "user"], name="hearing_user_once"),
            models.UniqueConstraint(fields=["hearing", "representative"], name="hearing_represents_once"),
            ExclusionConstraint(
                name=PERSON_ONCE,
                expressions=[("user", RangeOperators.EQUAL), ("slot", RangeOperators.OVERLAPS)],
                condition=Q(live=True, user__isnull=False),
                deferrable=Deferrable.IMMEDIATE,
                violation_error_message=_("审判人员在这一时段已有庭审"),
            ),
            # one lawyer may act for two parties of one case: the hearing itself does not collide with itself
            ExclusionConstraint(
                name=REPRESENTATIVE_ONCE,
                expressions=[
                    ("person_key", RangeOperators.EQUAL),
                    ("slot", RangeOperators.OVERLAPS),
                    ("hearing", RangeOperators.NOT_EQUAL),
                ],
                condition=Q(live=True) & ~Q(person_key=""),
                deferrable=Deferrable.IMMEDIATE,
                violation_error_message=_("代理人在这一时段已有庭审"),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def role_label(self) -> str:
        """Place on the bench, or that somebody acts for a party."""
        return str(BenchRole(self.role).label) if self.role in BenchRole.values else str(_("诉讼代理人、辩护人"))


class CourtHours(models.Model):
    """The court's own office hours from a day on; rows are never changed, a later one takes their place."""

    valid_from = models.DateField(unique=True, help_text=_("自该日起适用"))
    opens = models.TimeField(help_text=_("开始办公"))
    closes = models.TimeField(help_text=_("结束办公"))
    break_from = models.TimeField(help_text=_("午休开始"))
    break_to = models.TimeField(help_text=_("午休结束"))
    reason = models.CharField(max_length=200)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    entered_on = models.DateField()

    class Meta:
        ordering = ["-valid_from"]
        constraints = [
            models.CheckConstraint(
                name="court_hours_in_order",
                condition=Q(opens__lt=F("break_from"), break_from__lte=F("break_to"), break_to__lt=F("closes")),
                violation_error_message=_("须依次为开始办公、午休开始、午休结束、结束办公"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.valid_from} {self.opens:%H:%M}–{self.closes:%H:%M}"


class FeedToken(models.Model):
    """A secret address of a calendar feed, for one person or one courtroom. Only its digest is kept."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="calendar_feeds"
    )
    courtroom = models.ForeignKey(
        Courtroom, null=True, blank=True, on_delete=models.PROTECT, related_name="calendar_feeds"
    )
    digest = models.CharField(max_length=64, unique=True)
    hint = models.CharField(max_length=8, help_text=_("地址的前几位，供辨认"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="feed_of_person_or_room",
                condition=Q(owner__isnull=False, courtroom__isnull=True)
                | Q(owner__isnull=True, courtroom__isnull=False),
                violation_error_message=_("日历属于一个人或者一个法庭"),
            )
        ]

    def __str__(self) -> str:
        return self.hint
