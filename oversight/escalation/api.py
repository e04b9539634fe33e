"""`/api/v1/escalations/`: escalations within the person's scope, their trace, and the acts on them."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from courtcms.accounts.decorators import Permitted
from courtcms.core.api.pagination import KeysetPagination
from oversight.escalation import pages, selectors, services
from oversight.escalation.ladder import measures
from oversight.escalation.models import Escalation, EscalationAct, EscalationState


class ActOut(serializers.ModelSerializer):
    """One line of the trace."""

    text = serializers.CharField(source="shown_text", read_only=True)
    actor_name = serializers.SerializerMethodField()

    class Meta:
        model = EscalationAct
        fields = ["id", "kind", "position", "measure", "basis", "text", "until", "answers", "actor", "actor_name",
                  "capacity", "holder", "from_holder", "on", "at"]  # fmt: skip

    @extend_schema_field(str)
    def get_actor_name(self, line: EscalationAct) -> str:
        """Who acted; empty for what happened by rule."""
        return line.actor.name if line.actor else ""


class EscalationOut(serializers.ModelSerializer):
    """An escalation as lists show it."""

    case_number = serializers.CharField(source="case.number", read_only=True)
    holder_name = serializers.CharField(source="holder.name", read_only=True)
    close_reason = serializers.CharField(read_only=True)

    class Meta:
        model = Escalation
        fields = ["id", "case", "case_number", "clock", "cause", "cause_on", "change", "level", "threshold",
                  "position", "holder", "holder_name", "state", "due_on", "opened_on", "reached_on", "closed_on",
                  "close_reason"]  # fmt: skip


class EscalationDetailOut(EscalationOut):
    """An escalation with its trace."""

    acts = serializers.SerializerMethodField()

    class Meta(EscalationOut.Meta):
        fields = [*EscalationOut.Meta.fields, "acts"]

    @extend_schema_field(ActOut(many=True))
    def get_acts(self, escalation: Escalation) -> Any:
        """Every line, oldest first."""
        return ActOut(selectors.trace(escalation), many=True).data


class MeasureIn(serializers.Serializer):
    """A measure: S1 to S10, P for a timetable, N for a note."""

    measure = serializers.ChoiceField(list(measures()))
    text = serializers.CharField(max_length=2000)
    until = serializers.DateField(default=None, allow_null=True)
    detail = serializers.CharField(max_length=200, default="", allow_blank=True)
    position = serializers.IntegerField(default=None, allow_null=True, min_value=1, max_value=50)


class ExplainIn(serializers.Serializer):
    """The bench says why and by when."""

    text = serializers.CharField(max_length=2000)
    until = serializers.DateField()


class ReportIn(serializers.Serializer):
    """The bench answers a question."""

    text = serializers.CharField(max_length=2000)


FILTERS = [
    OpenApiParameter("show", str, enum=list(pages.SHOWS), description="open by default"),
    OpenApiParameter("level", str, enum=["red", "overdue"]),
    OpenApiParameter("state", str, enum=EscalationState.values),
]


class ByAnswerDay(KeysetPagination):
    """Cursor pages by answer day."""

    ordering = ("due_on", "id")


class EscalationViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet):
    """Escalations within the posts of the person who asks."""

    queryset = Escalation.objects.none()
    serializer_class = EscalationOut
    permission_classes = [Permitted("escalations.list")]
    pagination_class = ByAnswerDay

    def get_permissions(self) -> list[Any]:
        """Acts have their own permissions."""
        named = {"measure": "escalations.supervise", "explain": "escalations.answer", "report": "escalations.answer"}
        name = named.get(self.action or "")
        return [Permitted(name)()] if name else super().get_permissions()

    def get_queryset(self) -> Any:
        """The list that `show` names; for one escalation everything visible."""
        if getattr(self, "swagger_fake_view", False):
            return Escalation.objects.none()
        if self.action != "list":
            rows = Escalation.objects.visible_to(self.request.user)
            return rows.select_related("case", "holder", "clock").order_by("pk")
        get = self.request.query_params.get
        show = get("show", "open")
        rows = selectors.inbox(self.request.user, show if show in pages.SHOWS else "open", get("level", ""))
        state = get("state", "")
        return rows.filter(state=state) if state in EscalationState.values else rows

    @extend_schema(parameters=FILTERS)
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Escalations by answer day."""
        return super().list(request, *args, **kwargs)

    @extend_schema(responses=EscalationDetailOut)
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """One escalation with its trace."""
        return Response(EscalationDetailOut(self.get_object()).data)

    @extend_schema(request=MeasureIn, responses=EscalationDetailOut)
    @action(detail=True, methods=["post"])
    def measure(self, request: Request, pk: str | None = None) -> Response:
        """A supervisor takes a measure. 400 with every reason, 403 for anybody but the holder, 409 after it climbed."""
        data = self._data(MeasureIn)
        services.take_measure(
            actor=request.user, escalation_id=self.get_object().pk, code=data["measure"], text=data["text"],
            until=data["until"], detail=data["detail"], position=data["position"],
        )  # fmt: skip
        return self._fresh()

    @extend_schema(request=ExplainIn, responses=EscalationDetailOut)
    @action(detail=True, methods=["post"])
    def explain(self, request: Request, pk: str | None = None) -> Response:
        """The bench says why and by when."""
        data = self._data(ExplainIn)
        services.explain(actor=request.user, escalation_id=self.get_object().pk, text=data["text"], until=data["until"])
        return self._fresh()

    @extend_schema(request=ReportIn, responses=EscalationDetailOut)
    @action(detail=True, methods=["post"])
    def report(self, request: Request, pk: str | None = None) -> Response:
        """The bench answers what was asked."""
        data = self._data(ReportIn)
        services.report(actor=request.user, escalation_id=self.get_object().pk, text=data["text"])
        return self._fresh()

    def _data(self, serializer: type[serializers.Serializer]) -> dict[str, Any]:
        asked = serializer(data=self.request.data)
        asked.is_valid(raise_exception=True)
        return asked.validated_data

    def _fresh(self) -> Response:
        rows = Escalation.objects.select_related("case", "holder", "clock")
        return Response(EscalationDetailOut(get_object_or_404(rows, pk=self.kwargs["pk"])).data)
