"""`/api/v1/hearings/`: hearings of visible cases; scheduling, moving, adjourning, cancelling."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from cases.intake import selectors as case_selectors
from courtcms.accounts.decorators import Permitted
from deadlines.hearings import services
from deadlines.hearings.conflicts import warnings_of
from deadlines.hearings.drafts import HearingDraft
from deadlines.hearings.models import Hearing, HearingStatus
from deadlines.hearings.querysets import HearingQuerySet

ID = {"min_value": 1, "max_value": 2**62}


class HearingOut(serializers.ModelSerializer):
    """A hearing."""

    starts_at = serializers.DateTimeField(read_only=True)
    ends_at = serializers.DateTimeField(read_only=True)
    case_number = serializers.CharField(source="case.number", read_only=True)
    courtroom_name = serializers.CharField(source="courtroom.name", read_only=True)
    participants = serializers.SerializerMethodField()

    class Meta:
        model = Hearing
        fields = [
            "id", "case", "case_number", "courtroom", "courtroom_name", "starts_at", "ends_at", "kind", "status",
            "is_public", "closed_ground", "first_on", "moves", "notice_on", "notice_by", "short_notice_consent",
            "gap_consent", "off_hours_reason", "note", "end_reason", "continues", "participants",
        ]  # fmt: skip

    @extend_schema_field(serializers.ListField(child=serializers.DictField()))
    def get_participants(self, hearing: Hearing) -> list[dict[str, Any]]:
        """Who must come, with the place they have."""
        return [{"name": row.name, "role": row.role, "user": row.user_id} for row in hearing.participants.all()]


class HearingDetail(HearingOut):
    """One hearing; `warnings` names parties who have another hearing at the same time."""

    warnings = serializers.SerializerMethodField()

    class Meta(HearingOut.Meta):
        fields = [*HearingOut.Meta.fields, "warnings"]

    @extend_schema_field(serializers.ListField(child=serializers.DictField()))
    def get_warnings(self, hearing: Hearing) -> list[dict[str, str]]:
        """Told, not refused; only of a hearing to come."""
        if hearing.status != HearingStatus.SCHEDULED:
            return []
        user, span = self.context["request"].user, (hearing.starts_at, hearing.ends_at)
        return [reason.as_dict() for reason in warnings_of(user, hearing.case, span, (hearing.pk,))]


class HearingIn(serializers.Serializer):
    """A hearing asked for; times with their zone. Bench and representatives are those of the case."""

    courtroom = serializers.IntegerField(**ID)
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    kind = serializers.CharField(max_length=12, default="hearing")
    is_public = serializers.BooleanField(default=True)
    closed_ground = serializers.CharField(max_length=20, default="", allow_blank=True)
    short_notice_consent = serializers.CharField(max_length=300, default="", allow_blank=True)
    gap_consent = serializers.CharField(max_length=300, default="", allow_blank=True)
    off_hours_reason = serializers.CharField(max_length=300, default="", allow_blank=True)
    note = serializers.CharField(max_length=300, default="", allow_blank=True)

    def draft(self) -> HearingDraft:
        """The draft of valid data."""
        return HearingDraft(**{name: value for name, value in self.validated_data.items() if name != "case"})


class NewHearing(HearingIn):
    """With the case it belongs to."""

    case = serializers.IntegerField(**ID)


class ReasonIn(serializers.Serializer):
    """Why."""

    reason = serializers.CharField(max_length=300)


class AdjournIn(serializers.Serializer):
    """Legal reason and explanation of an adjournment, and the next hearing where it is known."""

    reason = serializers.CharField(max_length=20)
    note = serializers.CharField(max_length=300)
    following = HearingIn(required=False, allow_null=True, default=None)


class HearingFilter(serializers.Serializer):
    """What the list may be narrowed by."""

    case = serializers.IntegerField(required=False, **ID)
    courtroom = serializers.IntegerField(required=False, **ID)
    status = serializers.ChoiceField(HearingStatus.choices, required=False)
    first = serializers.DateField(required=False)
    last = serializers.DateField(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """The span the right way round."""
        if attrs.get("first") and attrs.get("last") and attrs["last"] < attrs["first"]:
            raise serializers.ValidationError({"last": _("截止日不得早于起始日")})
        return attrs


class HearingViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet):
    """Hearings of the cases within the person's posts."""

    queryset = Hearing.objects.none()
    serializer_class = HearingOut
    permission_classes = [Permitted("hearings.list")]

    def get_permissions(self) -> list[Any]:
        """Reading and writing have permissions of their own."""
        reading = self.action in ("list", "retrieve", None)
        return super().get_permissions() if reading else [Permitted("hearings.schedule")()]

    def get_serializer_class(self) -> type[serializers.BaseSerializer]:
        """One hearing with its warnings."""
        return HearingOut if self.action == "list" else HearingDetail

    def get_queryset(self) -> HearingQuerySet:
        """Visible hearings, narrowed by the parameters of the list."""
        if getattr(self, "swagger_fake_view", False):
            return Hearing.objects.none()
        rows = Hearing.objects.visible_to(self.request.user).select_related("case__judge", "courtroom")
        rows = rows.prefetch_related("participants")
        if self.action != "list":
            return rows
        asked = HearingFilter(data=self.request.query_params)
        asked.is_valid(raise_exception=True)
        chosen = dict(asked.validated_data)
        first, last = chosen.pop("first", None), chosen.pop("last", None)
        if first or last:
            rows = rows.between(first or last, last or first)
        return rows.filter(**chosen)

    @extend_schema(parameters=[HearingFilter, OpenApiParameter("cursor", str)])
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Hearings, those set down last first; `first` and `last` are court days."""
        return super().list(request, *args, **kwargs)

    @extend_schema(request=NewHearing, responses={201: HearingDetail})
    def create(self, request: Request) -> Response:
        """Set a hearing down."""
        asked = NewHearing(data=request.data)
        asked.is_valid(raise_exception=True)
        case = case_selectors.visible_case(request.user, asked.validated_data["case"])
        if case is None:
            raise NotFound(_("没有这个案件，或者不在您的办案、管理范围内"))
        made = services.schedule_hearing(actor=request.user, case=case, draft=asked.draft())
        return self._answer(made, status.HTTP_201_CREATED)

    @extend_schema(request=HearingIn, responses={200: HearingDetail})
    @action(detail=True, methods=["post"])
    def move(self, request: Request, pk: str | None = None) -> Response:
        """Move a scheduled hearing."""
        asked = HearingIn(data=request.data)
        hearing = self.get_object()
        asked.is_valid(raise_exception=True)
        return self._answer(services.reschedule(actor=request.user, hearing=hearing, draft=asked.draft()))

    @extend_schema(request=None, responses={200: HearingDetail})
    @action(detail=True, methods=["post"])
    def hold(self, request: Request, pk: str | None = None) -> Response:
        """Note that it took place."""
        return self._answer(services.hold(actor=request.user, hearing=self.get_object()))

    @extend_schema(request=AdjournIn, responses={200: HearingDetail})
    @action(detail=True, methods=["post"])
    def adjourn(self, request: Request, pk: str | None = None) -> Response:
        """Adjourn; the answer is the next hearing where one was set down, otherwise the adjourned one."""
        hearing, asked = self.get_object(), AdjournIn(data=request.data)
        asked.is_valid(raise_exception=True)
        data = asked.validated_data
        following = HearingDraft(**data["following"]) if data["following"] else None
        made = services.adjourn(
            actor=request.user, hearing=hearing, reason=data["reason"], note=data["note"], following=following
        )
        return self._answer(made or hearing)

    @extend_schema(request=ReasonIn, responses={200: HearingDetail})
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, pk: str | None = None) -> Response:
        """Call it off."""
        hearing, asked = self.get_object(), ReasonIn(data=request.data)
        asked.is_valid(raise_exception=True)
        return self._answer(services.cancel(actor=request.user, hearing=hearing, reason=asked.validated_data["reason"]))

    def _answer(self, hearing: Hearing, code: int = status.HTTP_200_OK) -> Response:
        shown = HearingDetail(self.get_queryset().get(pk=hearing.pk), context={"request": self.request})
        return Response(shown.data, status=code)
