"""Growth of the market: table 3 against the nearest series, slopes of growth, money for labs."""
