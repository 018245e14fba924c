"""A notebook that JupyterLab's scheduler runs: its parameters are checked before a kernel starts.

The scheduler writes each parameter as ``name = text``; here the text is given the type of the
notebook's model first, so that ``2025-06-30`` is a day and a bad value says what is wrong.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from jupyter_scheduler.executors import (  # type: ignore[import-not-found]
    DefaultExecutionManager,
)

from analysis.run import parameters, plan


class LabJob(DefaultExecutionManager):
    """Execution of one job; `.jupyter/config/jupyter_server_config.py` names it."""

    def execute(self) -> None:
        """Runs the notebook; a message about its parameters becomes that of the job.

        Raises:
            ParameterError: for a parameter that the notebook does not have, or a bad value.
        """
        job = self.model
        job.parameters = as_code(Path(job.input_filename).stem, job.parameters or {})
        super().execute()


def as_code(notebook: str, given: Mapping[str, str]) -> dict[str, str]:
    """The texts that a person typed, as Python source of the values that they mean.

    A notebook outside the collection has no model, and what was typed is taken as source.

    Raises:
        ParameterError: as ``parameters.check``.
    """
    if notebook not in plan.names():
        return dict(given)
    typed = {name: _unquoted(text) for name, text in given.items()}
    values = parameters.as_json(parameters.check(notebook, **typed))
    return {name: repr(values[name]) for name in given}


def _unquoted(text: str) -> str:
    """Quotes are how a text is written in a cell, and are not part of it."""
    text = text.strip()
    quoted = len(text) > 1 and text[0] == text[-1] and text[0] in "'\""
    return text[1:-1] if quoted else text
