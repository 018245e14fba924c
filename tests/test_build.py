"""Building: byte-identical from snapshots, all or nothing, and every known kind of damage named."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from test_tables import edit, put

from analysis import build, paths, registry, tables
from analysis.errors import DataError, UnknownNameError
from analysis.files import read_csv, sha256
from analysis.sources import epoch_ai, sidecar

EARLY = "2025-06-30"


def state(folder: Path) -> dict[str, str]:
    """Hash of every file below a folder."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): sha256(path.read_bytes()) for path in files}


def rewrite(data: Path, path: str, *changes: object) -> None:
    """Change a snapshot and put its new hash on record, as a new vintage would."""
    for change in changes:
        edit(data / path, change)  # type: ignore[arg-type]
    about = sidecar.read(data / path)
    sidecar.write(data / path, (data / path).read_bytes(), about, rows=about.rows)


def test_the_committed_tables_are_what_the_snapshots_give() -> None:
    report = build.verify()
    assert report.problems == ()
    assert report.passed
    assert report.tables == len(tables.names())
    assert report.snapshots >= report.tables


def test_no_committed_correction_is_stale() -> None:
    stale = {
        entry["id"]
        for name in tables.names()
        for entry in tables.describe(name)["corrections"]
        if not entry["rows"]
    }
    assert stale == set()


def test_repository_data_stay_small() -> None:
    size = sum(path.stat().st_size for path in paths.data().rglob("*") if path.is_file())
    assert size < 25e6


def test_rebuilding_changes_no_byte(data_copy: Path) -> None:
    before = state(data_copy)
    for name in ("training_runs", "training_costs", "cpi"):
        (data_copy / "tables" / f"{name}.csv").unlink()
    report = build.build(["training_runs", "training_costs", "cpi"])
    assert [built.name for built in report.tables] == ["training_runs", "training_costs", "cpi"]
    assert len(report.changed) == 3
    assert state(data_copy) == before


def test_an_unchanged_build_writes_nothing(data_copy: Path) -> None:
    assert build.build(["deflator"]).changed == ()


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (put(4, "unit", "furlongs"), "row .*column 'unit': 'furlongs' is not one of"),
        (put(4, "grade", "D"), "column 'grade': 'D' is not one of A, B, C"),
        (put(4, "known_from", "2099-01-01"), "column 'known_from': 2099-01-01 lies in the future"),
        (put(4, "value", "lots"), "column 'value': 'lots' is not a number"),
        (lambda rows: rows + rows[:1], "column 'fact': has the same key"),
        (lambda rows: rows[:9], "sanity check"),
        (
            lambda rows: [
                row | {"value": "3e25"} if row["fact"] == "gpt4_training_compute" else row
                for row in rows
            ],
            "sanity check 'gpt4_training_compute_is_2.1e25' fails",
        ),
    ],
)
def test_bad_input_stops_the_build_and_changes_nothing(
    data_copy: Path, change: object, problem: str
) -> None:
    edit(data_copy / "curated" / "dated_facts.csv", change)  # type: ignore[arg-type]
    before = state(data_copy)
    with pytest.raises(DataError, match=problem):
        build.build(["deflator", "dated_facts"])
    assert state(data_copy) == before


def test_a_table_that_fails_keeps_the_others_from_being_written(data_copy: Path) -> None:
    rewrite(data_copy, "snapshots/bls/producer_prices_data_processing.csv", put(60, "index", "99"))
    edit(data_copy / "curated" / "dated_facts.csv", put(4, "unit", "furlongs"))
    before = state(data_copy)
    with pytest.raises(DataError):
        build.build(["deflator", "dated_facts"])
    assert state(data_copy) == before


def test_an_edited_snapshot_stops_the_build(data_copy: Path) -> None:
    edit(data_copy / epoch_ai.MODELS, put(9, "training_compute_flop", "1e30"))
    before = state(data_copy)
    with pytest.raises(DataError, match=r"notable_models\.csv: differs from the sha256"):
        build.build(["training_runs"])
    assert state(data_copy) == before


def test_a_check_on_the_snapshot_side_stops_the_build(data_copy: Path) -> None:
    def spoil(rows: list[dict[str, str]]) -> None:
        for row in rows:
            if row["model"] == "GPT-4 (Mar 2023)":
                row["training_compute_flop"] = "2.1e+24"

    rewrite(data_copy, epoch_ai.MODELS, spoil)
    with pytest.raises(DataError, match=r"'gpt4_is_2\.1e25_in_the_export' fails"):
        build.build(["training_runs"])


