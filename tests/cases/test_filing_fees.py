"""The litigation fee by the Measures of 2006 (国务院令第481号). Expected sums are worked by hand from arts 13-19."""

from __future__ import annotations

from decimal import Decimal

import pytest

from cases.filing.fees import Basis, compute, on_filing, payable, refund, tariffs
from cases.filing.tables import Kind
from cases.intake.catalogue import case_types

D = Decimal
SALE, DIVORCE, HONOUR, WAGES = "civil:88", "civil:14", "civil:11", "civil:205.5"


@pytest.mark.parametrize(
    ("tariff", "amount", "fee"),
    [
        # art. 13 (1): the ends of all brackets, and one cent or yuan beyond
        ("property", "1", "50"), ("property", "10000", "50"), ("property", "10001", "50.03"),
        ("property", "100000", "2300"), ("property", "200000", "4300"), ("property", "500000", "8800"),
        ("property", "1000000", "13800"), ("property", "2000000", "22800"), ("property", "5000000", "46800"),
        ("property", "10000000", "81800"), ("property", "20000000", "141800"), ("property", "30000000", "191800"),
        ("property", "3860000", "37680"),  # the example of the mock-up
        # art. 13 (2): lower end of the span, and what is added for an amount
        ("divorce", None, "50"), ("divorce", "200000", "50"), ("divorce", "1000000", "4050"),
        ("personality", None, "100"), ("personality", "50000", "100"), ("personality", "80000", "400"),
        ("personality", "200000", "1100"), ("other_nonproperty", None, "50"),
        ("property", None, "50"),  # no amount: another non-property case
        # art. 13 (3)-(5)
        ("ip", None, "500"), ("ip", "100000", "2300"), ("labour", None, "10"), ("labour", "500000", "10"),
        ("admin", None, "50"), ("admin_ip", None, "100"),
        # art. 14
        ("enforcement", None, "50"), ("enforcement", "10000", "50"), ("enforcement", "500000", "7400"),
        ("enforcement", "5000000", "52400"), ("enforcement", "10000000", "77400"), ("enforcement", "20000000", "87400"),
        ("preservation", "1000", "30"), ("preservation", "100000", "1020"), ("preservation", "896000", "5000"),
        ("preservation", "50000000", "5000"), ("payment_order", "100000", "766.67"), ("public_summons", None, "100"),
        ("arbitration", None, "400"), ("bankruptcy", "10000000", "40900"), ("bankruptcy", "200000000", "300000"),
        # arts 8, 9
        ("none_special", None, "0"), ("none_compensation", "100000", "0"), ("none_retrial", "100000", "0"),
    ],
)  # fmt: skip
def test_the_tariff(tariff, amount, fee):
    assert compute(tariffs()[tariff], D(amount) if amount else None).amount == D(fee)


@pytest.mark.parametrize("way", ["simplified", "mediation", "withdrawal", "joined"])
def test_each_halving_halves_the_fee_once(way):
    fee = compute(tariffs()["property"], D(3_860_000), way)
    assert fee.amount == D("18840.00") and fee.halved_by == way


def test_application_fees_are_not_halved():
    assert compute(tariffs()["enforcement"], D(500_000), "mediation").amount == D(7400)


@pytest.mark.parametrize(
    ("kind", "amount", "disputed", "tariff", "fee"),
    [
        (Kind("0301", "ordinary", SALE), 3_860_000, None, "property", "37680"),
        (Kind("0301", "simplified", SALE), 3_860_000, None, "property", "18840"),
        (Kind("0301", "ordinary", DIVORCE), 1_000_000, None, "divorce", "4050"),
        (Kind("0301", "ordinary", HONOUR), 80_000, None, "personality", "400"),
        (Kind("0301", "simplified", WAGES), 90_000, None, "labour", "5"),
        (Kind("0302", "appeal", SALE), 3_860_000, 200_000, "property", "4300"),  # art. 17: on what is attacked
        (Kind("0302", "appeal", SALE), 200_000, None, "property", "4300"),
        (Kind("0302", "appeal_ruling", SALE), 200_000, None, "none_ruling_appeal", "0"),  # art. 8 (3)
        (Kind("0302", "appeal", WAGES), 90_000, None, "labour", "10"),
        (Kind("0401", "ordinary", "administrative:g1"), None, None, "admin", "50"),
        (Kind("0401", "simplified", "administrative:g1"), None, None, "admin", "25"),
        (Kind("0402", "appeal", "administrative:g1"), None, None, "admin", "50"),
        (Kind("0502", "ordinary", "administrative:g20"), 500_000, None, "none_compensation", "0"),
        (Kind("0307", "retrial", SALE), 500_000, None, "none_retrial", "0"),
        (Kind("0201", "ordinary", "criminal:229"), None, None, "none_criminal", "0"),
        (Kind("1002", "enforcement", "enforcement:1"), 500_000, None, "enforcement", "7400"),
        (Kind("0321", "arbitration_review"), None, None, "arbitration", "400"),
    ],
)  # fmt: skip
def test_what_a_case_pays_when_it_is_filed(kind, amount, disputed, tariff, fee):
    found = on_filing(Basis(kind, D(amount) if amount else None, D(disputed) if disputed else None))
    assert (found.tariff.key, found.amount) == (tariff, D(fee))


def test_the_working_can_be_followed_and_names_its_articles():
    fee = on_filing(Basis(Kind("0301", "simplified", SALE), D(3_860_000)))
    assert [str(step) for step in fee.working] == ["3,860,000 × 0.8% + 6,800", "适用简易程序，减半"]
    assert fee.article == "诉讼费用交纳办法 13(1)、16" and fee.confidence == "verified"


def test_a_span_that_the_city_fills_is_shown_and_not_called_sure():
    fee = on_filing(Basis(Kind("0301", "ordinary", DIVORCE)))
    assert (fee.low, fee.high, fee.confidence) == (D(50), D(300), "uncertain")


def test_every_case_type_gets_an_answer():

    assert all(on_filing(Basis(Kind(code))) is not None for code in case_types())


def test_enforcement_and_bankruptcy_fees_are_not_paid_in_advance():
    assert not tariffs()["enforcement"].prepaid and not tariffs()["bankruptcy"].prepaid and tariffs()["ip"].prepaid


def test_relief():
    assert payable(D(1000), "exempt", None) == 0
    assert payable(D("999.99"), "reduced", 30) == D("699.99")
    assert payable(D(1000), "deferred", None) == 1000


@pytest.mark.parametrize(
    ("closing", "halved", "back"),
    [("mediation", False, "18840"), ("withdrawal", False, "18840"), ("mediation", True, "0"), ("", False, "0"),
     ("remand", False, "37680")],
)  # fmt: skip
def test_what_goes_back_when_the_case_ends(closing, halved, back):
    assert refund(D(37_680), "property", closing, halved) == D(back)
