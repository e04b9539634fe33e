"""`/api/v1/clocks/`: the clocks of the cases within the person's scope, each with its derivation."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field, extend_schema_serializer
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from courtcms.accounts.decorators import Permitted
from courtcms.core import clock as court_clock
from deadlines.clocks import selectors
from deadlines.clocks.computing import from_record
from deadlines.clocks.models import Clock, ClockRole, ClockStatus
from deadlines.clocks.querysets import RISKS, ClockQuerySet
from deadlines.clocks.supposing import Supposition, suppose
from deadlines.clocks.terms import Excluded
from deadlines.clocks.things import named, thing_of
from deadlines.clocks.wording import Teller
from deadlines.rulebook.reading import rulebook
from deadlines.rulebook.rules import Amount


@extend_schema_serializer(component_name="DerivationStep")
class StepOut(serializers.Serializer):
    """One step of a derivation; what does not apply to a step is left out."""

    key = serializers.CharField()
    text = serializers.CharField()
    article = serializers.CharField(required=False)
    amount = serializers.IntegerField(required=False)
    unit = serializers.CharField(required=False)
    days = serializers.IntegerField(required=False)
    reached = serializers.CharField(required=False)
    subject = serializers.CharField(required=False)
    provisional = serializers.BooleanField(required=False)

    def get_fields(self) -> dict[str, Any]:
        """`from` and `to` as well, which Python does not let one write as names."""
        days = {name: serializers.CharField(required=False, help_text="YYYY-MM-DD") for name in ("from", "to")}
        return {**super().get_fields(), **days}


class ClockOut(serializers.ModelSerializer):
    """A clock as lists show it."""

    label = serializers.SerializerMethodField()
    thing = serializers.SerializerMethodField()
    risk = serializers.SerializerMethodField()
    days_left = serializers.SerializerMethodField()
    case_number = serializers.CharField(source="case.number", read_only=True)

    class Meta:
        model = Clock
        fields = [
            "id", "case", "case_number", "limit_id", "label", "thing", "role", "status", "risk", "days_left",
            "started_on", "due_on", "due_at", "unrolled_on", "internal_due_on", "request_by", "decide_by",
            "provisional", "in_custody", "stopped_on", "stop_reason", "pack_version",
        ]  # fmt: skip

    @extend_schema_field(str)
    def get_label(self, clock: Clock) -> str:
        """Name of the limit."""
        return selectors.label_of(clock)

    @extend_schema_field(str)
    def get_thing(self, clock: Clock) -> str:
        """Which appraisal, measure or application it is about; empty for the case itself."""
        things = self.context.get("things")
        return thing_of(clock) if things is None else things.get(clock.subject, "")

    @extend_schema_field(serializers.ChoiceField([*RISKS, "done", "none"]))
    def get_risk(self, clock: Clock) -> str:
        """Where it stands today."""
        return selectors.risk(clock, self._today)

    @extend_schema_field(serializers.IntegerField(allow_null=True))
    def get_days_left(self, clock: Clock) -> int | None:
        """Calendar days to the due day, 0 on that day."""
        return selectors.days_left(clock, self._today)

    @property
    def _today(self) -> date:
        return court_clock.today()


class ClockDetailOut(ClockOut):
    """A clock with the steps by which its dates were reached."""

    derivation = serializers.SerializerMethodField()

    class Meta(ClockOut.Meta):
        fields = [*ClockOut.Meta.fields, "derivation"]

    @extend_schema_field(StepOut(many=True))
    def get_derivation(self, clock: Clock) -> list[dict[str, Any]]:
        """Ordered steps, each with its articles."""
        teller = Teller(rulebook())
        return [teller.record(from_record(row)) for row in clock.derivation]


class SupposeIn(serializers.Serializer):
    """One of: `amount` with `unit`; `ground` with `starts_on` (and `ends_on`); `conversion` with `starts_on`."""

    amount = serializers.IntegerField(required=False, min_value=1, max_value=400)
    unit = serializers.ChoiceField(["day", "working_day", "month", "year"], required=False, default="month")
    ground = serializers.CharField(required=False, max_length=60)
    conversion = serializers.CharField(required=False, max_length=60)
    starts_on = serializers.DateField(required=False)
    ends_on = serializers.DateField(required=False)

    def validate(self, data: dict[str, Any]) -> dict[str, Any]:
        """Something must be supposed, and days must run forward."""
        if not any(data.get(name) for name in ("amount", "ground", "conversion")):
            raise serializers.ValidationError({"amount": _("写明延长、扣除或者转换中的一项")})
        if (data.get("ground") or data.get("conversion")) and not data.get("starts_on"):
            raise serializers.ValidationError({"starts_on": _("写明日期")})
        if data.get("ends_on") and data.get("starts_on") and data["ends_on"] <= data["starts_on"]:
            raise serializers.ValidationError({"ends_on": _("恢复计算之日须晚于停止计算之日")})
        return data


class SupposedOut(serializers.Serializer):
    """The dates as they would be."""

    limit_id = serializers.CharField()
    status = serializers.ChoiceField(ClockStatus.choices)
    due_before = serializers.DateField(allow_null=True)
    due_on = serializers.DateField(allow_null=True)
    unrolled_on = serializers.DateField(allow_null=True)
    internal_due_on = serializers.DateField(allow_null=True)
    request_by = serializers.DateField(allow_null=True)
    decide_by = serializers.DateField(allow_null=True)
    provisional = serializers.BooleanField()
    remaining_days = serializers.IntegerField(allow_null=True)
    derivation = StepOut(many=True)


class ClockViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet):
    """Clocks by due date. They change by the acts on their page, never by this address."""

    permission_classes = [Permitted("deadlines.read")]
    queryset = Clock.objects.none()
    serializer_class = ClockOut

    def get_queryset(self) -> ClockQuerySet:
        """Within the scope of the person's posts."""
        return Clock.objects.visible_to(self.request.user).select_related("case").order_by("due_on", "id")

    def paginate_queryset(self, queryset: Any) -> Any:
        """A page of clocks, the things they are about read once a kind."""
        found = super().paginate_queryset(queryset)
        self._things = named(found or [])
        return found

    def get_serializer_context(self) -> dict[str, Any]:
        """With the names of the things of the page."""
        return {**super().get_serializer_context(), "things": getattr(self, "_things", None)}

    def get_serializer_class(self) -> type[serializers.Serializer]:
        """The list without, the single clock with its derivation."""
        return ClockDetailOut if self.action == "retrieve" else ClockOut

    @extend_schema(
        parameters=[
            OpenApiParameter("risk", str, enum=list(RISKS)),
            OpenApiParameter("case", int),
            OpenApiParameter("role", str, enum=ClockRole.values),
            OpenApiParameter("status", str, enum=ClockStatus.values),
            OpenApiParameter("limit_id", str),
        ]
    )
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Filter by risk, case, role, status and limit; an impossible value is refused with its field."""
        return super().list(request, *args, **kwargs)

    def filter_queryset(self, queryset: ClockQuerySet) -> ClockQuerySet:
        """The filters of the address."""
        filters = ClockFilter(data=self.request.query_params)
        filters.is_valid(raise_exception=True)
        chosen = dict(filters.validated_data)
        risk = chosen.pop("risk", "")
        rows = queryset.filter(**chosen)
        return rows.at_risk(risk, court_clock.today()) if risk else rows

    @extend_schema(request=SupposeIn, responses={200: SupposedOut})
    @action(detail=True, methods=["post"], url_path="what-if")
    def what_if(self, request: Request, pk: str | None = None) -> Response:
        """The dates as they would be with one more extension, deduction or conversion; nothing is written."""
        incoming = SupposeIn(data=request.data)
        incoming.is_valid(raise_exception=True)
        clock, data = self.get_object(), incoming.validated_data
        what = Supposition(
            extension=Amount(data["amount"], data["unit"]) if data.get("amount") else None,
            excluded=Excluded(data["starts_on"], data.get("ends_on"), data["ground"])
            if data.get("ground") and data.get("starts_on")
            else None,
            conversion=data.get("conversion", ""), on=data.get("starts_on"),
        )  # fmt: skip
        after, teller = suppose(clock, what), Teller(rulebook())
        return Response(
            {
                "limit_id": after.limit_id, "status": after.status, "due_before": clock.due_on, "due_on": after.due_on,
                "unrolled_on": after.unrolled_on, "internal_due_on": after.internal_due_on,
                "request_by": after.request_by, "decide_by": after.decide_by, "provisional": after.provisional,
                "remaining_days": after.remaining_days,
                "derivation": [teller.record(from_record(row)) for row in after.derivation],
            }
        )  # fmt: skip


class ClockFilter(serializers.Serializer):
    """What the list may be narrowed by."""

    risk = serializers.ChoiceField(RISKS, required=False)
    case = serializers.IntegerField(required=False, min_value=1, max_value=2**62)
    role = serializers.ChoiceField(ClockRole.choices, required=False)
    status = serializers.ChoiceField(ClockStatus.choices, required=False)
    limit_id = serializers.CharField(required=False, max_length=60)
