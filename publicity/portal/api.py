"""The public read-only API. Open to everybody, throttled per address, cursor pages; see docs/portal.md."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics, serializers
from rest_framework.exceptions import APIException
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from courtcms.core.api.pagination import KeysetPagination
from courtcms.core.errors import Refusal
from publicity.portal import asking, contract, matching, selectors, services, words
from publicity.portal.freshness import ask_again
from publicity.portal.models import Hold, Judgment, Notice, Tombstone
from publicity.portal.rates import PublicRate


class Gone(APIException):
    """The document was withdrawn; the answer carries the four items of its tombstone."""

    status_code = 410


class Held(APIException):
    """The document is held back while a report about it is examined."""

    status_code = 403


class SectionSerializer(serializers.Serializer):
    key = serializers.ChoiceField(contract.SECTION_KEYS)
    title = serializers.CharField(allow_blank=True)
    paragraphs = serializers.ListField(child=serializers.CharField())


class SignatorySerializer(serializers.Serializer):
    role = serializers.CharField()
    name = serializers.CharField()


class RelatedSerializer(serializers.Serializer):
    instance = serializers.CharField()
    case_number = serializers.CharField()
    court_name = serializers.CharField(allow_blank=True)
    judged_on = serializers.DateField(allow_null=True)
    outcome = serializers.CharField(allow_blank=True)


class JudgmentLine(serializers.ModelSerializer):
    """A document without its text."""

    id = serializers.CharField(source="public_id")
    path = serializers.SerializerMethodField()

    class Meta:
        model = Judgment
        fields = [
            "id", "path", "case_number", "court_code", "court_name", "court_name_en", "title", "document_kind",
            "category", "instance", "cause", "cause_en", "division", "division_en", "outcome", "outcome_en",
            "judge_names", "judged_on", "effective_on", "published_on", "version", "sm3",
        ]  # fmt: skip

    def get_path(self, judgment: Judgment) -> str:
        """Address on this site."""
        return services.path_of(judgment.public_id)


class JudgmentSerializer(JudgmentLine):
    """A document with its text; `sm3` is the SM3 of all paragraphs joined by line feeds."""

    judges = SignatorySerializer(many=True)
    sections = SectionSerializer(many=True)
    related = RelatedSerializer(many=True)

    class Meta(JudgmentLine.Meta):
        fields = [*JudgmentLine.Meta.fields, "working_days", "rule_set", "judges", "related", "sections"]


class NoticeSerializer(serializers.ModelSerializer):
    """The four items of a document that is not published."""

    id = serializers.CharField(source="public_id")
    reason_text = serializers.SerializerMethodField()
    article = serializers.CharField()

    class Meta:
        model = Notice
        fields = [
            "id",
            "case_number",
            "court_name",
            "judged_on",
            "reason",
            "reason_text",
            "article",
            "note",
            "published_on",
        ]

    def get_reason_text(self, row: Notice) -> str:
        """The reason in the language asked for."""
        return str(words.REASONS.get(row.reason, row.reason))


class TombstoneSerializer(NoticeSerializer):
    """The four items of a withdrawn document."""

    class Meta:
        model = Tombstone
        fields = [
            "id",
            "case_number",
            "court_name",
            "judged_on",
            "reason",
            "reason_text",
            "article",
            "note",
            "withdrawn_on",
        ]


class PublicView(generics.GenericAPIView):
    """Open, read-only, throttled; texts in the language of `Accept-Language`; no cookie; caches have to ask."""

    permission_classes = [AllowAny]
    authentication_classes: list[Any] = []
    throttle_classes = [PublicRate]
    pagination_class = KeysetPagination

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Choose the language before anything can be refused."""
        translation.activate(translation.get_language_from_request(request))
        super().initial(request, *args, **kwargs)

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> HttpResponse:
        """An answer may be kept, but not shown again without asking."""
        done = super().finalize_response(request, response, *args, **kwargs)
        patch_vary_headers(done, ["Accept-Language"])
        if done.status_code == 200:
            ask_again(done)
        return done


