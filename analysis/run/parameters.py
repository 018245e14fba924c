"""Typed parameters: what a notebook accepts, checked before a kernel starts and again inside it."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from analysis import paths
from analysis.errors import ParameterError, UnknownNameError
from analysis.run import edited, parameter_table

LATEST = "latest"
_YEAR_FIRST = re.compile(r"(?P<y>\d{4})[-./](?P<m>\d{1,2})[-./](?P<d>\d{1,2})")
_YEAR_LAST = re.compile(r"(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{4})")


def resolve_as_of(value: object) -> date:
    """The day whose knowledge a run uses; ``"latest"`` is the newest day in the tables.

    Raises:
        ParameterError: for text that is no date, and for a day after the newest in the tables,
            which would promise knowledge that the data do not have.
    """
    from analysis import tables

    newest = tables.default_as_of()
    if value is None or value == LATEST:
        return newest
    day = _day(value, newest)
    if day > newest:
        raise ParameterError(f"as_of: {day} is later than all data; the newest date is {newest}")
    return day


def _day(value: object, newest: date) -> date:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        near = _nearest_day(str(value), newest)
        raise ParameterError(f"as_of: {value!r} is not a date; did you mean '{near}'?") from None


def _nearest_day(text: str, newest: date) -> date:
    """The day meant by another way of writing it, the last of its month for a day too many.

    Without year and month of a day that the tables reach: the newest day in them.
    """
    match = _YEAR_FIRST.fullmatch(text) or _YEAR_LAST.fullmatch(text)
    year, month, day = (int(match[part]) for part in "ymd") if match else (0, 0, 0)
    if year < 1 or not 1 <= month <= 12:
        return newest
    return min(date(year, month, min(max(day, 1), monthrange(year, month)[1])), newest)


class Parameters(BaseModel):
    """What every notebook accepts; a notebook that needs more has a model in ``models``."""

    model_config = ConfigDict(extra="forbid", frozen=True, validate_default=True)

    as_of: Annotated[date, BeforeValidator(resolve_as_of)] = Field(
        default=LATEST,  # type: ignore[assignment]
        description="use only what was known on this day: a date, or 'latest'",
    )

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        """A table of all parameters, where a notebook's cell ends with them."""
        found = parameter_table.rows(self)
        return parameter_table.bundle(found, f"{len(found)} parameters, checked")


def model(notebook: str) -> type[Parameters]:
    """The model of a notebook's parameters; one without a model of its own takes ``as_of`` alone.

    Raises:
        UnknownNameError: when there is no such notebook.
    """
    from analysis.run import models

    if (found := models.find(notebook)) is not None:
        return found
    present = {path.stem for path in paths.notebooks().glob("*.ipynb")}
    if notebook not in present:
        raise UnknownNameError("notebook", notebook, present)
    return Parameters


def check(notebook: str, /, **values: Any) -> Any:
    """The values as a typed model, as a notebook uses it right after its parameters cell.

    Raises:
        UnknownNameError: when there is no such notebook.
        ParameterError: for an unknown name (with the nearest valid one), a wrong type or a value
            out of range; every problem is named.
    """
    declared = model(notebook)
    for name in [*values, *edited.unknown(declared.model_fields)]:
        if name not in declared.model_fields:
            hint = UnknownNameError("parameter", name, declared.model_fields)
            raise ParameterError(f"{notebook}: {hint}")
    try:
        return declared(**values)
    except ValidationError as error:
        raise ParameterError(_explained(notebook, declared, error)) from None


def help(notebook: str) -> parameter_table.Help:
    """What a notebook accepts: each parameter with its default, type, range and meaning.

    Raises:
        UnknownNameError: when there is no such notebook.
    """
    return parameter_table.Help(
        f"Parameters of {notebook}", parameter_table.rows(model(notebook)())
    )


def defaults(notebook: str) -> dict[str, Any]:
    """The values of a run without parameters, as JSON types; ``as_of`` is resolved."""
    return as_json(check(notebook))


def as_json(values: Parameters) -> dict[str, Any]:
    """The values as JSON types: a date becomes ISO text, which every model reads back."""
    return values.model_dump(mode="json")


def parse_assignments(assignments: Iterable[str]) -> dict[str, str]:
    """``["top_k=5", …]`` as names and texts; the model gives the texts their types.

    Raises:
        ParameterError: when one is not ``name=value``, its name is no plain identifier, or a name
            comes twice.
    """
    values: dict[str, str] = {}
    for text in assignments:
        name, equals, value = text.partition("=")
        name = name.strip()
        if not equals or not name.isidentifier():
            raise ParameterError(f"{text!r} is not a parameter; write name=value")
        if name in values:
            raise ParameterError(f"{name}: given twice; give it once")
        values[name] = value.strip()
    return values


def assign(notebooks: Iterable[str], values: Mapping[str, Any]) -> dict[str, Parameters]:
    """Each notebook's parameters: a value goes to every notebook that declares its name.

    Raises:
        ParameterError: when a name is declared by none of them, or a value does not fit.
    """
    models = {notebook: model(notebook) for notebook in notebooks}
    known = {name for declared in models.values() for name in declared.model_fields}
    for name in values:
        if name not in known:
            raise ParameterError(str(UnknownNameError("parameter", name, known)))
    return {
        notebook: check(notebook, **{n: v for n, v in values.items() if n in declared.model_fields})
        for notebook, declared in models.items()
    }


def _explained(notebook: str, declared: type[Parameters], error: ValidationError) -> str:
    lines = []
    for problem in error.errors():
        message = problem["msg"].removeprefix("Value error, ")
        if not problem["loc"]:  # a rule between parameters
            lines.append(message)
            continue
        name = str(problem["loc"][0])
        help_text = declared.model_fields[name].description
        meant = f" ({help_text})" if help_text else ""
        lines.append(f"{name}: {message}, got {problem['input']!r}{meant}")
    return f"{notebook}: " + "; ".join(lines)