def test_snapshot_rows_known_later_do_not_reach_an_earlier_day(data_copy: Path) -> None:
    names = ("training_runs", "training_costs")
    early = "2025-08-31"
    before = {name: (tables.load(name, early), tables.fingerprint(name, early)) for name in names}

    def spoil(rows: list[dict[str, str]]) -> None:
        for row in rows:
            if row["published"] > early:
                row["training_compute_flop"] = "9e99"
                row["training_cost_usd_2023"] = row["training_cost_usd_2023"] and "1e99"
                row["developer"] = "nobody"

    rewrite(data_copy, epoch_ai.MODELS, spoil)
    assert len(build.build(list(names)).changed) >= 2
    assert tables.load("training_runs")["training_compute_flop"].max() == 9e99
    for name in names:
        assert tables.load(name, early).equals(before[name][0])
        assert tables.fingerprint(name, early) == before[name][1]


def test_snapshot_rows_known_in_time_do(data_copy: Path) -> None:
    before = tables.fingerprint("training_runs", EARLY)
    rewrite(data_copy, epoch_ai.MODELS, put(9, "training_compute_flop", "1e20"))
    build.build(["training_runs"])
    assert tables.fingerprint("training_runs", EARLY) != before


def test_an_unknown_table_gets_the_nearest_name() -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'accelerators'"):
        build.build(["accelerator"])


@pytest.fixture
def small_registry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the tables whose snapshots are in ``data_copy``."""
    kept = {
        name: table
        for name, table in registry.tables().items()
        if name in ("deflator", "cpi", "training_runs", "dated_facts")
    }
    monkeypatch.setattr(registry, "tables", lambda: kept)


@pytest.mark.usefixtures("small_registry")
def test_verify_names_every_difference_and_touches_nothing(data_copy: Path) -> None:
    build.build()
    assert build.verify().problems == ()
    edit(data_copy / "tables" / "cpi.csv", put(5, "index", "1"))
    sidecar.path_of(data_copy / "curated" / "dated_facts.csv").unlink()
    edit(data_copy / epoch_ai.MODELS, put(9, "training_compute_flop", "1e20"))
    (data_copy / "snapshots" / "gone.csv.meta.yaml").write_text("title: x\n")
    before = state(data_copy)
    problems = "\n".join(build.verify().problems)
    assert "cpi.csv: differs from what the snapshots give" in problems
    assert "dated_facts.csv: has no sidecar" in problems
    assert "notable_models.csv: differs from the sha256" in problems
    assert "gone.csv.meta.yaml: describes a file that is missing" in problems
    assert not build.verify().passed
    assert state(data_copy) == before


def test_the_listing_has_one_row_a_table() -> None:
    listing = build.listing()
    assert list(listing["table"]) == tables.names()
    assert (listing["rows"] > 0).all()
    assert not listing.isna().to_numpy().any()


def test_an_unknown_package_gets_the_nearest_name(tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'cpi'"):
        build.extract("cpii", tmp_path)


def test_a_folder_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="is not a folder"):
        build.extract("cpi", tmp_path / "nowhere")


@pytest.mark.parametrize("member", ["../cpi.db", None])
def test_a_bad_archive_leaves_the_snapshots_alone(
    data_copy: Path, tmp_path: Path, member: str | None
) -> None:
    path = tmp_path / "cpi-9.0.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as out:
        out.writestr("cpi/cpi.db", b"x" * 2000)
        if member:
            out.writestr(member, b"x")
    if member is None:
        path.write_bytes(path.read_bytes()[:1000])
    before = state(data_copy)
    with pytest.raises(DataError, match="climbs out" if member else "truncated or corrupt"):
        build.extract("cpi", tmp_path)
    assert state(data_copy) == before


def test_the_data_package_lists_every_table_with_unit_and_licence() -> None:
    package = json.loads((paths.data() / "datapackage.json").read_text(encoding="utf-8"))
    assert [resource["name"] for resource in package["resources"]] == tables.names()
    for resource in package["resources"]:
        content = (paths.data() / resource["path"]).read_bytes()
        header = read_csv(content, resource["path"]).columns
        assert [field["name"] for field in resource["schema"]["fields"]] == list(header)
        assert resource["sources"]


def test_the_attribution_names_every_source_with_its_licence() -> None:
    page = (paths.data() / "ATTRIBUTION.md").read_text(encoding="utf-8")
    for name in tables.names():
        for source in tables.describe(name)["sources"]:
            section = page.partition(f"## {source['title']}\n")[2].partition("\n## ")[0]
            assert f"- Licence: {source['licence']}\n" in section
            assert name in section


def test_frictionless_finds_the_data_package_valid() -> None:
    frictionless = pytest.importorskip("frictionless")
    report = frictionless.Package(str(paths.data() / "datapackage.json")).validate()
    assert report.flatten(["rowNumber", "fieldName", "type", "note"]) == []
    assert report.stats["tasks"] == len(tables.names())
