"""HELM: release dates and parameter counts of models, from its metadata file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from analysis.errors import DataError
from analysis.files import as_text, csv_bytes
from analysis.schemas import Table
from analysis.sources import archive, sidecar
from analysis.sources.live import Package
from analysis.sources.sidecar import Sidecar, Snapshots

PACKAGES = ("crfm-helm",)
TABLES: tuple[Table, ...] = ()
FILE = "snapshots/helm/model_metadata.csv.gz"
LIVE = (Package(path=FILE, name=PACKAGES[0]),)
COLUMNS = ("name", "creator_organization_name", "access", "release_date", "num_parameters")
_MEMBER = "helm/config/model_metadata.yaml"


def extract(wheels: Path, out: Path) -> list[Path]:
    """The metadata of the newest wheel in a folder as a table."""
    wheel = archive.wheels(wheels, PACKAGES[0])[-1]
    models = _models(archive.read_member(wheel.path, _MEMBER), wheel.path)
    content = csv_bytes(as_text(models, COLUMNS))
    packed = archive.packed_on(wheel.path, _MEMBER)
    about = Sidecar(
        title="HELM model metadata",
        producer="Center for Research on Foundation Models, Stanford",
        citation="Liang et al., Holistic Evaluation of Language Models, model metadata.",
        licence="Apache-2.0",
        url="https://github.com/stanford-crfm/helm",
        accessed=packed,
        vintage=packed,
        known_from="2019-01-01",
        processing=(
            f"The file {_MEMBER} of {wheel.package} {wheel.version}: name, maker, access, release"
            " date and number of parameters of each model, as a table."
        ),
    )
    return [sidecar.write(out.parent / FILE, content, about, rows=content.count(b"\n") - 1)]


def metadata(snapshots: Snapshots) -> pd.DataFrame:
    """Release date and parameters by HELM's name of the model, as text."""
    return snapshots.csv(FILE).drop_duplicates("name").set_index("name")


def _models(content: bytes, file: object) -> pd.DataFrame:
    try:
        loaded: Any = yaml.load(content, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        models = pd.DataFrame(loaded["models"])
    except (yaml.YAMLError, KeyError, TypeError, ValueError) as error:
        raise DataError(f"is not HELM's model metadata: {error}", file=file) from error
    count = models["num_parameters"].astype("Int64").astype("string").fillna("")
    return models.assign(num_parameters=count)
