"""Counts of dated facts, on small facts."""

from __future__ import annotations

import pytest
from audit_samples import facts

from analysis.economics.audit import counts
from analysis.errors import InputError


def test_developers_are_counted_once_each() -> None:
    known = facts(
        ("video_generator_on_sale", "A", None, "B", "2024-01-01"),
        ("video_generator_on_sale", "A", None, "B", "2025-01-01"),
        ("video_generator_on_sale", "B", None, "B", "2025-01-01"),
        ("video_generator_on_sale", "C", None, "B", "2026-06-01"),
    )
    found = counts.video_developers(known)
    assert (found.estimate, found.n) == (2, 3)


@pytest.mark.parametrize(
    ("topic", "function"),
    [
        ("frame_by_frame", counts.frame_by_frame),
        ("mixture_of_experts", counts.mixture_of_experts),
        ("attribution", counts.attributions),
    ],
)
def test_only_true_statements_count(topic: str, function: object) -> None:
    known = facts((topic, "X", 1, "A", "2024-01-01"), (topic, "Y", 0, "A", "2024-01-01"))
    found = function(known)  # type: ignore[operator]
    assert (found.estimate, found.n) == (1, 2)


def test_one_maker_of_two_is_not_enough() -> None:
    known = facts(("frame_by_frame", "X", 0, "A", "2024-01-01"))
    with pytest.raises(InputError, match="not all makers"):
        counts.frame_by_frame(known)


def test_hosts_are_counted() -> None:
    known = facts(("tuned_llama_hosting", "X", None, "A", "2024-02-13"))
    found = counts.tuned_llama_hosts(known)
    assert found.estimate == 1 and "X does so since February 2024" in found.reason


def test_energy_acts_of_grade_c_do_not_count() -> None:
    known = facts(
        ("energy_act", "EU", None, "A", "2023-09-13"),
        ("energy_act", "US", None, "B", "2025-02-20"),
        ("energy_act", "US", None, "C", "2025-02-21"),
    )
    found = counts.energy_acts(known)
    assert (found.estimate, found.grade) == (2, "B")
    assert found.reason.endswith("EU 1 and US 1")


def test_policies_of_one_state_make_no_pattern() -> None:
    one = ("compute_policy", "US", None, "A", "2022-10-07")
    with pytest.raises(InputError, match="one state only"):
        counts.compute_policies(facts(one, one))
    other = ("compute_policy", "India", None, "B", "2024-03-07")
    assert counts.compute_policies(facts(one, one, other)).estimate == 3
