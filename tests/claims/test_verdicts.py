"""Every branch of the rule that turns evidence into a verdict."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from small_ledgers import claim, estimand, exact, found, growth

from analysis.claims import lock
from analysis.claims.model import Claim, Evidence
from analysis.claims.verdicts import Verdict, decide, decide_all, table
from analysis.errors import ClaimError

AS_OF = date(2026, 11, 23)


def two_estimands() -> Claim:
    return claim(growth(estimands=[estimand("cost", "main"), estimand("compute", "main")]))


def on_two(target: Claim, cost: tuple[float, float], compute: tuple[float, float]) -> Verdict:
    return decide(
        target,
        [
            found(target, "main", *cost, estimand="cost"),
            found(target, "main", *compute, estimand="compute"),
        ],
    )


def on_both(first: tuple[float, float], second: tuple[float, float], **changes: Any) -> Verdict:
    target = claim(growth())
    records = [found(target, "cottier", *first, **changes), found(target, "epoch", *second)]
    return decide(target, records)


def fact(value: float, grade: str = "A", note: str = "") -> Verdict:
    target = claim(exact())
    values = {"claim": "c18", "estimate": value, "unit": "frames", "n": 1, "grade": grade}
    record = Evidence.model_validate(values | {"rule_hash": lock.rule_hash(target), "reason": note})
    return decide(target, [record])


def test_supported_needs_every_source() -> None:
    verdict = on_both((2.0, 3.1), (2.1, 2.9))
    assert verdict.verdict == "supported"
    assert verdict.reason == (
        "The 95 % interval 2 to 3.1× per year lies above 1.93 on cottier (n = 40); "
        "the 95 % interval 2.1 to 2.9× per year lies above 1.93 on epoch (n = 40); "
        "90 % of specifications agree."
    )
    assert (verdict.estimate, verdict.low, verdict.high, verdict.n) == (2.55, 2.0, 3.1, 40)


def test_contradicted() -> None:
    assert on_both((1.0, 1.5), (1.1, 1.9)).verdict == "contradicted"


def test_an_interval_that_includes_the_threshold_is_undecided() -> None:
    verdict = on_both((2.0, 3.1), (0.8, 2.3))
    assert verdict.verdict == "undecided"
    assert verdict.reason == (
        "The 95 % interval 0.8 to 2.3× per year includes 1.93 on epoch (n = 40)."
    )


def test_sources_in_opposite_directions_are_mixed() -> None:
    verdict = on_both((2.0, 3.1), (1.0, 1.5))
    assert verdict.verdict == "mixed"
    assert "above 1.93 on cottier" in verdict.reason
    assert "below 1.93 on epoch" in verdict.reason


def test_a_missing_source_is_named() -> None:
    target = claim(growth())
    verdict = decide(target, [found(target, "cottier", 2.0, 3.1)])
    assert (verdict.verdict, verdict.reason) == ("undecided", "No evidence on epoch.")


def test_a_source_without_an_estimate_says_why() -> None:
    target = claim(growth())
    silent = found(target, "epoch", 1, 1).model_copy(
        update={"estimate": None, "low": None, "high": None, "level": None, "reason": "Two runs."}
    )
    verdict = decide(target, [found(target, "cottier", 2.0, 3.1), silent])
    assert (verdict.verdict, verdict.reason) == ("undecided", "No estimate on epoch: Two runs.")


@pytest.mark.parametrize(
    ("share", "verdict", "said"),
    [
        (0.8, "supported", "80 % of specifications agree"),
        (0.7999, "undecided", "only 79.9 % of specifications agree"),
        (None, "supported", "90 % of specifications agree"),
    ],
)
def test_four_specifications_in_five_must_agree(share: Any, verdict: str, said: str) -> None:
    result = on_both((2.0, 3.1), (2.1, 2.9), agree_share=share)
    assert result.verdict == verdict
    assert said in result.reason


def test_without_any_share_of_specifications_nothing_is_decided() -> None:
    target = claim(growth(estimands=[estimand("growth", "cottier")]))
    verdict = decide(target, [found(target, "cottier", 2.0, 3.1, agree_share=None)])
    assert verdict.verdict == "undecided"
    assert "no share of agreeing specifications" in verdict.reason


def test_grade_c_alone_decides_nothing() -> None:
    assert fact(1800, grade="C").verdict == "undecided"
    assert fact(1800, grade="B").verdict == "supported"
    assert "grade C alone decides nothing" in fact(1800, grade="C").reason


def test_grade_c_beside_better_evidence_may_agree_but_not_oppose() -> None:
    assert on_both((2.0, 3.1), (2.1, 2.9), grade="C").verdict == "supported"
    assert on_both((1.0, 1.5), (2.1, 2.9), grade="C").verdict == "undecided"
    assert on_both((2.0, 3.1), (2.1, 2.9), grade="C").grade == "C"


def test_arithmetic_is_exact_and_needs_no_interval() -> None:
    assert fact(1800).verdict == "supported"
    assert fact(1799).verdict == "contradicted"
    assert fact(1800).reason == "The value 1800 frames is equal to 1800 (n = 1)."
    assert fact(1800, note="Sixty times thirty.").reason == (
        "Sixty times thirty; the value 1800 frames is equal to 1800 (n = 1)."
    )


def test_estimands_in_opposite_directions_are_mixed() -> None:
    verdict = on_two(two_estimands(), (2.0, 3.1), (1.0, 1.5))
    assert verdict.verdict == "mixed"
    assert verdict.reason.startswith("Cost: the 95 % interval")


def test_estimands_agree_or_leave_it_undecided() -> None:
    assert on_two(two_estimands(), (2.0, 3.1), (2.2, 2.8)).verdict == "supported"
    assert on_two(two_estimands(), (1.0, 1.5), (1.2, 1.3)).verdict == "contradicted"
    verdict = on_two(two_estimands(), (2.0, 3.1), (1.0, 2.8))
    assert verdict.verdict == "undecided"
    assert verdict.reason.startswith("Compute: ")


def test_one_estimand_refutes_a_statement_about_all() -> None:
    row = growth(estimands=[estimand("cost", "main"), estimand("compute", "main")])
    every = claim(row | {"decision": "function", "function": "every_estimand"})
    assert on_two(every, (2.0, 3.1), (1.0, 1.5)).verdict == "contradicted"
    assert on_two(every, (2.0, 3.1), (1.0, 2.8)).verdict == "undecided"
    assert on_two(every, (2.0, 3.1), (2.2, 2.8)).verdict == "supported"


def test_a_statement_about_all_is_mixed_where_the_sources_of_one_disagree() -> None:
    pair = [estimand("cost", "a", "b"), estimand("compute", "main")]
    every = claim(growth(estimands=pair, decision="function", function="every_estimand"))
    records = [
        found(every, "a", 2.0, 3.1, estimand="cost"),
        found(every, "b", 1.0, 1.5, estimand="cost"),
        found(every, "main", 2.0, 3.1, estimand="compute"),
    ]
    assert decide(every, records).verdict == "mixed"
    records[-1] = found(every, "main", 1.0, 1.5, estimand="compute")
    assert decide(every, records).verdict == "contradicted"
    member = every.model_copy(update={"family": "H7"})
    hashed = [r.model_copy(update={"rule_hash": lock.rule_hash(member)}) for r in records]
    assert decide(member, hashed, q=0.5).verdict == "undecided"


def test_untestable_keeps_its_reason_whatever_is_recorded() -> None:
    target = claim(growth(untestable="No series of contract prices is public"))
    verdict = decide(target, [found(target, "cottier", 2.0, 3.1), found(target, "epoch", 2, 3)])
    assert verdict.verdict == "untestable"
    assert verdict.reason == "No series of contract prices is public"


def test_not_yet_tested_is_a_state() -> None:
    verdict = decide(claim(growth()), [])
    assert (verdict.verdict, verdict.estimate, verdict.grade) == ("not yet tested", None, None)


def test_evidence_of_an_earlier_rule_does_not_count() -> None:
    target = claim(growth())
    stale = found(target, "cottier", 2.0, 3.1, rule_hash="0" * 64)
    verdict = decide(target, [stale])
    assert verdict.verdict == "not yet tested"
    assert "amended" in verdict.reason


def test_a_prediction_cannot_fail_before_its_window_ends() -> None:
    target = claim(exact(kind="prediction", window_end="2027-10-31"))
    rule = lock.rule_hash(target)
    none, met = (
        Evidence(claim="c18", estimate=value, unit="frames", n=1, rule_hash=rule)
        for value in (0, 1800)
    )
    assert decide(target, []).verdict == "not yet tested"
    assert decide(target, [none], as_of=date(2027, 10, 31)).verdict == "undecided"
    assert "open until 2027-10-31" in decide(target, [none], as_of=AS_OF).reason
    assert decide(target, [none], as_of=date(2027, 11, 1)).verdict == "contradicted"
    assert decide(target, [met], as_of=AS_OF).verdict == "supported"


def test_two_different_records_of_one_source_are_an_error() -> None:
    target = claim(growth())
    record = found(target, "cottier", 2.0, 3.1)
    assert decide(target, [record, record]).verdict == "undecided"
    with pytest.raises(ClaimError, match="two different records of growth on cottier"):
        decide(target, [record, found(target, "cottier", 2.0, 3.2)])


def test_a_rule_that_holds_both_ways_is_an_error() -> None:
    row = estimand("growth", "cottier", supported_if="low > 1", contradicted_if="low > 2")
    target = claim(growth(estimands=[row]))
    with pytest.raises(ClaimError, match="both conditions hold at once"):
        decide(target, [found(target, "cottier", 2.5, 3)])


def test_pseudo_vintage_is_flagged() -> None:
    assert on_both((2.0, 3.1), (2.1, 2.9), pseudo_vintage=True).pseudo_vintage
    assert not on_both((2.0, 3.1), (2.1, 2.9)).pseudo_vintage


def family_of(p: float | None, q: float | None) -> Verdict:
    target = claim(growth(family="H4"))
    records = [
        found(target, "cottier", 2.0, 3.1, p_value=p),
        found(target, "epoch", 2.1, 2.9, p_value=p),
    ]
    return decide(target, records, q)


def test_a_family_member_needs_q_of_a_tenth() -> None:
    assert family_of(0.001, 0.1).verdict == "supported"
    assert family_of(0.001, 0.1001).verdict == "undecided"
    assert family_of(None, None).verdict == "undecided"
    assert "q = 0.012 in the pre-registered family" in family_of(0.001, 0.012).reason


def test_absent_members_of_the_family_count_as_one() -> None:
    """One p among twelve hypotheses: Benjamini-Hochberg gives q = 12 p."""
    target = claim(growth(family="H4"))
    for p, verdict in ((0.008, "supported"), (0.009, "undecided")):
        records = [
            found(target, "cottier", 2.0, 3.1, p_value=p / 2),
            found(target, "epoch", 2.1, 2.9, p_value=p),
        ]
        decided = decide_all({"c38": target}, records)["c38"]
        assert decided.q == pytest.approx(12 * p)
        assert decided.verdict == verdict


def test_a_source_without_p_counts_as_one() -> None:
    target = claim(growth(family="H4"))
    records = [
        found(target, "cottier", 2.0, 3.1, p_value=1e-9),
        found(target, "epoch", 2.1, 2.9, p_value=None),
    ]
    assert decide_all({"c38": target}, records)["c38"].q == 1.0


def test_the_largest_p_stands_for_claims_that_share_a_hypothesis() -> None:
    first = claim(growth(family="H1", estimands=[estimand("growth", "main")]))
    second = first.model_copy(update={"id": "c80"})
    untested = first.model_copy(update={"id": "c84"})
    records = [
        found(first, "main", 2.0, 3.1, p_value=0.001),
        found(second, "main", 2.0, 3.1, p_value=0.004),
    ]
    claims = {target.id: target for target in (first, second, untested)}
    decided = decide_all(claims, records)
    assert decided["c38"].q == decided["c80"].q == pytest.approx(12 * 0.004)


def test_smaller_p_of_others_helps_as_benjamini_and_hochberg_say() -> None:
    """p = 0.001, 0.002, 0.012 among twelve: q = 0.012, 0.012, 0.048 by hand."""
    targets = {
        f"c{i}": claim(growth(id=f"c{i}", family=f"H{i}", estimands=[estimand("growth", "main")]))
        for i in (1, 2, 3)
    }
    p = {"c1": 0.001, "c2": 0.002, "c3": 0.012}
    records = [found(t, "main", 2.0, 3.1, p_value=p[name]) for name, t in targets.items()]
    q = {name: verdict.q for name, verdict in decide_all(targets, records).items()}
    assert q == pytest.approx({"c1": 0.012, "c2": 0.012, "c3": 0.048})


def test_the_table_has_one_row_a_claim_in_the_order_of_the_ledger() -> None:
    targets = {"c38": claim(growth()), "c18": claim(exact())}
    record = found(targets["c38"], "cottier", 2.0, 3.1, as_of=AS_OF, notebook="02_x", cell="a1")
    rows = table(targets, [record.as_dict()])
    assert [row["id"] for row in rows] == ["c38", "c18"]
    assert [row["verdict"] for row in rows] == ["undecided", "not yet tested"]
    assert (rows[0]["as_of"], rows[0]["notebook"], rows[0]["cell"]) == ("2026-11-23", "02_x", "a1")
    assert rows[0]["would_change"] == "A cheaper frontier"
    assert [source["source"] for source in rows[0]["estimands"][0]["sources"]] == [
        "cottier",
        "epoch",
    ]


def test_the_table_refuses_evidence_that_is_not_well_formed() -> None:
    record = found(claim(growth()), "cottier", 2.0, 3.1).as_dict()
    with pytest.raises(ClaimError, match="evidence for claim c38: estimate"):
        table({"c38": claim(growth())}, [record | {"estimate": "many"}])
