"""Warm kernels: forked from a parent that has the imports done, each a process of its own."""
