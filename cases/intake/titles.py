"""The short title of a case and its search text. Pure: no Django."""

from collections.abc import Iterable, Sequence

from cases.intake.catalogue import CaseType
from cases.intake.names import normalise_name, sort_key

#: positions whose holders ask for something; the others answer
ACTIVE = (
    "plaintiff", "appellant", "applicant", "retrial_applicant", "private_prosecutor", "petitioner", "objector",
    "enforcement_applicant", "compensation_claimant", "prosecuting_organ", "incidental_plaintiff", "original_plaintiff",
)  # fmt: skip
ACCUSED = ("accused", "original_accused", "offender")
PASSIVE = (
    "defendant", "appellee", "respondent", "enforcement_respondent", "compensation_organ", "incidental_defendant",
    "original_defendant", *ACCUSED,
)  # fmt: skip


def _side(names: Sequence[str]) -> str:
    return names[0] + ("等" if len(names) > 1 else "") if names else ""


def case_title(case_type: CaseType, parties: Iterable[tuple[str, str]], cause: str) -> str:
    """`甲 诉 乙`, `甲等 诉 乙`; of a criminal case the accused and the charge. `parties` are (role, name)."""
    listed = list(parties)
    accused = [name for role, name in listed if role in ACCUSED]
    if case_type.category == "criminal" and accused:
        return f"{_side(accused)} {cause}"[:300]
    asking = [name for role, name in listed if role in ACTIVE]
    answering = [name for role, name in listed if role in PASSIVE]
    if not asking or not answering:
        return _side([name for _, name in listed])[:300]
    verb = "申请执行" if case_type.instance == "enforcement" else "诉"
    return f"{_side(asking)} {verb} {_side(answering)}"[:300]


def grams(text: str) -> list[str]:
    """Pairs of neighbouring characters of each word, lower case: what a search of two characters or more looks up."""
    found: set[str] = set()
    for word in text.lower().split():
        found.update(word[i : i + 2] for i in range(len(word) - 1))
    return sorted(found)


def search_text(
    number: str, cause: str, cause_en: str, names: Iterable[tuple[str, bool]], lower_number: str = ""
) -> str:
    """Number, cause in both languages, party names, their pinyin, blanks between. `names` are (name, is a person)."""
    parts = [number, lower_number, cause, cause_en.replace(" ", "")]
    for name, person in names:
        parts += [normalise_name(name).replace(" ", ""), sort_key(name, person).replace(" ", "")]
    return " ".join(part for part in parts if part).lower()


def search_words(query: str) -> list[str]:
    """The words of a query in the form in which they stand in the search text."""
    words = query.replace("(", "（").replace(")", "）").lower().split()
    return [normalise_name(word) for word in words][:6]
