"""People hold posts by appointment. What somebody may do follows from the posts of the day, never from a flag."""

from __future__ import annotations

from datetime import date
from functools import cached_property

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from courtcms.accounts.capacity import RANK, Capacity
from courtcms.accounts.permissions import PERMISSIONS
from courtcms.accounts.posts import Post
from courtcms.core import clock
from courtcms.courts.models import Court, Division


class UserManager(BaseUserManager["User"]):
    """Creates users; there is no superuser in this system."""

    def create_user(self, username: str, password: str | None = None, **fields: object) -> User:
        """A user with a usable password, or with none when `password` is None."""
        user = self.model(username=self.model.normalize_username(username), **fields)
        user.set_password(password)
        user.save()
        return user


class User(AbstractBaseUser):
    """A member of the court's staff. `is_active` is False after leaving; the row stays for the trail."""

    username = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=100, help_text=_("姓名"))
    name_en = models.CharField(max_length=100, blank=True, help_text=_("姓名的拼音或英文写法"))
    is_active = models.BooleanField(default=True)
    joined_on = models.DateField(null=True, blank=True)
    language = models.CharField(max_length=10, blank=True, help_text=_("界面语言"))
    password_changed_at = models.DateTimeField(null=True, blank=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["name"]
    objects = UserManager()

    def __str__(self) -> str:
        return self.name

    @property
    def display_name(self) -> str:
        """Name as shown in the language in force."""
        return self.name_en if (get_language() or "").startswith("en") and self.name_en else self.name

    @cached_property
    def capacities(self) -> list[Capacity]:
        """Posts of today, own ones and those of absent persons whom this one substitutes. Read once per request."""
        return capacities_on(self, clock.today())

    def may(self, permission: str) -> bool:
        """Does a post of today carry this permission? An unknown permission raises KeyError."""
        holders = PERMISSIONS[permission]
        return any(capacity.post in holders for capacity in self.capacities)

    def capacity_label(self, permission: str = "") -> str:
        """The post in which this person acts under `permission`, as the trail keeps it (`Capacity.record`)."""
        holders = PERMISSIONS.get(permission, ())
        fitting = [capacity for capacity in self.capacities if capacity.post in holders] or self.capacities
        return fitting[0].record if fitting else ""


class AppointmentKind(models.TextChoices):
    """How a post is held."""

    SUBSTANTIVE = "substantive", _("任职")
    DEPUTY = "deputy", _("副职")
    ACTING = "acting", _("主持工作")


class DateRange(Func):
    """`daterange(from, to)` of two date columns, half open."""

    function = "DATERANGE"
    output_field = DateRangeField()


class Appointment(models.Model):
    """Somebody holds a post in a division for a period; `until` is the first day on which they no longer do."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="appointments")
    post = models.CharField(max_length=30, choices=Post.choices)
    court = models.ForeignKey(Court, on_delete=models.PROTECT, related_name="appointments")
    division = models.ForeignKey(Division, null=True, blank=True, on_delete=models.PROTECT, related_name="appointments")
    kind = models.CharField(max_length=12, choices=AppointmentKind.choices, default=AppointmentKind.SUBSTANTIVE)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    basis = models.CharField(max_length=200, blank=True, help_text=_("任免文号"))

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="appointment_dates",
                condition=Q(until__isnull=True) | Q(until__gt=F("since")),
                violation_error_message=_("任期截止日须晚于起始日"),
            ),
            ExclusionConstraint(
                name="appointment_not_twice",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("post", RangeOperators.EQUAL),
                    (F("court"), RangeOperators.EQUAL),
                    (models.functions.Coalesce(F("division"), 0), RangeOperators.EQUAL),
                    (DateRange("since", "until", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("同一人在同一部门的同一职务任期重叠"),
            ),
        ]
        indexes = [models.Index(fields=["post", "division"], name="appointment_of_post")]

    def __str__(self) -> str:
        return f"{self.user} {self.get_post_display()}"

    def in_force_on(self, day: date) -> bool:
        """Is the post held on this day?"""
        return self.since <= day and (self.until is None or day < self.until)


class Absence(models.Model):
    """Somebody is away from `since` to the day before `until`; a named substitute acts in their posts meanwhile."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="absences")
    substitute = models.ForeignKey(User, on_delete=models.PROTECT, related_name="substitutions")
    since = models.DateField()
    until = models.DateField()
    reason = models.CharField(max_length=200, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="absence_dates",
                condition=Q(until__gt=F("since")),
                violation_error_message=_("返岗日须晚于离岗日"),
            ),
            models.CheckConstraint(
                name="absence_not_self",
                condition=~Q(user=F("substitute")),
                violation_error_message=_("本人不能代理本人"),
            ),
            ExclusionConstraint(
                name="absence_not_twice",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    (DateRange("since", "until", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
                condition=Q(cancelled_at__isnull=True),
                violation_error_message=_("该时段已有离岗登记"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} → {self.substitute}"


def _capacity(appointment: Appointment, substitute_for: str = "") -> Capacity:
    return Capacity(
        post=Post(appointment.post),
        court_id=appointment.court_id,
        division_id=appointment.division_id,
        division_name=appointment.division.name if appointment.division else "",
        holder_id=appointment.user_id,
        substitute_for=substitute_for,
        division_name_en=appointment.division.name_en if appointment.division else "",
    )


def capacities_on(user: User, day: date) -> list[Capacity]:
    """Own posts of the day, then those of absent persons whom the user substitutes; each in order of `RANK`."""
    absent = Absence.objects.filter(substitute=user, since__lte=day, until__gt=day, cancelled_at__isnull=True)
    current = (
        Appointment.objects.filter(Q(until__isnull=True) | Q(until__gt=day), since__lte=day)
        .filter(Q(user=user) | Q(user__in=absent.values("user")))
        .select_related("division", "user")
        .order_by("pk")
    )
    found = [
        _capacity(appointment, "" if appointment.user_id == user.pk else appointment.user.name)
        for appointment in current
    ]
    return sorted(found, key=lambda capacity: (bool(capacity.substitute_for), RANK.index(capacity.post)))
