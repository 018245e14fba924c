"""Did list prices rise: moves, indices, launches, tiers, and the answers notebooks record."""
