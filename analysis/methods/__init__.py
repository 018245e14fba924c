"""Statistics as pure functions: no input or output, errors name the argument."""
