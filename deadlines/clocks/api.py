"""`/api/v1/clocks/`: the clocks of the cases within the person's scope, each with its derivation."""

from __future__ import annotations

from datetime import date
from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import mixins, serializers, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from courtcms.accounts.decorators import Permitted
from courtcms.core import clock as court_clock
from deadlines.clocks import selectors
from deadlines.clocks.computing import from_record
from deadlines.clocks.models import Clock, ClockRole, ClockStatus
from deadlines.clocks.querysets import RISKS, ClockQuerySet
from deadlines.clocks.wording import Teller
from deadlines.rulebook.reading import rulebook


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


class ClockOut(serializers.ModelSerializer):
    """A clock as lists show it."""

    label = serializers.SerializerMethodField()
    risk = serializers.SerializerMethodField()
    days_left = serializers.SerializerMethodField()
    case_number = serializers.CharField(source="case.number", read_only=True)

    class Meta:
        model = Clock
        fields = [
            "id", "case", "case_number", "limit_id", "label", "role", "status", "risk", "days_left", "started_on",
            "due_on", "due_at", "unrolled_on", "internal_due_on", "request_by", "decide_by", "provisional",
            "in_custody", "stopped_on", "stop_reason", "pack_version",
        ]  # fmt: skip

    @extend_schema_field(str)
    def get_label(self, clock: Clock) -> str:
        """Name of the limit."""
        return selectors.label_of(clock)

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


class ClockViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet):
    """Clocks by due date. They change by the acts on their page, never by this address."""

    permission_classes = [Permitted("deadlines.read")]
    queryset = Clock.objects.none()
    serializer_class = ClockOut

    def get_queryset(self) -> ClockQuerySet:
        """Within the scope of the person's posts."""
        return Clock.objects.visible_to(self.request.user).select_related("case").order_by("due_on", "id")

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


class ClockFilter(serializers.Serializer):
    """What the list may be narrowed by."""

    risk = serializers.ChoiceField(RISKS, required=False)
    case = serializers.IntegerField(required=False, min_value=1, max_value=2**62)
    role = serializers.ChoiceField(ClockRole.choices, required=False)
    status = serializers.ChoiceField(ClockStatus.choices, required=False)
    limit_id = serializers.CharField(required=False, max_length=60)
