"""The figures of notebooks and pages: a module a question, in the one style of ``drawing``."""
