"""`/api/v1/docket/`: entries of visible cases; writing and taking back."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from cases.docket.models import DocketEntry
from cases.docket.services import enter, undo
from cases.intake import selectors
from cases.intake.api import no_case
from cases.intake.models import Case
from courtcms.accounts.decorators import Permitted


class EntryOut(serializers.ModelSerializer):
    """An entry; `undoes` names the entry that a counter-entry takes back."""

    actor_name = serializers.SerializerMethodField()

    class Meta:
        model = DocketEntry
        fields = [
            "id", "case", "kind", "happened_on", "happened_at", "place", "note", "actor", "actor_name", "capacity",
            "entered_at", "undoes",
        ]  # fmt: skip

    @extend_schema_field(str)
    def get_actor_name(self, entry: DocketEntry) -> str:
        """Who wrote it; empty for the system itself."""
        return entry.actor.name if entry.actor else ""


class EntryIn(serializers.Serializer):
    """A new entry; `kind` is a key of the kinds file."""

    case = serializers.IntegerField(min_value=1, max_value=2**62)
    kind = serializers.CharField(max_length=40)
    happened_on = serializers.DateField()
    happened_at = serializers.TimeField(default=None, allow_null=True)
    place = serializers.CharField(max_length=60, default="", allow_blank=True)
    note = serializers.CharField(max_length=2000, default="", allow_blank=True)


class DocketViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet):
    """The docket of visible cases."""

    queryset = DocketEntry.objects.none()
    serializer_class = EntryOut
    permission_classes = [Permitted("cases.read")]

    def get_permissions(self) -> list[Any]:
        """Writing has its own permission."""
        return [Permitted("docket.write")()] if self.action in ("create", "undo") else super().get_permissions()

    def get_queryset(self) -> Any:
        """Entries of visible cases, of one case with `?case=`."""
        if getattr(self, "swagger_fake_view", False):
            return DocketEntry.objects.none()
        visible = Case.objects.visible_to(self.request.user).values("pk")
        found = DocketEntry.objects.filter(case__in=visible).select_related("actor")
        wanted = self.request.query_params.get("case", "")
        if not wanted:
            return found
        return found.filter(case=int(wanted[:18])) if wanted.isdecimal() else found.none()

    @extend_schema(parameters=[OpenApiParameter("case", int, description="id of the case")])
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Entries, latest first."""
        return super().list(request, *args, **kwargs)

    @extend_schema(request=EntryIn, responses={201: EntryOut})
    def create(self, request: Request) -> Response:
        """Write an entry."""
        asked = EntryIn(data=request.data)
        asked.is_valid(raise_exception=True)
        values = dict(asked.validated_data)
        case = selectors.visible_case(request.user, values.pop("case"))
        if case is None:
            raise NotFound(no_case())
        entry = enter(actor=request.user, case=case, **values)
        return Response(EntryOut(entry).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=None, responses={201: EntryOut})
    @action(detail=True, methods=["post"])
    def undo(self, request: Request, pk: str | None = None) -> Response:
        """Take one's own entry back within five minutes; the counter-entry is the answer."""
        counter = undo(actor=request.user, entry=self.get_object())
        return Response(EntryOut(counter).data, status=status.HTTP_201_CREATED)
