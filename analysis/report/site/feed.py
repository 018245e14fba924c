"""The changes of verdicts as an Atom feed (RFC 4287): an entry each, the newest first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree import ElementTree as ET

from markupsafe import Markup

from analysis.report import numbers
from analysis.report.site import changes_page, citation, pages
from analysis.report.site.changes_page import Change, Day
from analysis.run.runset import RunSet

FILE = "feed.xml"
ENTRIES = 100
NAMESPACE = "http://www.w3.org/2005/Atom"
_AUTHORITY = "tag:compute-reckoning,2026:verdicts"
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def text(run: RunSet, found: Sequence[Day]) -> str:
    """The feed of a run; the same run gives the same bytes.

    An entry is named after the claim, the date before the change and the new verdict, so that it
    is the same entry in the reports of all later days. While the change is that of the report's
    own day, a later report of the same quarter updates it.
    """
    feed = ET.Element("feed", xmlns=NAMESPACE)
    _add(feed, "id", _AUTHORITY)
    _add(feed, "title", f"{pages.SITE}: changed verdicts")
    _add(feed, "subtitle", "Each change of a verdict on a claim about AI compute costs, and why")
    _add(feed, "updated", _moment(run.as_of.isoformat()))
    _add(ET.SubElement(feed, "author"), "name", citation.AUTHOR)
    ET.SubElement(feed, "link", rel="self", type="application/atom+xml", href=FILE)
    ET.SubElement(feed, "link", rel="alternate", type="text/html", href=changes_page.PAGE)
    changes = [change for day in found for change in day.changes]
    for change in changes[:ENTRIES]:
        _entry(feed, change)
    ET.indent(feed, space="")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(feed, encoding="unicode")}\n'


def _entry(feed: ET.Element, change: Change) -> None:
    entry = ET.SubElement(feed, "entry")
    _add(entry, "id", f"{_AUTHORITY}/{change.id}/{change.before}/{change.now.replace(' ', '-')}")
    _add(entry, "title", f"{change.id} is {change.now}, was {change.was}: {change.says}")
    _add(entry, "updated", _moment(change.as_of))
    ET.SubElement(entry, "link", rel="alternate", type="text/html", href=f"claims/{change.id}.html")
    ET.SubElement(entry, "category", term=change.now)
    _add(entry, "content", _content(change)).set("type", "html")


def _content(change: Change) -> Markup:
    told = Markup("<p>The article says: {}</p><p>{} as of {}, {} as of {}.</p><p>{}</p>").format(
        change.says,
        change.now.capitalize(),
        numbers.day(change.as_of),
        change.was,
        numbers.day(change.before),
        change.why,
    )
    if change.measured:
        told += Markup("<p>Measured: {}.</p>").format(change.measured)
    if not change.data:
        return told
    rows = ", ".join(f"{one.table.replace('_', ' ')} ({one.rows:,})" for one in change.data)
    return told + Markup("<p>Rows that became known in between: {}.</p>").format(rows)


def _add(parent: ET.Element, name: str, content: str) -> ET.Element:
    child = ET.SubElement(parent, name)
    child.text = _NOT_XML.sub("\ufffd", content)
    return child


def _moment(day: str) -> str:
    return f"{day}T00:00:00Z"
