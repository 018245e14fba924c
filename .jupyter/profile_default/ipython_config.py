"""Kernels of `make lab`: an edit in analysis/ counts at the next cell, without a restart."""

c = get_config()  # noqa: F821 (IPython provides it)
c.InteractiveShellApp.extensions = ["autoreload"]
c.InteractiveShellApp.exec_lines = ["%autoreload 2"]
