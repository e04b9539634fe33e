"""`/api/v1/measures/`: measures of visible cases by expiry, renewed and lifted here as well."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from cases.preservation import selectors, services
from cases.preservation.models import Measure
from courtcms.accounts.decorators import Permitted
from courtcms.core import clock

VIEWS = ("active", "lifted", "lapsed", "unexplained", *selectors.WITHIN)


class MeasureOut(serializers.ModelSerializer):
    """A measure with its expiry."""

    case_number = serializers.CharField(source="case.number", read_only=True)
    applicant = serializers.CharField(source="application.applicant.name", read_only=True)
    days_left = serializers.SerializerMethodField()

    class Meta:
        model = Measure
        fields = [
            "id", "application", "case", "case_number", "applicant", "object_kind", "thing", "holder", "value", "rank",
            "notice_number", "taken_on", "runs_from", "expires_on", "days_left", "state", "ended_on", "end_document",
            "end_reason",
        ]  # fmt: skip

    @extend_schema_field(serializers.IntegerField(allow_null=True))
    def get_days_left(self, row: Measure) -> int | None:
        """Calendar days to the expiry of a measure in force."""
        return selectors.days_left(row, clock.today())


class RenewIn(serializers.Serializer):
    """A renewal done."""

    asked_on = serializers.DateField()
    renewed_on = serializers.DateField()
    document = serializers.CharField(max_length=80)


class LiftIn(serializers.Serializer):
    """A ruling that lifts the measure."""

    lifted_on = serializers.DateField()
    document = serializers.CharField(max_length=80)
    reason = serializers.CharField(max_length=300)


class MeasureViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet):
    """Measures of visible cases."""

    queryset = Measure.objects.none()
    serializer_class = MeasureOut
    permission_classes = [Permitted("preservation.list")]

    def get_permissions(self) -> list[Any]:
        """Renewing and lifting have permissions of their own."""
        own = {"renew": "preservation.enter", "lift": "preservation.rule"}.get(self.action or "")
        return [Permitted(own)()] if own else super().get_permissions()

    def get_queryset(self) -> Any:
        """Measures of visible cases, of any state for one measure; lists show those in force unless `?view=` says."""
        if getattr(self, "swagger_fake_view", False):
            return Measure.objects.none()
        if self.detail:
            return Measure.objects.visible_to(self.request.user).select_related("case", "application__applicant")
        rows = selectors.listed(self.request.user, self.request.query_params.get("view", ""), clock.today())
        wanted = self.request.query_params.get("case", "")
        if not wanted:
            return rows
        return rows.filter(case=int(wanted[:18])) if wanted.isdecimal() else rows.none()

    @extend_schema(
        parameters=[
            OpenApiParameter("case", int, description="id of the case"),
            OpenApiParameter("view", str, enum=VIEWS, description="state, or expiring within so many days"),
        ]
    )
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Measures, latest first."""
        return super().list(request, *args, **kwargs)

    @extend_schema(request=RenewIn, responses=MeasureOut)
    @action(detail=True, methods=["post"])
    def renew(self, request: Request, pk: str | None = None) -> Response:
        """Renew a measure before it expires."""
        row = self.get_object()
        services.renew(actor=request.user, measure=row, **_checked(RenewIn, request))
        row.refresh_from_db()
        return Response(MeasureOut(row).data)

    @extend_schema(request=LiftIn, responses=MeasureOut)
    @action(detail=True, methods=["post"])
    def lift(self, request: Request, pk: str | None = None) -> Response:
        """Lift a measure."""
        row = self.get_object()
        lifted = services.lift(actor=request.user, measure=row, **_checked(LiftIn, request))
        return Response(MeasureOut(lifted).data)


def _checked(form: type[serializers.Serializer], request: Request) -> dict[str, Any]:
    asked = form(data=request.data)
    asked.is_valid(raise_exception=True)
    return dict(asked.validated_data)
