"""MLCommons: MLPerf Inference results of language models in data centres."""

from __future__ import annotations

import pandas as pd

from analysis.checks import Check, rows_at_least, value_is
from analysis.schemas import Column, Table
from analysis.sources.sidecar import Snapshots

RESULTS = "snapshots/mlcommons/inference_language.csv"
LIVE = "holds finished rounds; the next round is a repository of its own"


def mlperf_llm(snapshots: Snapshots) -> pd.DataFrame:
    """Results with the chips behind them; systems without accelerators have no chip count."""
    rows = snapshots.csv(RESULTS)
    nodes = pd.to_numeric(rows["nodes"])
    chips = nodes * pd.to_numeric(rows["accelerators_per_node"])
    day = rows["published"]
    return rows.assign(accelerators=chips, refers_to=day, known_from=day, known_basis="published")


def _offline_beats_server(results: pd.DataFrame) -> bool:
    """Without a latency bound a system gives at least nine tenths of what it gives under one."""
    key = ["round", "submitter", "system", "benchmark", "nodes", "accelerators"]
    wide = results.pivot_table(index=key, columns="scenario", values="result", aggfunc="max")
    both = wide[["Offline", "Server"]].dropna()
    return bool((both["Offline"] >= 0.9 * both["Server"]).mean() > 0.9)


_FORMATS = ("fp32", "fp16", "fp8", "fp4", "int8", "int4", "uint4")

TABLES = [
    Table(
        name="mlperf_llm",
        title="MLPerf Inference results of language and speech models, 2024 and 2025",
        description=(
            "Throughput that vendors submitted and MLCommons reviewed, closed division, rounds 4.1"
            " and 5.1. The number format is what the submitter declares, often that of the starting"
            " weights and not of the arithmetic. Results are of whole systems: chips are nodes"
            " times accelerators a node. Whisper counts samples, GPT-J in the server scenario"
            " queries; the unit says so."
        ),
        build=mlperf_llm,
        key=(
            "round",
            "submitter",
            "availability",
            "system",
            "benchmark",
            "scenario",
            "nodes",
            "accelerator",
            "accelerators_per_node",
            "declared_number_format",
            "result",
        ),
        columns=(
            Column("round", "text", "round of MLPerf Inference"),
            Column("submitter", "text", "who submitted it"),
            Column("availability", "text", "on sale or not yet", allowed=("available", "preview")),
            Column("system", "text", "name of the system"),
            Column("benchmark", "text", "model, with the share of reference accuracy to reach"),
            Column(
                "scenario",
                "text",
                "offline: no latency bound; server and interactive: with one",
                allowed=("Offline", "Server", "Interactive"),
            ),
            Column("nodes", "integer", "servers", "count", least=1),
            Column("accelerator", "text", "chip; none for a system of processors", required=False),
            Column(
                "accelerators_per_node",
                "number",
                "chips a server",
                "count",
                required=False,
                above=0,
            ),
            Column("accelerators", "number", "chips in all", "count", required=False, above=0),
            Column("declared_number_format", "text", "as declared", allowed=_FORMATS),
            Column("result", "number", "what the system reached, per second", above=0),
            Column(
                "result_unit",
                "text",
                "what is counted",
                allowed=("tokens/s", "samples/s", "queries/s"),
            ),
            Column("power_measured", "boolean", "whether power was measured too"),
        ),
        checks=(
            value_is(
                "eight_mi300x_give_23514.8_tokens_a_second_in_4.1",
                {
                    "round": "v4.1",
                    "submitter": "AMD",
                    "benchmark": "llama2-70b-99",
                    "scenario": "Offline",
                    "accelerators": 8,
                    "availability": "available",
                    "system": "Supermicro AS-8125GS-TNMR2",
                },
                "result",
                23514.8,
            ),
            Check("offline_is_not_below_server", "table", "nine in ten", _offline_beats_server),
            rows_at_least(728),
        ),
    )
]
