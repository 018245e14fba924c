"""How to cite a report: with the day of its data."""

from __future__ import annotations

from datetime import date

from analysis.report import numbers

AUTHOR = "Compute Reckoning contributors"
TITLE = "Compute Reckoning: testing the claims of one article on AI compute costs"
LICENCE = "MIT"


def text(as_of: date, commit: str) -> str:
    """One line for a list of references."""
    return (
        f"{AUTHOR} ({as_of.year}). {TITLE}. Report with data as of {numbers.day(as_of)}, "
        f"code {commit}."
    )


def bibtex(as_of: date, commit: str) -> str:
    """An entry for BibTeX."""
    fields = {
        "author": f"{{{AUTHOR}}}",
        "title": f"{{{TITLE}}}",
        "year": str(as_of.year),
        "month": str(as_of.month),
        "note": f"Data as of {as_of.isoformat()}, code {commit}",
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return f"@misc{{compute_reckoning_{as_of.isoformat()},\n{lines}}}\n"


def cff(as_of: date, commit: str) -> str:
    """A Citation File Format record of the report."""
    return (
        "cff-version: 1.2.0\n"
        'message: "If you use this report or its verdicts, please cite it with its date."\n'
        f'title: "{TITLE}"\n'
        "type: dataset\n"
        f'authors:\n  - name: "{AUTHOR}"\n'
        f'version: "{as_of.isoformat()}"\n'
        f'date-released: "{as_of.isoformat()}"\n'
        f'commit: "{commit}"\n'
        f"license: {LICENCE}\n"
    )
