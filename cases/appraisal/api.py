"""`/api/v1/appraisals/` and `/api/v1/appraisal-institutions/`: appraisals of visible cases, register and record."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from cases.api_tools import case_of, checked, of_case
from cases.appraisal import selectors, services
from cases.appraisal.models import ChoiceMode, Entrustment, Institution
from courtcms.accounts.decorators import Permitted
from courtcms.core import clock


class EntrustmentOut(serializers.ModelSerializer):
    """An appraisal; `seed` and `candidates` let anybody draw again, `effect` says what became of the trial limit."""

    case_number = serializers.CharField(source="case.number", read_only=True)
    kind_name = serializers.CharField(read_only=True)
    institution_name = serializers.SerializerMethodField()
    days_left = serializers.SerializerMethodField()

    class Meta:
        model = Entrustment
        fields = [
            "id", "case", "case_number", "kind", "kind_name", "matters", "purpose", "decided_on", "repeats", "state",
            "institution", "institution_name", "mode", "choice_reason", "seed", "candidates", "chosen_on",
            "letter_number", "entrusted_on", "started_on", "due_on", "days_left", "standard", "effect", "fee",
            "fee_payer", "fee_advance", "fee_paid_on", "report_number", "ended_on", "end_reason",
        ]  # fmt: skip

    @extend_schema_field(str)
    def get_institution_name(self, row: Entrustment) -> str:
        """Name of the institution; empty until one is chosen."""
        return row.institution.name if row.institution else ""

    @extend_schema_field(serializers.IntegerField(allow_null=True))
    def get_days_left(self, row: Entrustment) -> int | None:
        """Calendar days to the due day of a running appraisal."""
        return selectors.days_left(row, clock.today())


class EntrustmentIn(serializers.Serializer):
    """A decision to have something appraised; `kind` is a key of the kinds file."""

    case = serializers.IntegerField(min_value=1, max_value=2**62)
    kind = serializers.CharField(max_length=30)
    matters = serializers.CharField(max_length=2000)
    purpose = serializers.CharField(max_length=300)
    decided_on = serializers.DateField()


class ChoiceIn(serializers.Serializer):
    """How the institution is chosen; a random choice names none."""

    mode = serializers.ChoiceField(choices=ChoiceMode.choices)
    institution = serializers.PrimaryKeyRelatedField(
        queryset=Institution.objects.all(), default=None, allow_null=True, pk_field=serializers.IntegerField(
            min_value=1, max_value=2**62)
    )  # fmt: skip
    reason = serializers.CharField(max_length=300, default="", allow_blank=True)
    seed = serializers.CharField(max_length=64, default="", allow_blank=True)
    chosen_on = serializers.DateField()


class LetterIn(serializers.Serializer):
    """The letter of entrustment."""

    letter_number = serializers.CharField(max_length=80)
    entrusted_on = serializers.DateField()


class ReportIn(serializers.Serializer):
    """The report."""

    report_number = serializers.CharField(max_length=80)
    received_on = serializers.DateField()


class EntrustmentViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet):
    """Appraisals of visible cases."""

    queryset = Entrustment.objects.none()
    serializer_class = EntrustmentOut
    permission_classes = [Permitted("appraisal.list")]

    def get_permissions(self) -> list[Any]:
        """Deciding and entrusting have permissions of their own."""
        if self.action == "create":
            return [Permitted("appraisal.decide")()]
        if self.action in ("choose", "entrust", "report"):
            return [Permitted("appraisal.entrust")()]
        return super().get_permissions()

    def get_queryset(self) -> Any:
        """Appraisals of visible cases; of one case with `?case=`, of one state with `?view=`."""
        if getattr(self, "swagger_fake_view", False):
            return Entrustment.objects.none()
        view = self.request.query_params.get("view", "")
        return of_case(self.request, selectors.listed(self.request.user, view, None, clock.today()).order_by("-id"))

    @extend_schema(
        parameters=[
            OpenApiParameter("case", int, description="id of the case"),
            OpenApiParameter("view", str, enum=selectors.VIEWS, description="state or figure of the list"),
        ]
    )
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Appraisals, latest first."""
        return super().list(request, *args, **kwargs)

    @extend_schema(request=EntrustmentIn, responses={201: EntrustmentOut})
    def create(self, request: Request) -> Response:
        """Decide on an appraisal."""
        values = checked(EntrustmentIn, request)
        case = case_of(request, values.pop("case"))
        row = services.propose(actor=request.user, case=case, **values)
        return Response(EntrustmentOut(row).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=ChoiceIn, responses=EntrustmentOut)
    @action(detail=True, methods=["post"])
    def choose(self, request: Request, pk: str | None = None) -> Response:
        """Choose the institution: by agreement, by draw, or appointed."""
        row = self.get_object()
        return self._done(services.choose(actor=request.user, entrustment=row, **checked(ChoiceIn, request)))

    @extend_schema(request=LetterIn, responses=EntrustmentOut)
    @action(detail=True, methods=["post"])
    def entrust(self, request: Request, pk: str | None = None) -> Response:
        """Send the letter of entrustment."""
        row = self.get_object()
        return self._done(services.entrust(actor=request.user, entrustment=row, **checked(LetterIn, request)))

    @extend_schema(request=ReportIn, responses=EntrustmentOut)
    @action(detail=True, methods=["post"])
    def report(self, request: Request, pk: str | None = None) -> Response:
        """Receive the report."""
        row = self.get_object()
        return self._done(services.receive_report(actor=request.user, entrustment=row, **checked(ReportIn, request)))

    def _done(self, row: Entrustment) -> Response:
        row.refresh_from_db()
        return Response(EntrustmentOut(row).data)


class InstitutionOut(serializers.ModelSerializer):
    """An institution of the register."""

    class Meta:
        model = Institution
        fields = [
            "id", "name", "licence_number", "licensed_from", "licensed_until", "kinds", "suspended_on",
            "suspension_reason",
        ]  # fmt: skip


class InstitutionViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet):
    """The register of institutions."""

    queryset = Institution.objects.order_by("-id")
    serializer_class = InstitutionOut
    permission_classes = [Permitted("appraisal.list")]
