"""Parameters that several notebooks accept."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

Level = Annotated[float, Field(gt=0.5, lt=1, description="coverage of the intervals")]
Seed = Annotated[int, Field(ge=0, lt=2**32, description="seed of every random draw")]
