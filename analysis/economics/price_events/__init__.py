"""Raises, cuts and free limits: panels that record zeros, dated events, and the odds of one."""
