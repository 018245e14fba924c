"""Purchases of independent labs: deals held against the rule, exposure, and the odds of one."""
