"""Chips, what renting them costs, and the article's open questions about them."""
