"""`/api/v1/publications/`: publications in scope, their hits, and the acts that lead to the public site."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from courtcms.accounts.decorators import Permitted
from publicity.judgments import publish_services, services
from publicity.judgments.models import DocumentKind, Publication, PublicationStep, RedactionHit, State, WithdrawalReason
from publicity.judgments.moves import current
from publicity.judgments.upload_services import take_upload
from publicity.redaction.packs import NAMES


class StepOut(serializers.ModelSerializer):
    """A transition."""

    class Meta:
        model = PublicationStep
        fields = ["name", "source", "target", "by", "at", "version", "reason"]


class HitOut(serializers.ModelSerializer):
    """A place of the text with what was proposed and decided; `text` is the original."""

    text = serializers.SerializerMethodField()

    class Meta:
        model = RedactionHit
        fields = [
            "id", "start", "end", "text", "kind", "action", "replacement", "rule", "article", "confidence", "doubt",
            "person", "decision", "decided_by", "decided_at",
        ]  # fmt: skip

    def get_text(self, hit: RedactionHit) -> str:
        """The words of the original."""
        return self.context["original"][hit.start : hit.end]


class PublicationOut(serializers.ModelSerializer):
    """A publication as lists show it; the texts are not in it."""

    case_number = serializers.CharField(source="case.number", read_only=True)

    class Meta:
        model = Publication
        fields = [
            "id", "case", "case_number", "kind", "number", "title", "judged_on", "effective_on", "appealed", "due_on",
            "state", "policy", "ground", "redactor", "clearer", "publisher", "published_on", "public_id", "version",
        ]  # fmt: skip


class PublicationDetailOut(PublicationOut):
    """A publication with its log."""

    log = StepOut(many=True, read_only=True)

    class Meta(PublicationOut.Meta):
        fields = [*PublicationOut.Meta.fields, "log"]


class WithdrawIn(serializers.Serializer):
    """Why a published document is taken back."""

    code = serializers.ChoiceField(choices=WithdrawalReason.choices)
    note = serializers.CharField(max_length=1000)


class ReturnIn(serializers.Serializer):
    """Why the text goes back to the redactor."""

    reason = serializers.CharField(max_length=1000)


class ClearIn(serializers.Serializer):
    """Answers to the list of the confidentiality check: item to yes or no."""

    answers = serializers.DictField(child=serializers.ChoiceField(choices=["yes", "no"]))
    note = serializers.CharField(max_length=1000, required=False, allow_blank=True, default="")


class UploadIn(serializers.Serializer):
    """The signed document and, when another than that of the day is wanted, the rule set."""

    file = serializers.FileField(allow_empty_file=True)
    policy = serializers.ChoiceField(choices=["", *NAMES], required=False, default="")


class ReceiptOut(serializers.Serializer):
    """What the public site answered."""

    public_id = serializers.CharField()
    path = serializers.CharField()
    sm3 = serializers.CharField()
    version = serializers.IntegerField()


ACT_PERMISSIONS = {
    "submit": "judgments.prepare",
    "accept": "judgments.clear",
    "send_back": "judgments.clear",
    "publish": "judgments.publish",
    "withdraw": "judgments.withdraw",
}


class PublicationViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Publication]):
    """Publications, newest first; the acts refuse with all reasons at once."""

    permission_classes = [Permitted("judgments.list")]
    queryset = Publication.objects.none()
    serializer_class = PublicationOut

    def get_queryset(self) -> Any:
        """Within the person's scope; `?state=`, `?case=`, `?kind=` narrow it, unknown values find nothing."""
        rows = Publication.objects.visible_to(self.request.user).select_related("case").order_by("-id")
        for name, known in (("state", State.values), ("kind", DocumentKind.values)):
            value = self.request.query_params.get(name)
            if value:
                rows = rows.filter(**{name: value}) if value in known else rows.none()
        case = self.request.query_params.get("case", "")
        if case:
            rows = rows.filter(case=case) if case.isdigit() and len(case) < 18 else rows.none()
        return rows.prefetch_related("log") if self.action == "retrieve" else rows

    def get_permissions(self) -> Any:
        """Each act asks for its own permission."""
        return [Permitted(ACT_PERMISSIONS.get(self.action, "judgments.list"))()]

    def get_serializer_class(self) -> Any:
        """One publication comes with its log."""
        return PublicationDetailOut if self.action == "retrieve" else PublicationOut

    @extend_schema(
        parameters=[OpenApiParameter("state", str), OpenApiParameter("kind", str), OpenApiParameter("case", int)]
    )
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Publications within the person's scope."""
        return super().list(request, *args, **kwargs)

    @extend_schema(responses=HitOut(many=True))
    @action(detail=True, pagination_class=None, filter_backends=[])
    def hits(self, request: Request, pk: str | None = None) -> Response:
        """All places of the version in work, in order."""
        version = current(self.get_object())
        rows = list(version.hits.all()) if version else []
        return Response(HitOut(rows, many=True, context={"original": version.original if version else ""}).data)

    @extend_schema(request={"multipart/form-data": UploadIn}, responses=PublicationOut)
    @action(detail=True, methods=["post"], parser_classes=[MultiPartParser])
    def upload(self, request: Request, pk: str | None = None) -> Response:
        """Take the signed document (txt, docx, pdf with text) and let the engine propose what is hidden."""
        data = _valid(UploadIn, request)
        found = self.get_object()
        take_upload(actor=request.user, publication=found, upload=data["file"], policy=data["policy"])
        return Response(PublicationOut(found).data)

    @extend_schema(request=None, responses=PublicationOut)
    @action(detail=True, methods=["post"])
    def submit(self, request: Request, pk: str | None = None) -> Response:
        """Send the reviewed text for the confidentiality check."""
        found = self.get_object()
        services.submit(actor=request.user, publication=found)
        return Response(PublicationOut(found).data)

    @extend_schema(request=ClearIn, responses=PublicationOut)
    @action(detail=True, methods=["post"])
    def accept(self, request: Request, pk: str | None = None) -> Response:
        """Clear the text; another person than the redactor."""
        data = _valid(ClearIn, request)
        found = self.get_object()
        services.accept(actor=request.user, publication=found, answers=data["answers"], note=data["note"])
        return Response(PublicationOut(found).data)

    @extend_schema(request=ReturnIn, responses=PublicationOut)
    @action(detail=True, methods=["post"], url_path="return")
    def send_back(self, request: Request, pk: str | None = None) -> Response:
        """Return the text to the redactor."""
        data = _valid(ReturnIn, request)
        found = self.get_object()
        services.send_back(actor=request.user, publication=found, reason=data["reason"])
        return Response(PublicationOut(found).data)

    @extend_schema(request=None, responses=ReceiptOut)
    @action(detail=True, methods=["post"])
    def publish(self, request: Request, pk: str | None = None) -> Response:
        """Publish the cleared text."""
        receipt = publish_services.publish(actor=request.user, publication=self.get_object())
        return Response(ReceiptOut(receipt).data)

    @extend_schema(request=WithdrawIn, responses=PublicationOut)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: str | None = None) -> Response:
        """Take a published document back."""
        data = _valid(WithdrawIn, request)
        found = self.get_object()
        publish_services.withdraw(actor=request.user, publication=found, code=data["code"], note=data["note"])
        return Response(PublicationOut(found).data)


def _valid(kind: type[serializers.Serializer], request: Request) -> dict[str, Any]:
    given = kind(data=request.data)
    given.is_valid(raise_exception=True)
    return dict(given.validated_data)
