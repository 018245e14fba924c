"""The parameters of each notebook: names, types, ranges, defaults and help.

``NN_some_question`` has them in the module ``some_question``, as the class ``SomeQuestion``: its
place in the reading order may change.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analysis.run.parameters import Parameters

FOLDER = Path(__file__).parent
_SHARED = ("__init__", "common")


def names() -> list[str]:
    """All that have a model, without their numbers."""
    return sorted(path.stem for path in FOLDER.glob("*.py") if path.stem not in _SHARED)


def file(notebook: str) -> Path | None:
    """The module that declares the parameters of a notebook, if there is one."""
    name = question(notebook)
    path = FOLDER / f"{name}.py"
    return path if name.isidentifier() and name not in _SHARED and path.is_file() else None


def find(notebook: str) -> type[Parameters] | None:
    """The model of a notebook, if it has one."""
    if file(notebook) is None:
        return None
    name = question(notebook)
    found: type[Parameters] = getattr(import_module(f"{__name__}.{name}"), class_of(name))
    return found


def question(notebook: str) -> str:
    """``training_cost`` of ``02_training_cost``."""
    return notebook.partition("_")[2]


def class_of(name: str) -> str:
    """``TrainingCost`` of ``training_cost``."""
    return "".join(part.capitalize() for part in name.split("_"))
