"""Upstreams: one file each, from what was received to tidy rows."""
