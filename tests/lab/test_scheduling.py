"""A notebook scheduled from JupyterLab, through the API that its dialog calls."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("jupyter_scheduler", reason="JupyterLab is in .venv-lab; call `make test-lab`")

NAME = "09_consolidation"
EVIDENCE = "application/vnd.reckon.evidence+json"
PARAMETERS = "application/vnd.reckon.parameters+json"
SECONDS = 120


def ended(lab: Any, **parameters: str) -> dict[str, Any]:
    """One job with these parameters, run to its end."""
    asked = {
        "name": "a changed parameter",
        "input_uri": f"notebooks/{NAME}.ipynb",
        "runtime_environment_name": lab.call("scheduler/runtime_environments")[0]["name"],
        "output_formats": ["ipynb", "html"],
        "parameters": parameters,
    }
    name = lab.call("scheduler/jobs", asked)["job_id"]
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        job = lab.call(f"scheduler/jobs/{name}")
        if job["status"] in ("COMPLETED", "FAILED"):  # it is STOPPED until it starts
            return dict(job)
        time.sleep(0.5)
    pytest.fail(f"the job is still {job['status']} after {SECONDS} s")


def written(lab: Any, job: dict[str, Any]) -> Path:
    """The notebook that the job wrote, fetched as from the list of jobs."""
    lab.call(f"scheduler/jobs/{job['job_id']}/download_files")
    end = time.monotonic() + 30
    while time.monotonic() < end:
        found = list((lab.folder / "reports" / "jobs").rglob(f"{NAME}-*.ipynb"))
        if found and found[0].stat().st_size:
            return found[0]
        time.sleep(0.3)
    pytest.fail("the output of the job was not fetched")


def test_a_job_records_evidence_with_its_parameters(lab: Any) -> None:
    job = ended(lab, level="0.9", as_of="2026-06-30")
    assert (job["status"], job["status_message"]) == ("COMPLETED", None)
    notebook = json.loads(written(lab, job).read_text(encoding="utf-8"))
    shown = [
        o["data"] for cell in notebook["cells"] for o in cell.get("outputs", ()) if "data" in o
    ]
    used = {row["name"]: row["value"] for d in shown if PARAMETERS in d for row in d[PARAMETERS]}
    assert (used["level"], used["as_of"]) == ("0.9", "2026-06-30")
    recorded = [data[EVIDENCE] for data in shown if EVIDENCE in data]
    assert recorded and {one["as_of"] for one in recorded} == {"2026-06-30"}
    assert {one["level"] for one in recorded} <= {0.9, None}


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({"levels": "0.9"}, f"{NAME}: unknown parameter 'levels'; did you mean 'level'?"),
        ({"closing_months": "19.5"}, f"{NAME}: closing_months: Input should be less than or equal"),
    ],
)
def test_a_bad_parameter_is_the_message_of_the_job(
    lab: Any, parameters: dict[str, str], message: str
) -> None:
    job = ended(lab, **parameters)
    assert job["status"] == "FAILED" and job["status_message"].startswith(message)
    assert job["start_time"] is not None


def test_the_scheduler_keeps_its_files_in_reports(lab: Any) -> None:
    assert (lab.folder / "reports" / ".jobs" / "scheduler.sqlite").is_file()


def test_texts_become_values() -> None:
    from analysis.run.lab_job import as_code

    given = {"as_of": "2025-06-30", "closing_months": "2", "prior": "'none'"}
    assert as_code(NAME, given) == {
        "as_of": "'2025-06-30'",
        "closing_months": "2.0",
        "prior": "'none'",
    }
    assert as_code("mine", {"x": "1 + 1"}) == {"x": "1 + 1"}
