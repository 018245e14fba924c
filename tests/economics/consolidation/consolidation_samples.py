"""Small tables of labs and deals."""

from __future__ import annotations

import pandas as pd

from analysis.economics.consolidation import cohort, deals
from analysis.economics.consolidation.odds import Record

LABS = [
    ("Alpha", "yes", "independent", "2023-01-01", ""),
    ("Alpha", "yes", "valued at 1 billion", "2023-06-01", ""),
    ("Alpha", "yes", "exit", "2023-07-01", "full purchase"),
    ("Beta", "yes", "independent", "2023-01-01", "most of the staff went"),
    ("Beta", "yes", "valued at 1 billion", "2022-05-01", ""),
    ("Beta", "yes", "exit", "2024-01-01", "licence and hire"),
    ("Gamma", "yes", "independent", "2023-01-01", ""),
    ("Gamma", "yes", "valued at 1 billion", "2024-01-01", ""),
    ("Gamma", "yes", "exit", "2024-07-01", "listed"),
    ("Delta", "yes", "independent", "2023-01-01", ""),
    ("Delta", "yes", "exit", "2024-06-01", "merger announced"),
    ("Late", "no", "founded", "2024-01-01", ""),
    ("Late", "no", "valued at 1 billion", "2024-07-01", ""),
]
DEALS = [
    ("Alpha", "model developer", "Databricks", "enterprise software", "full", "closed",
     "2023-06-01", "2023-07-01", 1.3e9),
    ("Beta", "model developer", "Microsoft", "cloud giant", "licence and hire", "closed",
     "2024-01-01", None, 6e8),
    ("Tiny", "model developer", "NVIDIA", "hardware", "full", "closed", "2024-02-01", None, 1e8),
    ("Tool", "coding app", "Google", "cloud giant", "full", "closed", "2024-03-01", None, 2e9),
    ("Gamma", "model developer", "Google", "cloud giant", "full", "announced",
     "2024-06-01", None, 5e9),
]  # fmt: skip


def labs(*more: tuple[str, str, str, str, str]) -> pd.DataFrame:
    rows = [
        {"lab": lab, "cohort": part, "event": event, "refers_to": day,
         "exit": text if event == "exit" else "", "note": text}
        for lab, part, event, day, text in [*LABS, *more]
    ]  # fmt: skip
    frame = pd.DataFrame(rows)
    return frame.assign(refers_to=pd.to_datetime(frame["refers_to"]))


def acquisitions(*more: tuple[object, ...]) -> pd.DataFrame:
    names = ["target", "target_kind", "acquirer", "acquirer_kind", "structure", "status",
             "refers_to", "closed_on", "value_usd"]  # fmt: skip
    frame = pd.DataFrame([*DEALS, *more], columns=names).assign(grade="B")
    days = {name: pd.to_datetime(frame[name]) for name in ("refers_to", "closed_on")}
    return frame.assign(**days)


def record(end: str, *more: tuple[object, ...]) -> Record:
    day = pd.Timestamp(end)
    return Record(cohort.spells(labs(), day), deals.held(labs(), acquisitions(*more)), day)
