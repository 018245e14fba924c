"""Domain formulas: inference cost, deflation, frontier selection, price listings."""
