"""From a fork of the parent to an ordinary kernel."""

from __future__ import annotations

import gc
import os
import random
import signal
import sys
from typing import Any, NoReturn


def become_kernel(request: dict[str, Any], streams: list[int], begin: int) -> NoReturn:
    """Runs the kernel of ``request`` in this process and ends with it.

    ``streams`` become standard output and error; ``begin`` is closed once the process leads its
    own group. Random numbers start anew: a fork would share the parent's.
    """
    status = 1
    try:
        os.setsid()
        os.close(begin)
        _settle(request, streams)
        _run(request["arguments"])
        status = 0
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        import traceback

        traceback.print_exc()
    finally:
        _flush()
        os._exit(status)


def _settle(request: dict[str, Any], streams: list[int]) -> None:
    for usual in (signal.SIGCHLD, signal.SIGTERM):
        signal.signal(usual, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for end, number in zip((nothing, *streams), (0, 1, 2), strict=True):
        os.dup2(end, number)
        os.close(end)
    os.environ.clear()
    os.environ.update(request["environment"])
    os.environ["JPY_PARENT_PID"] = str(os.getppid())
    os.chdir(request["folder"])
    gc.enable()
    random.seed()
    import numpy

    numpy.random.seed()


def _run(arguments: list[str]) -> None:
    from ipykernel.kernelapp import IPKernelApp

    sys.argv = ["ipykernel_launcher", *arguments]
    # A kernel ends when its parent does; the default was read when the parent was imported.
    IPKernelApp.launch_instance(argv=arguments, parent_handle=os.getppid())


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            continue
