"""A small article and small facts, with numbers that are easy to check by hand."""

from __future__ import annotations

import pandas as pd

from analysis.economics.audit.facts import Facts
from analysis.economics.audit.text import Article

CELLS = [
    (1, "GPT-3.5 Scale (Chat)", "training_compute", 1e23, 1e23, "FLOP"),
    (1, "GPT-3.5 Scale (Chat)", "inference_cost", 0.5, 0.5, "USD per 1M output tokens"),
    (1, "GPT-3.5 Scale (Chat)", "cost_driver", None, None, ""),
    (1, "GPT-4 Scale (MoE)", "training_compute", 2e25, 2e25, "FLOP"),
    (1, "GPT-4 Scale (MoE)", "inference_cost", 20, None, "USD per 1M output tokens"),
    (1, "Real-Time Video Gen", "training_compute", None, None, ""),
    (1, "Real-Time Video Gen", "inference_cost", 10, 40, "USD per minute of video"),
    (1, "Persistent AI Agent", "inference_cost", 5, 20, "USD per session-hour"),
    (3, "Cloud", "growth_2023", 60, 60, "percent per year"),
    (3, "Cloud", "growth_2024_2025", 40, 40, "percent per year"),
    (3, "Apps", "growth_2023", 30, 30, "percent per year"),
    (3, "Apps", "growth_2024_2025", 35, 35, "percent per year"),
    (3, "Chips", "growth_2023", 4e9, 4e9, "USD"),
    (3, "Chips", "growth_2024_2025", 6e9, 6e9, "USD"),
]
STATEMENTS = [
    ("video_frames", "video", "plain", 1500),
    ("video_length", "video", "plain", 60),
    ("video_frame_rate", "video", "plain", 30),
    ("cluster_cost", "own cluster", "plain", 1e8),
    ("projected_period", "table 3", "plain", 2027),
    ("frontier_trainers_allowed", "entities", "plain", 3),
    ("announced_span", "predictions", "plain", 24),
    ("prediction_span", "prediction 3", "plain", 30),
    ("giants_in_lead", "A", "plain", None),
    ("giants_in_lead", "B", "plain", None),
    ("giants_in_players", "B", "plain", None),
    ("frontier_trainer", "P", "strict", None),
    ("frontier_trainer", "Q", "plain", None),
    ("frontier_trainer", "R", "wide", None),
    ("asserted_as_lasting", "s", "plain", None),
    ("named_as_current", "Chip", "plain", None),
    ("named_as_current", "Model", "plain", None),
    ("named_as_current", "Family", "wide", None),
]


def article() -> Article:
    cells = pd.DataFrame(
        CELLS, columns=["table", "row", "column", "value_low", "value_high", "unit_meant"]
    )
    statements = pd.DataFrame(STATEMENTS, columns=["statement", "item", "reading", "value_low"])
    return Article(
        cells.assign(stated="", unit_stated="").astype({"value_low": float, "value_high": float}),
        statements.assign(value_high=statements["value_low"]).astype({"value_low": float}),
    )


def unpublished() -> Article:
    known = article()
    return Article(known.cells.head(0), known.statements.head(0))


def facts(*rows: tuple, pseudo_vintage: bool = False, basis: str = "published") -> Facts:
    """Facts from (topic, subject, value, grade, day) and, if it differs, the day it was known."""
    frame = pd.DataFrame(
        [
            {
                "fact": f"fact_{place}",
                "topic": topic,
                "subject": subject,
                "statement": f"{subject} {topic}",
                "value": float("nan") if value is None else value,
                "unit": "1",
                "grade": grade,
                "source": "https://www.example.org/page; https://other.example",
                "refers_to": pd.Timestamp(day),
                "known_from": pd.Timestamp(*known or [day]),
                "known_basis": basis,
            }
            for place, (topic, subject, value, grade, day, *known) in enumerate(rows)
        ]
    )
    frame.attrs["pseudo_vintage"] = pseudo_vintage
    return Facts(frame)
