"""`/api/v1/changes/`: applications to change a limit, within the person's scope; asking for one."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from courtcms.accounts.decorators import Permitted
from courtcms.files.models import StoredFile
from deadlines.changes import selectors, services, words
from deadlines.changes.drafts import ChangeDraft
from deadlines.changes.models import ChangeKind, ChangeRequest, ChangeState
from deadlines.clocks.models import Clock


class ChangeOut(serializers.ModelSerializer):
    """An application as the list shows it."""

    case_number = serializers.CharField(source="case.number", read_only=True)
    ground_text = serializers.SerializerMethodField()
    article = serializers.SerializerMethodField()

    class Meta:
        model = ChangeRequest
        fields = [
            "id", "case", "case_number", "clock", "kind", "ground", "ground_text", "article", "starts_on", "ends_on",
            "amount", "unit", "reason", "document", "file", "approver", "asked_on", "asked_late", "request_by",
            "decide_by", "due_before", "due_after", "state", "approval", "decided_on", "decided_late", "decided_by",
            "answer", "new_clock",
        ]  # fmt: skip

    @extend_schema_field(str)
    def get_ground_text(self, change: ChangeRequest) -> str:
        """The ground in words."""
        return words.ground_text(change.kind, change.ground)

    @extend_schema_field(str)
    def get_article(self, change: ChangeRequest) -> str:
        """Its articles."""
        return words.articles(change)


class ChangeIn(serializers.Serializer):
    """An application. `ground` is an id of the packs; `file` the id of a stored file of the case."""

    clock = serializers.IntegerField(min_value=1, max_value=2**62)
    kind = serializers.ChoiceField(ChangeKind.choices)
    ground = serializers.CharField(max_length=60, required=False, default="")
    starts_on = serializers.DateField(required=False, allow_null=True, default=None)
    ends_on = serializers.DateField(required=False, allow_null=True, default=None)
    amount = serializers.IntegerField(required=False, allow_null=True, default=None, max_value=400)
    unit = serializers.CharField(required=False, default="", max_length=12, allow_blank=True)
    interval = serializers.IntegerField(required=False, allow_null=True, default=None, min_value=1, max_value=2**62)
    reason = serializers.CharField(max_length=2000)
    document = serializers.CharField(max_length=200)
    file = serializers.IntegerField(required=False, allow_null=True, default=None, min_value=1, max_value=2**62)


class ChangeFilter(serializers.Serializer):
    """What the list may be narrowed by."""

    case = serializers.IntegerField(required=False, min_value=1, max_value=2**62)
    clock = serializers.IntegerField(required=False, min_value=1, max_value=2**62)
    kind = serializers.ChoiceField(ChangeKind.choices, required=False)
    state = serializers.ChoiceField(ChangeState.choices, required=False)
    asked_late = serializers.BooleanField(required=False, allow_null=True, default=None)


class ChangeViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet):
    """Applications, newest first. They are decided under approvals, never here."""

    permission_classes = [Permitted("changes.read")]
    queryset = ChangeRequest.objects.none()
    serializer_class = ChangeOut

    def get_queryset(self) -> Any:
        """Within the scope of the person's posts."""
        return selectors.visible(self.request.user).order_by("-id")

    @extend_schema(
        parameters=[
            OpenApiParameter("case", int), OpenApiParameter("clock", int), OpenApiParameter("asked_late", bool),
            OpenApiParameter("kind", str, enum=ChangeKind.values),
            OpenApiParameter("state", str, enum=ChangeState.values),
        ]
    )  # fmt: skip
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Filter by case, clock, kind, state and lateness; an impossible value is refused with its field."""
        return super().list(request, *args, **kwargs)

    def filter_queryset(self, queryset: Any) -> Any:
        """The filters of the address."""
        filters = ChangeFilter(data=self.request.query_params)
        filters.is_valid(raise_exception=True)
        return queryset.filter(**{key: value for key, value in filters.validated_data.items() if value is not None})

    @extend_schema(request=ChangeIn, responses={201: ChangeOut})
    def create(self, request: Request) -> Response:
        """Ask for a change; refused with every reason, 403 for whoever may not ask, 404 outside the scope."""
        incoming = ChangeIn(data=request.data)
        incoming.is_valid(raise_exception=True)
        data = dict(incoming.validated_data)
        clock = get_object_or_404(Clock.objects.visible_to(request.user).select_related("case"), pk=data.pop("clock"))
        file = StoredFile.objects.filter(pk=data.pop("file") or 0, case_id=clock.case_id).first()
        change = services.ask(actor=request.user, clock=clock, draft=ChangeDraft(file=file, **data))
        return Response(ChangeOut(change).data, status=status.HTTP_201_CREATED)
