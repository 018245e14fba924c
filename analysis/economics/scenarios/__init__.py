"""What compute may cost by 2030, what must be true for inflation, and three worlds."""
