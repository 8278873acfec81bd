"""Defines the only exception that commands convert to a one-line message and exit code 1."""


class StackError(Exception):
    """Describes an error, followed by the remedy."""
