"""The one exception that commands turn into a one-line message and exit code 1."""


class StackError(Exception):
    """What went wrong, followed by what to do about it."""
