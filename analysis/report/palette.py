"""Colours that tell lines apart for every eye, on white and on black.

The series are the darker half of Okabe and Ito (2008, "Color Universal Design"), each with a
contrast of at least 3:1 against white and against the dark page. ``INK``, ``MUTED`` and ``PAPER``
stand for roles: in a page they follow the colour scheme of the reader.
"""

from __future__ import annotations

INK = "#222222"
MUTED = "#666666"
PAPER = "#ffffff"

BLUE = "#0072b2"
VERMILLION = "#d55e00"
GREEN = "#008f68"
PURPLE = "#b55d94"
GOLD = "#a07800"
GREY = "#767676"
SERIES = (BLUE, VERMILLION, GREEN, PURPLE, GOLD, GREY)
