"""Who holds the computing, who enters, and what each class of firm does."""
