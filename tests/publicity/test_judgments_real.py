"""The forty real judgments through parse, redact, clear and publish. The texts stay outside the repository."""

import csv
import sys
from datetime import date

import pytest

from cases.intake.models import Case
from courtcms.audit.services import act
from courtcms.core import clock
from publicity.judgments import desk_services, publish_services, selectors, services, withhold_services
from publicity.judgments.models import State
from publicity.judgments.parser import kind_of, parse
from publicity.portal.models import Judgment, Notice
from publicity.redaction.folding import canon, plain
from tests.publicity import factories as make
from tests.publicity.test_real_judgments import FOLDER, load

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not (FOLDER / "roles.json").exists(), reason=f"the real judgments are not in {FOLDER}"),
]
CATEGORIES = {"civil": "civil", "criminal": "criminal", "admin": "administrative", "enforcement": "enforcement"}


@pytest.fixture
def people():
    with clock.as_of(date(2026, 6, 1)):
        case = make.inheritance_case()
    return case, make.staff(case), make.staff(case)


def twin(case, row, judgment):
    """A case of the register that stands for the real one: its number, its cause, no parties on record."""
    with act(actor=None, verb="test"):
        made = Case.objects.create(
            court=case.court, year=2026, type_code=case.type_code, type_mark=case.type_mark, number=judgment.number,
            sequence=1000 + int(row["file"][:2]), category=CATEGORIES[row["kind"]], procedure=case.procedure,
            cause_code=case.cause_code, cause=row["cause"][:100], title="甲诉乙", division=case.division,
            judge=case.judge, filed_on=date(2010, 1, 1),
        )  # fmt: skip
        for member in case.bench.all():
            member.pk, member.case = None, made
            member.save(force_insert=True)
    return made


def run(case, text, clerk, other):
    judgment = parse(text)
    publication = services.open_publication(
        actor=None, case=case, kind=kind_of(judgment), effective_on=date(2026, 11, 16)
    )
    services.prepare(actor=clerk, publication=publication, text=text)
    desk = selectors.desk_of(publication)
    doubts = [hit.pk for hit in desk.hits if hit.open_doubt]
    for pk in doubts:
        desk_services.decide(actor=clerk, publication=publication, hit_id=pk, decision="accepted")
    if desk.version.exclusions:
        withhold_services.withhold(actor=case.judge, publication=publication, ground=desk.version.exclusions[0][0])
        return publication, len(doubts)
    services.submit(actor=clerk, publication=publication)
    services.accept(actor=other, publication=publication, answers=make.yes())
    publish_services.publish(actor=clerk, publication=publication)
    return publication, len(doubts)


def test_forty_judgments_from_text_to_the_public_page(people, capsys):
    base, clerk, other = people
    with (FOLDER / "MANIFEST.tsv").open(encoding="utf-8") as handle:
        manifest = {row["file"]: row for row in csv.DictReader(handle, delimiter="\t")}
    outcome = {"published": 0, "withheld": 0, "doubts": 0}
    lost, leaked = [], []
    with clock.as_of(date(2026, 11, 24)):
        for row in load("roles.json"):
            text = (FOLDER / row["file"]).read_text(encoding="utf-8")
            case = twin(base, manifest[row["file"]], parse(text))
            publication, doubts = run(case, text, clerk, other)
            outcome["doubts"] += doubts
            outcome["published" if publication.state == State.PUBLISHED else "withheld"] += 1
            if publication.state != State.PUBLISHED:
                continue
            shown = Judgment.objects.get(public_id=publication.public_id)
            tight = plain(canon("\n".join(shown.paragraphs)))
            lost += [
                row["file"]
                for name in [*row["lawyers"], *(name for _, name in row["signature"])]
                if plain(canon(name)) not in tight
            ]
            hidden = [p for p in publication.versions.get().people if p["hidden"]]
            leaked += [row["file"] for p in hidden if plain(canon(p["name"])) in tight]
    with capsys.disabled():
        sys.stdout.write(
            f"\nforty judgments: {outcome}, kept names lost {len(lost)}, hidden names shown {len(leaked)}\n"
        )
    assert (outcome["published"], outcome["withheld"]) == (37, 3)
    assert Notice.objects.filter(reason="divorce_custody").count() == 3
    assert (lost, leaked) == ([], [])
