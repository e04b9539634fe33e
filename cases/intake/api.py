"""`/api/v1/cases/`: cases within the person's scope; filing a case."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from cases.intake import catalogue, selectors
from cases.intake.drafts import CaseDraft, LinkDraft, PartyDraft, RecusalDraft, RepresentativeDraft
from cases.intake.models import BenchMember, Case, Party, Representative, Secrecy
from cases.intake.policy import note_reading
from cases.intake.register_models import LinkKind
from cases.intake.services import register_case
from courtcms.accounts.decorators import Permitted


class RepresentativeOut(serializers.ModelSerializer):
    """Somebody who acts for a party."""

    class Meta:
        model = Representative
        fields = ["kind", "name", "firm"]


class PartyOut(serializers.ModelSerializer):
    """A party; the document number is masked."""

    representatives = RepresentativeOut(many=True, read_only=True)

    class Meta:
        model = Party
        fields = ["role", "kind", "name", "identity_kind", "identity_masked", "address", "is_minor", "representatives"]


class BenchOut(serializers.ModelSerializer):
    """A place on the bench."""

    name = serializers.CharField(source="user.name", read_only=True)

    class Meta:
        model = BenchMember
        fields = ["role", "user", "name", "since"]


class CaseOut(serializers.ModelSerializer):
    """A case as lists show it."""

    division_name = serializers.CharField(source="division.name", read_only=True)
    judge_name = serializers.SerializerMethodField()

    class Meta:
        model = Case
        fields = [
            "id", "number", "type_code", "type_mark", "category", "procedure", "cause_code", "cause", "title",
            "division", "division_name", "judge", "judge_name", "filed_on", "closed_on", "closing_method", "status",
            "stage", "secrecy", "in_custody", "amount", "lower_number",
        ]  # fmt: skip

    @extend_schema_field(str)
    def get_judge_name(self, case: Case) -> str:
        """Name of the judge in charge; empty when there is none."""
        return case.judge.name if case.judge else ""


class CaseDetailOut(CaseOut):
    """A case with parties and bench."""

    parties = PartyOut(many=True, read_only=True)
    bench = serializers.SerializerMethodField()

    class Meta(CaseOut.Meta):
        fields = [*CaseOut.Meta.fields, "claims", "parties", "bench"]

    @extend_schema_field(BenchOut(many=True))
    def get_bench(self, case: Case) -> Any:
        """Today's bench."""
        return BenchOut(selectors.bench(case), many=True).data


class RepresentativeIn(serializers.Serializer):
    """Somebody who acts for a party."""

    name = serializers.CharField(max_length=100)
    kind = serializers.CharField(max_length=20, default="lawyer")
    firm = serializers.CharField(max_length=200, default="", allow_blank=True)
    licence = serializers.CharField(max_length=40, default="", allow_blank=True)


class PartyIn(serializers.Serializer):
    """A party as handed in; what the law asks of it is checked by the registry."""

    role = serializers.CharField(max_length=30)
    kind = serializers.ChoiceField(["natural", "legal", "organisation"])
    name = serializers.CharField(max_length=200)
    identity_kind = serializers.CharField(max_length=20, default="", allow_blank=True)
    identity_number = serializers.CharField(max_length=40, default="", allow_blank=True)
    address = serializers.CharField(max_length=300, default="", allow_blank=True)
    phone = serializers.CharField(max_length=40, default="", allow_blank=True)
    legal_representative = serializers.CharField(max_length=100, default="", allow_blank=True)
    born_on = serializers.DateField(default=None, allow_null=True)
    whereabouts_unknown = serializers.BooleanField(default=False)
    representatives = RepresentativeIn(many=True, default=list)


class LinkIn(serializers.Serializer):
    """Another case by its number."""

    kind = serializers.ChoiceField(LinkKind.choices)
    number = serializers.CharField(max_length=80)


class RecusalIn(serializers.Serializer):
    """A judge who must not get the case."""

    user_id = serializers.IntegerField()
    ground = serializers.CharField(max_length=20)
    reason = serializers.CharField(max_length=300)


