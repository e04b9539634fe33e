"""The public list of hearings for programs: what the page shows, from the same rows."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics, serializers

from courtcms.core.api.pagination import KeysetPagination
from courtcms.core.errors import Reasons
from publicity.portal.api import PublicView
from publicity.portal.hearing_selectors import listed
from publicity.portal.models import Hearing

LONGEST_NUMBER = 80


class PublicHearingOut(serializers.ModelSerializer):
    """An announced hearing; `title` is empty where the parties are not named."""

    id = serializers.CharField(source="public_id")

    class Meta:
        model = Hearing
        fields = [
            "id", "case_number", "court_name", "court_name_en", "courtroom", "courtroom_en", "title", "cause",
            "cause_en", "kind", "judges", "starts_at", "ends_at",
        ]  # fmt: skip


class InTimeOrder(KeysetPagination):
    """The next hearing first."""

    ordering = ("starts_at", "id")


@extend_schema(
    tags=["hearings"],
    parameters=[
        OpenApiParameter("day", OpenApiTypes.DATE, description="One court day; without it everything from today on."),
        OpenApiParameter("q", str, description="Beginning of a case number."),
    ],
    summary="Public hearings, the next one first",
)
class HearingList(PublicView, generics.ListAPIView):
    """Hearings as they were announced; closed ones are not there."""

    serializer_class = PublicHearingOut
    queryset = Hearing.objects.none()
    pagination_class = InTimeOrder

    def get_queryset(self) -> QuerySet[Hearing]:
        """Narrowed by day and case number; nonsense is refused with every reason."""
        reasons, day = Reasons(), None
        text, number = self.request.GET.get("day", ""), self.request.GET.get("q", "").strip()
        if text:
            try:
                day = date.fromisoformat(text)
            except ValueError:
                day = date.min
            if not 2000 <= day.year <= 2100:
                reasons.add(_("日期不存在或者超出范围，应写作 2026-12-01"), field="day", code="day")
        if len(number) > LONGEST_NUMBER or "\x00" in number:
            reasons.add(_("案号过长或者有无法识别的字符"), field="q", code="number")
        reasons.refuse()
        return listed(number, day)