def _query(name: str, about: str, kind: Any = OpenApiTypes.STR, **more: Any) -> OpenApiParameter:
    return OpenApiParameter(name, kind, OpenApiParameter.QUERY, description=about, **more)


FILTERS = [
    _query("q", "Words that must all occur, or (the beginning of) a case number; up to 200 characters."),
    _query("kind", "Kind of document; may be repeated.", enum=contract.DOCUMENT_KINDS, many=True),
    _query("category", "Kind of case; may be repeated.", enum=contract.CATEGORIES, many=True),
    _query("cause", "Cause of action in Chinese; may be repeated.", many=True),
    _query("year", "Year of the judgment; may be repeated.", OpenApiTypes.INT, many=True),
    _query("instance", "Instance; may be repeated.", enum=tuple(words.INSTANCES), many=True),
    _query("court", "Name of the court in Chinese."),
    _query("judge", "Full name of a judge who signed."),
    _query("since", "First day of judgment.", OpenApiTypes.DATE),
    _query("until", "Last day of judgment.", OpenApiTypes.DATE),
]
NARROW = [
    _query("q", "Beginning of a case number."),
    _query("reason", "Key of the reason.", enum=contract.WITHDRAWAL_REASONS),
]


@extend_schema(tags=["judgments"], parameters=FILTERS, summary="Published documents, newest entry first")
class JudgmentList(PublicView, generics.ListAPIView):
    """Published documents without their text."""

    serializer_class = JudgmentLine
    queryset = Judgment.objects.none()

    def get_queryset(self) -> QuerySet[Judgment]:
        """The same filters as the search page."""
        asked = asking.read(self.request.GET)
        if asked.reasons:
            raise Refusal(asked.reasons)
        return matching.filtered(asked).defer("search", "sections", "related")


@extend_schema(tags=["judgments"], summary="One document with its text; 410 when it was withdrawn")
class JudgmentDetail(PublicView, generics.RetrieveAPIView):
    """A document with its text."""

    serializer_class = JudgmentSerializer
    queryset = Judgment.objects.defer("search")
    lookup_field = "public_id"

    def get_object(self) -> Judgment:
        """The document, or what remains of it."""
        tombstone = Tombstone.objects.filter(public_id=self.kwargs["public_id"]).first()
        if tombstone is not None:
            parts = {"number": tombstone.case_number, "reason": tombstone.reason_label}
            raise Gone(_("文书 %(number)s 已撤回：%(reason)s") % parts, code=tombstone.reason)
        held = Hold.objects.filter(public_id=self.kwargs["public_id"]).first()
        if held is not None:
            parts = {"number": held.case_number, "day": held.until.isoformat()}
            raise Held(_("文书 %(number)s 正在核查，最迟 %(day)s 恢复公布或者撤回") % parts, code="held")
        return super().get_object()


class _Entries(PublicView, generics.ListAPIView):
    model: type[Notice] | type[Tombstone]

    def get_queryset(self) -> QuerySet[Any]:
        """Narrowed by case number and reason."""
        number, reason, reasons = asking.read_list(self.request.GET)
        if reasons:
            raise Refusal(reasons)
        return selectors.entries(self.model, number, reason)


@extend_schema(tags=["notices"], parameters=NARROW, summary="Documents that are not published, with the reason")
class NoticeList(_Entries):
    """The four items of each document that is not published."""

    model = Notice
    queryset = Notice.objects.none()
    serializer_class = NoticeSerializer


@extend_schema(tags=["notices"], parameters=NARROW, summary="Documents that were withdrawn, with the reason")
class WithdrawalList(_Entries):
    """The four items of each withdrawn document."""

    model = Tombstone
    queryset = Tombstone.objects.none()
    serializer_class = TombstoneSerializer
