"""The demo court's place in the hierarchy, its divisions and courtrooms. Courts and codes are the real ones."""

from __future__ import annotations

from datetime import date

from cases.intake import catalogue
from courtcms.courts.models import Court, CourtName, Courtroom, Division, DivisionKind, DivisionName

#: code, name, English name, kind
DIVISIONS = (
    ("filing", "立案庭", "Filing Division", DivisionKind.FILING),
    ("civil-1", "民事审判第一庭", "Civil Division No. 1", DivisionKind.CIVIL),
    ("civil-2", "民事审判第二庭", "Civil Division No. 2", DivisionKind.CIVIL),
    ("civil-3", "民事审判第三庭", "Civil Division No. 3", DivisionKind.CIVIL),
    ("criminal-1", "刑事审判第一庭", "Criminal Division No. 1", DivisionKind.CRIMINAL),
    ("criminal-2", "刑事审判第二庭", "Criminal Division No. 2", DivisionKind.CRIMINAL),
    ("administrative", "行政审判庭", "Administrative Division", DivisionKind.ADMINISTRATIVE),
    ("trial-supervision", "审判监督庭", "Trial Supervision Division", DivisionKind.TRIAL_SUPERVISION),
    ("enforcement", "执行局", "Enforcement Bureau", DivisionKind.ENFORCEMENT),
    ("trial-management", "审判管理办公室", "Trial Management Office", DivisionKind.TRIAL_MANAGEMENT),
    ("discipline", "纪检监察组", "Discipline Office", DivisionKind.DISCIPLINE),
    ("publicity", "宣传处", "Publicity Office", DivisionKind.OFFICE),
    ("service", "诉讼服务中心", "Litigation Service Centre", DivisionKind.OFFICE),
    ("technology", "信息技术处", "Information Technology Office", DivisionKind.OFFICE),
)
TRIAL_DIVISIONS = tuple(code for code, *_rest in DIVISIONS[1:9])
ROOMS = ("第一", "第二", "第三", "第四", "第五", "第六", "第七", "第八", "第九", "第十")
FOUNDED = date(2016, 1, 1)


def seed_court(code: str) -> Court:
    """The court with this code, those above and below it, its divisions and rooms. Existing rows stay as they are."""
    listed = {court.code: court for court in catalogue.courts()}
    for item in sorted(listed.values(), key=lambda court: len(court.code)):
        parent = Court.objects.filter(code=item.superior).first() if item.superior else None
        fields = {"name": item.zh, "name_en": item.en, "level": item.level, "parent": parent,
                  "valid_from": item.valid_from or FOUNDED, "valid_to": item.valid_to}  # fmt: skip
        court, created = Court.objects.get_or_create(code=item.code, defaults=fields)
        if created:
            CourtName.objects.create(court=court, name=item.zh, name_en=item.en, valid_from=fields["valid_from"])
    court = Court.objects.get(code=code)
    for order, (key, name, name_en, kind) in enumerate(DIVISIONS, 1):
        defaults = {"name": name, "name_en": name_en, "kind": kind, "order": order * 10}
        division, created = Division.objects.get_or_create(court=court, code=key, defaults=defaults)
        if created:
            DivisionName.objects.create(division=division, name=name, name_en=name_en, valid_from=FOUNDED)
    for number, word in enumerate(ROOMS, 1):
        defaults = {"name": f"{word}法庭", "name_en": f"Courtroom {number}", "seats": 24 if number < 3 else 12}
        Courtroom.objects.get_or_create(court=court, code=f"room-{number}", defaults=defaults)
    return court
