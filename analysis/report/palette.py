"""Colours that tell lines apart for every eye, on white and on black.

The series are the darker half of Okabe and Ito (2008, "Color Universal Design"), darkened until
each has the contrast of text, 4.5:1, against white; the style sheet lifts them for a dark page.
``INK``, ``MUTED`` and ``PAPER`` stand for roles: in a page they follow the colour scheme of the
reader.
"""

from __future__ import annotations

INK = "#222222"
MUTED = "#666666"
PAPER = "#ffffff"

BLUE = "#0072b2"
VERMILLION = "#c25500"
GREEN = "#00845f"
PURPLE = "#a9528a"
GOLD = "#946f00"
GREY = "#767676"
SERIES = (BLUE, VERMILLION, GREEN, PURPLE, GOLD, GREY)
