"""Eight notebooks that import the whole stack, run by papermill's command, by its API in two
processes, and by the engine.

``python -m benchmarks.engine_reference (pool|engine) FOLDER`` is what the benchmark times.
"""

from __future__ import annotations

import io
import json
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from benchmarks import engine_processes as processes

COUNT = 8
WORKERS = 2
CELLS = (
    "import matplotlib.pyplot as plt\nimport numpy as np\nimport pandas as pd\n"
    "import seaborn as sns\nimport statsmodels.api as sm\nfrom analysis import tables\n"
    "from analysis.methods import trend\nfrom analysis.report import figures",
    "generator = np.random.default_rng(0)\nframe = pd.DataFrame({'x': np.arange(200.0)})\n"
    "frame['y'] = 0.5 * frame['x'] + generator.standard_normal(200)",
    "figure, axes = plt.subplots()\naxes.plot(frame['x'], frame['y'])\nplt.show()",
    "axes = sns.histplot(frame['y'])\nplt.show()",
    "fit = sm.OLS(frame['y'], sm.add_constant(frame['x'])).fit()\nprint(fit.params)",
)


def write(folder: Path) -> None:
    """Puts the notebooks into ``folder``."""
    cells: list[dict[str, Any]] = [
        {
            "cell_type": "code",
            "id": f"cell-{number}",
            "metadata": {},
            "source": source,
            "outputs": [],
            "execution_count": None,
        }
        for number, source in enumerate(CELLS)
    ]
    spec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    content = {"cells": cells, "metadata": {"kernelspec": spec}, "nbformat": 4, "nbformat_minor": 5}
    folder.mkdir(parents=True)
    for number in range(COUNT):
        (folder / f"reference_{number}.ipynb").write_text(json.dumps(content))


def seconds(place: Path) -> dict[str, float]:
    """Seconds of the eight by each way, one after the other; ``place`` has the package."""
    notebooks = place / "reference"
    write(notebooks)
    found = {"engine": 0.0, "pool": 0.0}
    for way in found:
        command = processes.module("benchmarks.engine_reference", way, notebooks)
        found[way] = processes.timed(command, place).seconds
    papermill = Path(sys.executable).with_name("papermill")
    found["command"] = sum(
        processes.timed([papermill, "--no-progress-bar", path, place / "out.ipynb"], place).seconds
        for path in sorted(notebooks.glob("*.ipynb"))
    )
    return found


def pool(folder: Path) -> None:
    """papermill's API with ordinary kernels in two processes, as its users write it."""
    (folder / "executed").mkdir(exist_ok=True)
    with ProcessPoolExecutor(WORKERS) as workers:
        list(workers.map(_execute, sorted(folder.glob("*.ipynb"))))


def engine(folder: Path) -> None:
    """The engine's own path from tasks to results: plan of the imports, parent, pool, kernels."""
    from analysis.run import document, handover, imports, progress, results, scratch, syntax
    from analysis.run.plan import Task

    tasks = []
    for path in sorted(folder.glob("*.ipynb")):
        notebook = document.read(path)
        codes = [syntax.look(cell["source"]) for cell in notebook["cells"]]
        modules = {f"module {name}": "" for name in imports.closure(codes)}
        tasks.append(Task(path.stem, path.stem, notebook, {}, (), modules))
    with scratch.folder() as place:
        tell = progress.Progress(io.StringIO(), {})
        limits = handover.Limits(WORKERS)
        work = results.Collection(place, limits, force=True, progress=tell)
        for result in work.results(tasks):
            _check(result.executed, result.outcome.status)


def _execute(path: Path) -> None:
    import papermill

    target = path.parent / "executed" / path.name
    papermill.execute_notebook(str(path), str(target), progress_bar=False)


def _check(executed: dict, status: str) -> None:
    figures = [o for cell in executed["cells"] for o in cell["outputs"] if "data" in o]
    if status != "ok" or sum("image/png" in output["data"] for output in figures) != 2:
        raise RuntimeError(f"a reference notebook ended with {status} and {len(figures)} figures")


if __name__ == "__main__":
    {"pool": pool, "engine": engine}[sys.argv[1]](Path(sys.argv[2]))
