"""What was changed in the parties of a registered case. Rows are never changed or removed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cases.intake.catalogue import label, party_grounds, party_roles
from cases.intake.models import Case, Party


class ChangeKind(models.TextChoices):
    """What was done."""

    ADDED = "added", _("追加当事人")
    ALIAS = "alias", _("登记别名")
    RENAMED = "renamed", _("更正姓名、名称")


class AliasKind(models.TextChoices):
    """What another name of a party is."""

    FORMER = "former", _("曾用名")
    OTHER = "other", _("别名")
    SHORT = "short", _("简称")
    FOREIGN = "foreign", _("外文名")


class PartyChange(models.Model):
    """One change in the parties of a case: what stood before, what stands since, by whom, on what ground."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="party_changes")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=10, choices=ChangeKind.choices)
    alias_kind = models.CharField(max_length=10, choices=AliasKind.choices, blank=True)
    before = models.CharField(max_length=200, blank=True, help_text=_("更正前的姓名、名称"))
    after = models.CharField(max_length=200, help_text=_("追加的当事人、别名，或者更正后的姓名、名称"))
    role = models.CharField(max_length=30, help_text=_("当时的诉讼地位"))
    ground = models.CharField(max_length=30, blank=True, help_text=_("追加的事由"))
    decided_on = models.DateField(help_text=_("准许、通知之日；别名和更正为登记之日"))
    reason = models.CharField(max_length=300, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="party_change_has_its_why",
                condition=Q(kind="alias") | (Q(kind="added") & ~Q(ground="")) | (Q(kind="renamed") & ~Q(reason="")),
                violation_error_message=_("追加须有事由，更正须有理由"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.after}"

    @property
    def role_label(self) -> str:
        """Position of the party in the language in force."""
        term = party_roles().get(self.role)
        return label(term, get_language() or "") if term else self.role

    @property
    def ground_label(self) -> str:
        """The ground in the language in force; empty where there is none."""
        term = party_grounds().get(self.ground)
        return label(term, get_language() or "") if term else self.ground

    @property
    def article(self) -> str:
        """The article of the ground, as the data file has it."""
        term = party_grounds().get(self.ground)
        return term.article if term else ""
