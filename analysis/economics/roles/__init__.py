"""Table 2 of the article: who does what, its money, and what it depends on."""
