"""Energy of tokens and queries, the share of world electricity, and official acts on labels."""
