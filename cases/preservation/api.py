"""`/api/v1/preservation-applications/` (entered, ruled on, measures taken), `measures/` by expiry (renewed, lifted),
`preservation-lapses/` (explained): all of visible cases."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from cases.api_tools import case_of, checked, of_case
from cases.intake.models import Party
from cases.preservation import selectors, services, watch_services
from cases.preservation.models import (
    ApplicationState,
    Lapse,
    Measure,
    ObjectKind,
    PeriodUnit,
    PreservationApplication,
    PreservationKind,
    SecurityKind,
)
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
            "notice_number", "taken_on", "runs_from", "ordered_amount", "ordered_unit", "expires_on", "days_left",
            "state", "ended_on", "end_document", "end_reason",
        ]  # fmt: skip

    @extend_schema_field(serializers.IntegerField(allow_null=True))
    def get_days_left(self, row: Measure) -> int | None:
        """Calendar days to the expiry of a measure in force."""
        return selectors.days_left(row, clock.today())


class OrderedIn(serializers.Serializer):
    """The length a ruling ordered, where it is shorter than the longest of the law."""

    ordered_amount = serializers.IntegerField(min_value=1, max_value=2000, default=None, allow_null=True)
    ordered_unit = serializers.ChoiceField(choices=PeriodUnit.choices, default="", allow_blank=True)


class RenewIn(OrderedIn):
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
        view = self.request.query_params.get("view", "")
        return of_case(self.request, selectors.listed(self.request.user, view, clock.today()))

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
        services.renew(actor=request.user, measure=row, **checked(RenewIn, request))
        row.refresh_from_db()
        return Response(MeasureOut(row).data)

    @extend_schema(request=LiftIn, responses=MeasureOut)
    @action(detail=True, methods=["post"])
    def lift(self, request: Request, pk: str | None = None) -> Response:
        """Lift a measure."""
        row = self.get_object()
        lifted = services.lift(actor=request.user, measure=row, **checked(LiftIn, request))
        return Response(MeasureOut(lifted).data)


class ApplicationOut(serializers.ModelSerializer):
    """An application with its ruling; `late` says that it came after `decide_by`."""

    case_number = serializers.CharField(source="case.number", read_only=True)
    applicant_name = serializers.CharField(source="applicant.name", read_only=True)
    respondent_name = serializers.CharField(source="respondent.name", read_only=True)
    late = serializers.BooleanField(read_only=True)

    class Meta:
        model = PreservationApplication
        fields = [
            "id", "case", "case_number", "kind", "applicant", "applicant_name", "respondent", "respondent_name",
            "amount", "urgent", "grounds", "security", "security_amount", "received_at", "decide_by", "state",
            "ruling_number", "ruled_at", "ruling_reason", "late", "sue_by", "sued_on", "sued_number",
        ]  # fmt: skip


class PartyField(serializers.PrimaryKeyRelatedField):
    """A party by its id; one of another case is refused by the act itself, with every other reason."""

    def __init__(self, **more: Any) -> None:
        number = serializers.IntegerField(min_value=1, max_value=2**62)
        super().__init__(queryset=Party.objects.all(), pk_field=number, **more)


class ApplicationIn(serializers.Serializer):
    """An application as it came in; `received_at` with its zone."""

    case = serializers.IntegerField(min_value=1, max_value=2**62)
    kind = serializers.ChoiceField(choices=PreservationKind.choices)
    applicant = PartyField()
    respondent = PartyField()
    amount = serializers.DecimalField(max_digits=16, decimal_places=2)
    urgent = serializers.BooleanField(default=False)
    grounds = serializers.CharField(max_length=500)
    security = serializers.ChoiceField(choices=SecurityKind.choices)
    security_amount = serializers.DecimalField(max_digits=16, decimal_places=2, default=None, allow_null=True)
    received_at = serializers.DateTimeField()


class RulingIn(serializers.Serializer):
    """A ruling; a refusal and a withdrawal need their reason."""

    outcome = serializers.ChoiceField(choices=ApplicationState.choices[1:])
    ruling_number = serializers.CharField(max_length=80)
    ruled_at = serializers.DateTimeField()
    reason = serializers.CharField(max_length=500, default="", allow_blank=True)


class TakenMeasureIn(OrderedIn):
    """A measure taken under a ruling."""

    object_kind = serializers.ChoiceField(choices=ObjectKind.choices)
    thing = serializers.CharField(max_length=300)
    holder = serializers.CharField(max_length=200)
    value = serializers.DecimalField(max_digits=16, decimal_places=2)
    rank = serializers.IntegerField(min_value=1, max_value=99, default=1)
    notice_number = serializers.CharField(max_length=80)
    taken_on = serializers.DateField()


class ApplicationViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet):
    """Applications for preservation in visible cases."""

    queryset = PreservationApplication.objects.none()
    serializer_class = ApplicationOut
    permission_classes = [Permitted("preservation.list")]

    def get_permissions(self) -> list[Any]:
        """Entering and ruling have permissions of their own."""
        own = {"create": "preservation.enter", "measure": "preservation.enter", "rule": "preservation.rule"}
        needed = own.get(self.action or "")
        return [Permitted(needed)()] if needed else super().get_permissions()

    def get_queryset(self) -> Any:
        """Applications of visible cases, latest first; of one case with `?case=`, of one state with `?state=`."""
        if getattr(self, "swagger_fake_view", False):
            return PreservationApplication.objects.none()
        rows = PreservationApplication.objects.visible_to(self.request.user)
        rows = rows.select_related("case", "applicant", "respondent").order_by("-id")
        state = self.request.query_params.get("state", "")
        if not self.detail and state in ApplicationState.values:
            rows = rows.filter(state=state)
        return rows if self.detail else of_case(self.request, rows)

    @extend_schema(
        parameters=[
            OpenApiParameter("case", int, description="id of the case"),
            OpenApiParameter("state", str, enum=ApplicationState.values),
        ]
    )
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Applications, latest first."""
        return super().list(request, *args, **kwargs)

    @extend_schema(request=ApplicationIn, responses={201: ApplicationOut})
    def create(self, request: Request) -> Response:
        """Enter an application; the period for ruling starts."""
        values = checked(ApplicationIn, request)
        case = case_of(request, values.pop("case"))
        row = services.apply(actor=request.user, case=case, **values)
        return Response(ApplicationOut(row).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=RulingIn, responses=ApplicationOut)
    @action(detail=True, methods=["post"])
    def rule(self, request: Request, pk: str | None = None) -> Response:
        """Rule on an application."""
        row = services.rule(actor=request.user, application=self.get_object(), **checked(RulingIn, request))
        return Response(ApplicationOut(row).data)

    @extend_schema(request=TakenMeasureIn, responses={201: MeasureOut})
    @action(detail=True, methods=["post"])
    def measure(self, request: Request, pk: str | None = None) -> Response:
        """Enter a measure taken under the ruling."""
        values = checked(TakenMeasureIn, request)
        row = services.take_measure(actor=request.user, application=self.get_object(), **values)
        return Response(MeasureOut(row).data, status=status.HTTP_201_CREATED)


