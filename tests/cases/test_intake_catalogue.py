"""The dictionaries are complete and coherent."""

from datetime import date

from cases.intake import catalogue


def test_every_type_has_category_instance_and_closing_methods():
    for case_type in catalogue.case_types().values():
        assert case_type.category in catalogue.category_terms()
        assert all(key in catalogue.procedures() for key in case_type.procedure_keys)
        assert any(role.fits(case_type) for role in catalogue.party_roles().values())
        assert case_type.instance in catalogue.instances()
        assert catalogue.closing_methods_for(case_type.code)
        assert case_type.zh and case_type.en


def test_types_an_intermediate_court_registers():
    marks = {t.mark for t in catalogue.intake_types()}
    assert {"民初", "民终", "刑初", "刑终", "行初", "行终", "执", "执异", "执复", "民申", "破", "委赔"} <= marks
    assert "民督" not in marks


def test_causes_form_trees_of_the_official_size():
    civil = [c for c in catalogue.causes().values() if c.field == "civil"]
    assert {level: sum(c.level == level for c in civil) for level in (1, 2, 3, 4)} == {1: 12, 2: 59, 3: 514, 4: 470}
    for cause in catalogue.causes().values():
        assert not cause.parent or cause.parent in catalogue.causes()


def test_civil_causes_are_filed_at_the_third_or_fourth_level():
    assert not catalogue.cause_by_name("civil", "合同、准合同纠纷").selectable
    assert catalogue.cause_by_name("civil", "买卖合同纠纷").selectable
    path = [c.zh for c in catalogue.cause_path(catalogue.cause_by_name("civil", "民间借贷纠纷").code)]
    assert path == ["合同、准合同纠纷", "合同纠纷", "借款合同纠纷", "民间借贷纠纷"]


def test_search_finds_by_either_language():
    assert "建设工程施工合同纠纷" in [c.zh for c in catalogue.search_causes("civil", "建设工程")]
    assert "盗窃罪" in [c.zh for c in catalogue.search_causes("criminal", "theft")]


def test_area_of_the_court_changed_in_2019():
    assert "津0116" in catalogue.lower_courts("津02", date(2018, 6, 1))
    assert catalogue.lower_courts("津02", date(2026, 1, 1)) == [
        "津0102",
        "津0103",
        "津0105",
        "津0112",
        "津0113",
        "津0118",
    ]


def test_which_causes_a_type_uses():
    fields = {t.mark: t.cause_field for t in catalogue.case_types().values()}
    assert fields["民终"] == "civil" and fields["刑初"] == "criminal" and fields["行赔初"] == "administrative"
    assert fields["执异"] == "enforcement" and fields["委赔"] == "compensation" and fields["破"] == "civil"
