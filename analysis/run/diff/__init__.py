"""Two reports held against each other: verdicts, estimates, rows of data, parameters, causes."""
