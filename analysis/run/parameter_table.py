"""Parameters as people read them: what each is for, its type, what it allows and its value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from analysis.run.parameters import Parameters

MIME = "application/vnd.reckon.parameters+json"
_TYPES = {"integer": "whole number", "number": "number", "boolean": "true or false"}
_HEADS = ("parameter", "value", "type", "allowed", "meaning")
_AS_OF = "as_of"


@dataclass(frozen=True)
class Row:
    """One parameter."""

    name: str
    value: str
    default: str
    type: str
    allowed: str
    meaning: str

    @property
    def shown(self) -> str:
        """The value, with the default where it is another one."""
        return (
            self.value if self.value == self.default else f"{self.value} (default {self.default})"
        )

    @property
    def cells(self) -> tuple[str, ...]:
        return self.name, self.shown, self.type, self.allowed, self.meaning


@dataclass(frozen=True)
class Help:
    """What a notebook accepts, shown as a table where it is the last expression of a cell."""

    title: str
    rows: tuple[Row, ...]

    def __repr__(self) -> str:
        return text(self.rows)

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return bundle(self.rows, self.title)


def rows(values: Parameters) -> tuple[Row, ...]:
    """One row a parameter, in the order of the model."""
    schema = type(values).model_json_schema()
    given = values.model_dump(mode="json")
    usual = type(values)().model_dump(mode="json")
    return tuple(
        _row(name, _resolved(schema, part), str(given[name]), str(usual[name]))
        for name, part in schema["properties"].items()
    )


def bundle(found: Sequence[Row], title: str) -> dict[str, Any]:
    """The table for a notebook; a page has its own, and knows this one by its type."""
    return {
        MIME: [asdict(row) for row in found],
        "text/html": html(found, title),
        "text/plain": text(found),
    }


def html(found: Sequence[Row], title: str) -> str:
    """An accessible table in a fold that is open; every text in it is escaped."""
    head = "".join(f'<th scope="col">{name}</th>' for name in _HEADS)
    body = "\n".join(_line(row) for row in found)
    return (
        f'<details class="reckon-parameters" open><summary>{escape(title)}</summary>'
        f"<table><thead><tr>{head}</tr></thead><tbody>\n{body}\n</tbody></table></details>"
    )


def text(found: Sequence[Row]) -> str:
    """Aligned lines."""
    cells = [_HEADS, *(row.cells for row in found)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in cells
    )


def _line(row: Row) -> str:
    name, shown, *rest = map(escape, row.cells)
    value = shown if row.value == row.default else f"<strong>{shown}</strong>"
    cells = "".join(f"<td>{cell}</td>" for cell in (value, *rest))
    return f'<tr><th scope="row"><code>{name}</code></th>{cells}</tr>'


def _row(name: str, part: dict[str, Any], value: str, default: str) -> Row:
    allowed = f"{_allowed(part)}, at most {default}" if name == _AS_OF else _allowed(part)
    return Row(name, value, default, _type(part), allowed, part.get("description", ""))


def _resolved(schema: dict[str, Any], part: dict[str, Any]) -> dict[str, Any]:
    """A part of the schema with the definition that it refers to; whole numbers end at one."""
    name = part.get("$ref", "").rpartition("/")[2]
    found = {**schema["$defs"][name], **part} if name else dict(part)
    if found.get("type") == "integer" and "exclusiveMaximum" in found:
        found["maximum"] = found.pop("exclusiveMaximum") - 1
    return found


def _type(part: dict[str, Any]) -> str:
    if "enum" in part:
        return "choice"
    if part.get("format") == "date":
        return "date"
    return _TYPES.get(part.get("type", ""), "text")


def _allowed(part: dict[str, Any]) -> str:
    if "enum" in part:
        *first, last = map(str, part["enum"])
        return f"{', '.join(first)} or {last}" if first else last
    if part.get("format") == "date":
        return "YYYY-MM-DD"
    if part.get("type") == "string":
        return "not empty" if part.get("minLength") else "any"
    low, high = _low(part), _high(part)
    if low and high and "exclusiveMinimum" not in part and "exclusiveMaximum" not in part:
        return f"{low.removeprefix('at least ')} to {high.removeprefix('at most ')}"
    return ", ".join(filter(None, (low, high))) or "any"


def _low(part: dict[str, Any]) -> str:
    if "exclusiveMinimum" in part:
        return f"more than {part['exclusiveMinimum']}"
    return f"at least {part['minimum']}" if "minimum" in part else ""


def _high(part: dict[str, Any]) -> str:
    if "exclusiveMaximum" in part:
        return f"less than {part['exclusiveMaximum']}"
    return f"at most {part['maximum']}" if "maximum" in part else ""
