"""One notebook run once for each point of a grid of parameters: see ``sweep.run``."""
