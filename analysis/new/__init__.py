"""Skeletons of notebooks, claims and tables that pass every check as they are."""
