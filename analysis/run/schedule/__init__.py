"""Unattended runs: one at a time, missed days made up for, messages only when something matters.

With refresh and the run record the only part that reads the clock; what is decided (what was
missed, what is kept, what changed) is decided by days of the data, which no clock can move.
"""
