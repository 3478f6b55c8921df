"""The errors a user can meet. Each text says what happened, what was got, and what to do."""


class AdaemError(Exception):
    """A problem the user can understand and act on: its text is shown as it is."""


class BadInput(AdaemError):
    """A file, option or setting cannot be used as given (command line: exit status 2)."""


class Paused(AdaemError):
    """Work stopped before its end and can be continued by starting it again."""


class BudgetReached(Paused):
    """The next request would exceed the cap on calls, tokens or money (exit status 3)."""


class ModelStopped(Paused):
    """A model cannot go on: bad key, unknown name, or too many failures in a row."""


class CacheMiss(Paused):
    """Replay was asked for, and this request has never been answered."""
