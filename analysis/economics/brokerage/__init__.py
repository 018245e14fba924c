"""Prices of one good at many sellers, who brokers between them, and the odds of a large broker."""
