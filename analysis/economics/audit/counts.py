"""Statements that a count of dated facts decides: developers, confirmations, acts, measures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from analysis.claims.answer import Answer
from analysis.economics.audit.facts import (
    Fact,
    Facts,
    answer,
    listed,
    weighty,
)
from analysis.errors import InputError

NAMED_MODELS = 2
"""Video models that the text names."""
STATES = 2
"""States that must have a measure for a pattern."""


def video_developers(facts: Facts) -> Answer:
    """Separate developers that sold access to a video generator of their own (c31)."""
    found = facts.about("video_generator_on_sale")
    names = _subjects(found)
    reason = f"on sale from {listed(names)} (price lists of released packages, and press)"
    return answer(len(names), found, "developers with a generator on sale", reason)


def frame_by_frame(facts: Facts) -> Answer:
    """Named video models whose makers describe generation one frame at a time (c33)."""
    found = facts.about("frame_by_frame")
    if len(found) < NAMED_MODELS:
        raise InputError("dated facts", "not all makers had described their models by then")
    reason = f"the makers of {listed(_subjects(found))} describe diffusion of a clip as a whole"
    return _true(found, "makers' descriptions of one frame after another", reason)


def mixture_of_experts(facts: Facts) -> Answer:
    """Named model families whose makers describe them as mixtures of experts (c88)."""
    found = facts.about("mixture_of_experts")
    reason = f"so described by the makers of {listed(_subjects(found))} (announcements, as quoted)"
    return _true(found, "makers' descriptions", reason)


def attributions(facts: Facts) -> Answer:
    """Named attributions that the projects' own documents confirm (c91)."""
    found = facts.about("attribution")
    reason = f"the projects' own documents confirm {listed(_subjects(found))}"
    return _true(found, "attributions confirmed by primary documents", reason)


def tuned_llama_hosts(facts: Facts) -> Answer:
    """Services that serve tuned Llama models on shared hardware, billed by token (c49)."""
    found = facts.about("tuned_llama_hosting")
    names = _subjects(found)
    reason = f"{listed(names)} does so since {found[0].day:%B %Y} ({found[0].cited})"
    return answer(len(names), found, "documented services", reason)


def energy_acts(facts: Facts) -> Answer:
    """Official acts on the energy use of data centres or AI, graded A or B (c76)."""
    found = [fact for fact in facts.about("energy_act") if fact.grade != "C"]
    reason = f"acts, drafts and consultations: {_per_subject(found)}"
    return answer(len(found), found, "dated official acts", reason)


def compute_policies(facts: Facts) -> Answer:
    """Measures on AI chips or compute in force, of at least two states (c92)."""
    found = weighty(facts.about("compute_policy"))
    if len(_subjects(found)) < STATES:
        raise InputError("dated facts", "measures of one state only were known by then")
    reason = f"export controls, subsidies and state compute: {_per_subject(found)}"
    return answer(len(found), found, "dated measures in force", reason)


def _true(found: Sequence[Fact], method: str, reason: str) -> Answer:
    return answer(sum(fact.value for fact in found), found, method, reason)


def _subjects(found: Sequence[Fact]) -> list[str]:
    return sorted({fact.subject for fact in found})


def _per_subject(found: Sequence[Fact]) -> str:
    counts = Counter(fact.subject for fact in found)
    return listed(f"{name} {count}" for name, count in sorted(counts.items()))
