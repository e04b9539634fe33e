"""Rotation with load: who gets the next case, and why the others did not."""

from cases.intake.allocation import Candidate, allocate, eligible_panel


def judges(*loads, **changes):
    found = [Candidate(id=i, name=f"法官{i}", order=i, load=load) for i, load in enumerate(loads, 1)]
    return [Candidate(**{**c.__dict__, **changes.get(f"j{c.id}", {})}) for c in found]


def outcome(allocation):
    return {step.candidate_id: step.finding.code for step in allocation.steps}


def test_the_turn_goes_to_the_next_after_the_last():
    assert allocate(judges(10, 10, 10), last=1).chosen == 2
    assert allocate(judges(10, 10, 10), last=3).chosen == 1
    assert allocate(judges(10, 10, 10)).chosen == 1


def test_a_judge_with_too_many_cases_is_passed_over_and_told_so():
    allocation = allocate(judges(40, 10, 10))
    assert allocation.chosen == 2
    assert outcome(allocation) == {1: "loaded", 2: "turn", 3: "later"}
    assert "40" in str(allocation.steps[0].finding) and "20" in str(allocation.steps[0].finding)


def test_recused_and_absent_judges_never_get_the_case():
    allocation = allocate(judges(1, 1, 9, j1={"recused": "系当事人近亲属"}, j2={"absent": "年假"}))
    assert allocation.chosen == 3
    assert outcome(allocation)[1] == "recused"
    assert "系当事人近亲属" in str(allocation.steps[0].finding)


def test_a_limit_of_cases_is_kept():
    assert allocate(judges(5, 9, j1={"limit": 5})).chosen == 2


def test_nobody_left_is_said_and_not_hidden():
    allocation = allocate(judges(1, j1={"recused": "曾任代理人"}))
    assert allocation.chosen is None
    assert len(allocation.steps) == 1


def test_the_same_state_gives_the_same_answer_whatever_the_input_order():
    candidates = judges(3, 8, 5, 4)
    assert allocate(candidates, last=2) == allocate(list(reversed(candidates)), last=2)


def test_small_differences_of_load_do_not_disturb_the_turn():
    assert allocate(judges(2, 0, 0)).chosen == 1


def test_over_many_cases_everyone_gets_a_share():
    loads, last, given = {1: 0.0, 2: 0.0, 3: 12.0}, None, {1: 0, 2: 0, 3: 0}
    for _ in range(30):
        last = allocate([Candidate(i, str(i), i, load) for i, load in loads.items()], last).chosen
        loads[last] += 1
        given[last] += 1
    assert sum(given.values()) == 30
    assert max(loads.values()) - min(loads.values()) <= 4


def test_panel_is_the_judge_and_the_least_loaded_others():
    assert eligible_panel(judges(5, 9, 2, 4, j4={"recused": "证人"}), presiding=1) == [1, 3, 2]
