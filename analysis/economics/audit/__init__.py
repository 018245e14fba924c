"""The article held against itself and against dated facts."""
