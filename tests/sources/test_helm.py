"""HELM's metadata file becomes a table of release dates and parameter counts."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from analysis.errors import DataError
from analysis.sources import helm
from analysis.sources.sidecar import Snapshots

METADATA = b"""
models:
  - name: meta/llama-2-70b
    creator_organization_name: Meta
    access: open
    num_parameters: 70000000000
    release_date: 2023-07-18
  - name: openai/gpt-4-0314
    creator_organization_name: OpenAI
    access: limited
    release_date: 2023-03-14
"""


def wheel(folder: Path, content: bytes) -> None:
    with zipfile.ZipFile(folder / "crfm_helm-0.5.16-py3-none-any.whl", "w") as archive:
        archive.writestr("helm/config/model_metadata.yaml", content)


def test_dates_and_parameters_are_read(tmp_path: Path) -> None:
    wheel(tmp_path, METADATA)
    helm.extract(tmp_path, tmp_path / "data" / "snapshots")
    models = helm.metadata(Snapshots(tmp_path / "data"))
    assert models["num_parameters"].tolist() == ["70000000000", ""]
    assert models.loc["openai/gpt-4-0314", "release_date"] == "2023-03-14"


@pytest.mark.parametrize("content", [b"", b"models: 3", b"models: [", b"other: []"])
def test_another_file_is_refused(tmp_path: Path, content: bytes) -> None:
    wheel(tmp_path, content)
    with pytest.raises(DataError, match="not HELM's model metadata"):
        helm.extract(tmp_path, tmp_path / "data" / "snapshots")
