"""A run as static pages: what each page says, the frame around it, and the numbers for programs."""