class CaseIn(serializers.Serializer):
    """A case as handed in. `cause` is the code or the Chinese name of the cause."""

    type_code = serializers.CharField(max_length=4)
    cause = serializers.CharField(max_length=100)
    filed_on = serializers.DateField()
    procedure = serializers.CharField(max_length=40, default="", allow_blank=True)
    received_on = serializers.DateField(default=None, allow_null=True)
    amount = serializers.DecimalField(max_digits=16, decimal_places=2, default=None, allow_null=True)
    claims = serializers.CharField(max_length=5000, default="", allow_blank=True)
    lower_number = serializers.CharField(max_length=80, default="", allow_blank=True)
    division_id = serializers.IntegerField(default=None, allow_null=True)
    judge_id = serializers.IntegerField(default=None, allow_null=True)
    assign_reason = serializers.CharField(max_length=300, default="", allow_blank=True)
    secrecy = serializers.ChoiceField(Secrecy.choices, default="none")
    in_custody = serializers.BooleanField(default=False)
    custody_since = serializers.DateField(default=None, allow_null=True)
    duplicate_note = serializers.CharField(max_length=300, default="", allow_blank=True)
    parties = PartyIn(many=True, max_length=200)
    links = LinkIn(many=True, default=list, max_length=50)
    recusals = RecusalIn(many=True, default=list, max_length=50)


def draft_from(data: dict[str, Any]) -> CaseDraft:
    """The draft of a validated `CaseIn`."""
    values = dict(data)
    case_type = catalogue.case_types().get(values["type_code"])
    name = values.pop("cause")
    named = catalogue.cause_by_name(case_type.cause_field, name) if case_type else None
    parties = []
    for party in values.pop("parties"):
        acting = tuple(RepresentativeDraft(**item) for item in party.pop("representatives"))
        parties.append(PartyDraft(**party, representatives=acting))
    links = tuple(LinkDraft(**link) for link in values.pop("links"))
    recusals = tuple(RecusalDraft(**recusal) for recusal in values.pop("recusals"))
    cause_code = named.code if named else name
    return CaseDraft(**values, cause_code=cause_code, parties=tuple(parties), links=links, recusals=recusals)


FILTERS = [
    OpenApiParameter(name, str, description=words)
    for name, words in {
        "q": "number, party (also in pinyin), cause",
        "status": "open, closed, cancelled",
        "category": "civil, criminal, administrative, enforcement …",
        "type": "four-digit type code",
        "division": "id of the division",
        "judge": "id of the judge in charge",
    }.items()
]


class CaseViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet):
    """Cases within the posts of the person who asks."""

    queryset = Case.objects.none()
    serializer_class = CaseOut
    permission_classes = [Permitted("cases.list")]

    def get_permissions(self) -> list[Any]:
        """Filing has its own permission."""
        return [Permitted("cases.register")()] if self.action == "create" else super().get_permissions()

    def get_queryset(self) -> Any:
        """Visible cases, narrowed by the parameters of the list."""
        if getattr(self, "swagger_fake_view", False):
            return Case.objects.none()
        get = self.request.query_params.get
        chosen = selectors.CaseFilter(
            query=get("q", "")[:80] if self.action == "list" else "",
            status=get("status", ""),
            category=get("category", ""),
            type_code=get("type", ""),
            division=get("division", ""),
            judge=get("judge", ""),
        )
        return selectors.case_list(self.request.user, chosen if self.action == "list" else selectors.CaseFilter())

    @extend_schema(parameters=FILTERS)
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Cases, latest first."""
        return super().list(request, *args, **kwargs)

    @extend_schema(responses=CaseDetailOut)
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """One case with parties and bench. Reading a secret case leaves an entry in the trail."""
        case = self.get_object()
        note_reading(request.user, case, "api")
        return Response(CaseDetailOut(case).data)

    @extend_schema(request=CaseIn, responses={201: CaseDetailOut})
    def create(self, request: Request) -> Response:
        """File a case; every reason against it comes back at once with status 400."""
        asked = CaseIn(data=request.data)
        asked.is_valid(raise_exception=True)
        case = register_case(actor=request.user, draft=draft_from(asked.validated_data))
        return Response(CaseDetailOut(case).data, status=status.HTTP_201_CREATED)


def no_case() -> str:
    """What a caller is told about a case that does not exist for them."""
    return _("没有这个案件，或者不在您的办案、管理范围内")
