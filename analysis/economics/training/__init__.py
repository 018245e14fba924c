"""Training runs: samples, cost, growth, and the answers notebooks record."""
