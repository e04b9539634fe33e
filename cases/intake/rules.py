"""The pure rules of intake in one place, for the rooms above: dictionaries, case numbers, identity, names, allocation."""

from cases.intake.allocation import Allocation, Candidate, Step, allocate, eligible_panel, rotation
from cases.intake.catalogue import (
    CaseType,
    Cause,
    ClosingMethod,
    case_types,
    categories,
    causes,
    closing_methods,
    closing_methods_for,
    court_names,
    courts,
    instances,
    intake_types,
    label,
    lower_courts,
)
from cases.intake.identity import Checked, age_on, check, mask
from cases.intake.names import check_organisation_name, check_person_name, name_form, normalise_name, sort_key
from cases.intake.number_repair import parse as parse_number
from cases.intake.numbers import IRREGULARITIES, CaseNumber, compose, read_strict
from cases.intake.words import Finding

__all__ = [
    "IRREGULARITIES",
    "Allocation",
    "Candidate",
    "CaseNumber",
    "CaseType",
    "Cause",
    "Checked",
    "ClosingMethod",
    "Finding",
    "Step",
    "age_on",
    "allocate",
    "case_types",
    "categories",
    "causes",
    "check",
    "check_organisation_name",
    "check_person_name",
    "closing_methods",
    "closing_methods_for",
    "compose",
    "court_names",
    "courts",
    "eligible_panel",
    "instances",
    "intake_types",
    "label",
    "lower_courts",
    "mask",
    "name_form",
    "normalise_name",
    "parse_number",
    "read_strict",
    "rotation",
    "sort_key",
]