class LapseOut(serializers.ModelSerializer):
    """A measure that ran out, as an incident."""

    case = serializers.IntegerField(source="measure.case_id", read_only=True)
    case_number = serializers.CharField(source="measure.case.number", read_only=True)
    thing = serializers.CharField(source="measure.thing", read_only=True)

    class Meta:
        model = Lapse
        fields = [
            "id", "measure", "case", "case_number", "thing", "lapsed_on", "found_on", "reminders_sent", "answer_by",
            "explanation", "explained_by", "explained_on",
        ]  # fmt: skip


class ExplanationIn(serializers.Serializer):
    """Why a measure ran out."""

    explanation = serializers.CharField(max_length=1000)


class LapseViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet):
    """Lapses of measures of visible cases."""

    queryset = Lapse.objects.none()
    serializer_class = LapseOut
    permission_classes = [Permitted("preservation.list")]

    def get_permissions(self) -> list[Any]:
        """Explaining is for judge and chief."""
        return [Permitted("preservation.rule")()] if self.action == "explain" else super().get_permissions()

    def get_queryset(self) -> Any:
        """Lapses, latest first; `?state=` open, late, explained."""
        if getattr(self, "swagger_fake_view", False):
            return Lapse.objects.none()
        state = "" if self.detail else self.request.query_params.get("state", "")
        return selectors.lapses(self.request.user, state).order_by("-id")

    @extend_schema(parameters=[OpenApiParameter("state", str, enum=["open", "late", "explained"])])
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Lapses, latest first."""
        return super().list(request, *args, **kwargs)

    @extend_schema(request=ExplanationIn, responses=LapseOut)
    @action(detail=True, methods=["post"])
    def explain(self, request: Request, pk: str | None = None) -> Response:
        """Explain a lapse, once."""
        row = watch_services.explain_lapse(
            actor=request.user, lapse=self.get_object(), **checked(ExplanationIn, request)
        )
        return Response(LapseOut(row).data)
