"""Epoch AI's exports as served give the rows that we hold (rows from the export of July 2026)."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

import pytest

from analysis import paths
from analysis.errors import DataError
from analysis.files import read_csv
from analysis.sources import epoch_exports
from analysis.sources.epoch_exports import HARDWARE, MODELS

# The headers and some rows of the export; long notes, which are not read, are left out.
MODEL_HEAD = [
    "Model",
    "Organization",
    "Publication date",
    "Domain",
    "Task",
    "Parameters",
    "Parameters notes",
    "Training compute (FLOP)",
    "Confidence",
    "Link",
    "Country (of organization)",
    "Training hardware",
    "Hardware quantity",
    "Hardware utilization (MFU)",
    "Training compute cost (2023 USD)",
    "Training power draw (W)",
    "Open model weights?",
]
INKLING = {
    "Model": "Inkling",
    "Organization": "Thinking Machines",
    "Publication date": "2026-07-15",
    "Domain": "Language,Multimodal,Audio,Video,Vision",
    "Parameters": "975000000000.0",
    "Training compute (FLOP)": "1.845e+24",
    "Confidence": "Likely",
    "Link": "https://thinkingmachines.ai/news/introducing-inkling/",
    "Country (of organization)": "United States of America",
    "Training hardware": "NVIDIA GB300 (Blackwell Ultra)",
    "Open model weights?": "Yes",
}
NEMOTRON = {
    "Model": "Nemotron 3 Ultra",
    "Organization": "NVIDIA",
    "Publication date": "2026-06-04",
    "Domain": "Language",
    "Parameters": "550000000000.0",
    "Training compute (FLOP)": "6.6e+24",
    "Confidence": "Likely",
    "Link": "https://arxiv.org/abs/2512.20856\nhttps://research.nvidia.com/labs/a.pdf ",
    "Country (of organization)": "United States of America",
    "Open model weights?": "Yes",
}
QWEN = {  # neither compute nor cost is known
    "Model": "Qwen 3.7 Max",
    "Organization": "Alibaba",
    "Publication date": "2026-05-19",
    "Domain": "Language",
    "Confidence": "Confident",
}
CHIP_HEAD = [
    "Hardware name",
    "Manufacturer",
    "Type",
    "Notes",
    "Release date",
    "Release price (USD)",
    "Tensor-FP16/BF16 performance (FLOP/s)",
    "FP8 performance (FLOP/s)",
    "FP4 performance (FLOP/s)",
    "Memory (bytes)",
    "Memory bandwidth (byte/s)",
    "TDP (W)",
    "FP32 (single precision) performance (FLOP/s)",
    "Process size (nm)",
    "Link to datasheet",
    "Source for the price",
]
IRONWOOD = dict(
    zip(
        CHIP_HEAD,
        (
            "Google TPU v7 Ironwood",
            "Google",
            "TPU",
            "two\nlines",
            "2025-11-06",
            "12000.0",
            "2307000000000000.0",
            "4614000000000000.0",
            "",
            "192000000000.0",
            "7370000000000.0",
            "960.0",
            "",
            "",
            "https://blog.google/products/google-cloud/ironwood-tpu-age-of-inference/\n"
            "https://docs.cloud.google.com/tpu/docs/tpu7x",
            "https://epoch.ai/data/ai-chip-sales-documentation/methodology#google",
        ),
        strict=True,
    )
)
MAIA = dict(
    zip(
        CHIP_HEAD,
        (
            "Microsoft Maia 200",
            "Microsoft",
            "GPU",
            "",
            "2026-01-26",
            "",
            "1268000000000000.0",
            "5072000000000000.0",
            "1.0145e+16",
            "216000000000.0",
            "7000000000000.0",
            "750.0",
            "",
            "",
            "https://blogs.microsoft.com/blog/2026/01/26/maia-200-the-ai-accelerator-built-for-inference/",
            "",
        ),
        strict=True,
    )
)
VERA = {"Hardware name": "NVIDIA VR300 (Rubin Ultra)", "Manufacturer": "NVIDIA", "Type": "GPU"}


def export(head: list[str], *rows: Mapping[str, str]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, head, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def lines(path: str, *names: str) -> list[str]:
    """Lines of a snapshot held that begin with these names, below its header."""
    held = (paths.data() / path).read_text(encoding="utf-8").splitlines()
    found = [line for name in names for line in held if line.startswith(f"{name},")]
    assert len(found) == len(names)
    return [held[0], *found]


def test_models_with_an_estimate_are_kept_as_they_are_held() -> None:
    served = export(MODEL_HEAD, INKLING, QWEN, NEMOTRON)
    content, about = epoch_exports.notable_models(served, "2026-11-24")
    assert content.decode().splitlines() == lines(MODELS, "Nemotron 3 Ultra", "Inkling")
    assert (about.rows, about.vintage, about.known_from) == (2, "2026-11-24", "2026-06-04")


def test_models_before_2010_are_left_out() -> None:
    old = INKLING | {"Model": "Theseus", "Publication date": "1950-07-02"}
    content, about = epoch_exports.notable_models(export(MODEL_HEAD, INKLING, old), "2026-11-24")
    assert about.rows == 1 and b"Theseus" not in content


def test_chips_are_kept_as_they_are_held() -> None:
    served = export(CHIP_HEAD, VERA, MAIA, IRONWOOD)
    content, about = epoch_exports.ml_hardware(served, "2026-11-24")
    names = ("Google TPU v7 Ironwood", "Microsoft Maia 200", "NVIDIA VR300 (Rubin Ultra)")
    assert content.decode().splitlines() == lines(HARDWARE, *names)
    assert (about.rows, about.known_from) == (3, "2025-11-06")


@pytest.mark.parametrize("name", ["Training compute (FLOP)", "Model", "Link"])
def test_a_column_that_is_gone_is_named(name: str) -> None:
    head = [column for column in MODEL_HEAD if column != name]
    row = {column: cell for column, cell in INKLING.items() if column != name}
    with pytest.raises(DataError, match="this column is missing") as caught:
        epoch_exports.notable_models(export(head, row), "2026-11-24")
    assert caught.value.column == name


def test_a_cell_that_is_no_number_is_named() -> None:
    odd = INKLING | {"Training compute (FLOP)": "lots"}
    with pytest.raises(DataError, match="'lots' is not a number") as caught:
        epoch_exports.notable_models(export(MODEL_HEAD, NEMOTRON, odd), "2026-11-24")
    assert caught.value.column == "Training compute (FLOP)"
    assert caught.value.row == 4  # the line of the file; the cell above has two lines


def test_both_exports_are_declared_where_their_tables_are() -> None:
    from analysis.sources import epoch_ai

    assert {live.path for live in epoch_ai.LIVE} == {MODELS, HARDWARE}
    held = read_csv((paths.data() / MODELS).read_bytes(), MODELS)
    assert [*held.columns] == [*epoch_exports._MODEL_COLUMNS]
