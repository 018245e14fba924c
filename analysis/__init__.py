"""Compute Reckoning: one article's claims about AI compute costs, put to the test.

Submodules are imported where they are used, so that ``import analysis`` stays cheap.
"""

__version__ = "0.1.0"
