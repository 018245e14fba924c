"""What ability costs: panels, series, and the answers notebooks record."""
