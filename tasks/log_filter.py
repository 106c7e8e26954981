"""No secret leaves this process by a log, a traceback on the screen, or the message of a run's state.

Whoever reads settings has this: importing `tasks.settings` calls `guard_logs`. It works where a record is made, so that
every logger has it, those of libraries and those of later too, whatever their handlers and levels are.
"""

import logging
import sys
import traceback
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import wraps
from types import TracebackType
from typing import Any

from tasks.secrets_filter import learn, prefects_secrets, without_secrets

WITHHELD = "[withheld: this message could not be searched for secrets]"
_PLAIN = (type(None), bool, int, float)
_OWN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime"}
_GUARDED = "hides_secrets"

Record = logging.LogRecord


class SecretsFilter(logging.Filter):
    """Lets every record pass, without its secrets: for handlers that are given records from elsewhere."""

    def filter(self, record: Record) -> bool:
        """True; the record is searched, with what was added to it by `extra`."""
        _search(record)
        for name in vars(record).keys() - _OWN:
            setattr(record, name, _searched(getattr(record, name)))
        return True


class _Told(str):
    """The words of an object that had a secret in them; `shown` are those for %r."""

    __slots__ = ("shown",)
    shown: str

    def __repr__(self) -> str:
        return self.shown


def guard_logs() -> None:
    """Hide secrets from now on, in this process: in records of all loggers, in what ends the process, and in the states
    of Prefect's runs where Prefect is loaded. Called again, it adds only what is missing, such as new handlers."""
    learn(*prefects_secrets())
    making = logging.getLogRecordFactory()
    if not hasattr(making, _GUARDED):
        logging.setLogRecordFactory(_searching(making))
    if not hasattr(sys.excepthook, _GUARDED):
        sys.excepthook = _hiding(sys.excepthook)
    loggers = [logging.getLogger(), *logging.Logger.manager.loggerDict.values()]
    for handler in [handler for logger in loggers if isinstance(logger, logging.Logger) for handler in logger.handlers]:
        if not any(isinstance(one, SecretsFilter) for one in handler.filters):
            handler.addFilter(SecretsFilter())
    if objects := sys.modules.get("prefect.client.schemas.objects"):
        _guard_states(objects.State)


def _searching(making: Callable[..., Record]) -> Callable[..., Record]:
    @wraps(making)
    def make(*args: Any, **kwargs: Any) -> Record:
        record = making(*args, **kwargs)
        _search(record)
        return record

    setattr(make, _GUARDED, True)
    return make


def _guard_states(state: Any) -> None:
    """Prefect keeps the words of an exception as the message of a state, and offers no place to change them."""
    if hasattr(state.__init__, _GUARDED):
        return
    begin = state.__init__

    @wraps(begin)
    def guarded(self: Any, /, **data: Any) -> None:
        if isinstance(data.get("message"), str):
            data["message"] = without_secrets(data["message"])
        begin(self, **data)

    setattr(guarded, _GUARDED, True)
    state.__init__ = guarded


def _hiding(
    show: Callable[[type[BaseException], BaseException, TracebackType | None], Any],
) -> Callable[[type[BaseException], BaseException, TracebackType | None], Any]:
    @wraps(show)
    def shown(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        told = "".join(traceback.format_exception(kind, error, trace))
        hidden = without_secrets(told)
        if hidden == told:
            show(kind, error, trace)
        else:
            sys.stderr.write(hidden)

    setattr(shown, _GUARDED, True)
    return shown


def _search(record: Record) -> None:
    """Replaces what holds a secret, and leaves the rest as it was. What cannot be searched is withheld, not the record:
    it is withheld first, and given back part by part."""
    message, args = record.msg, record.args
    record.msg, record.args = WITHHELD, None
    with suppress(Exception):
        record.msg, record.args = _message(message, args)
    exc_info, exc_text, stack = record.exc_info, record.exc_text, record.stack_info
    record.exc_info = record.exc_text = record.stack_info = None
    with suppress(Exception):
        record.exc_info, record.exc_text = _trace(exc_info, exc_text)
        record.stack_info = without_secrets(stack) if stack else stack


def _message(message: Any, args: Any) -> tuple[Any, Any]:
    """The message and its arguments. They keep their shape, as some formatters take them apart; where a secret is made
    only by putting them together, and where they do not fit each other, they become one text."""
    clean, clean_args = _searched(message), args
    if not args:
        return clean, args
    if isinstance(args, Mapping):
        clean_args = {name: _searched(value) for name, value in args.items()}
    elif isinstance(args, tuple):
        clean_args = tuple(map(_searched, args))
    try:
        told = str(clean) % clean_args
    except (TypeError, ValueError, KeyError, OverflowError):
        return without_secrets(f"{clean} [the arguments do not fit: {clean_args!r}]"), None
    whole = told
    with suppress(Exception):  # of what cannot be shown the parts are all there is
        whole = str(message) % args
    hidden = without_secrets(whole)
    return (clean, clean_args) if hidden == told else (hidden, None)


def _searched(value: Any) -> Any:
    """The value itself where its words hold no secret, else its words."""
    if type(value) in _PLAIN:
        return value
    if isinstance(value, str):
        hidden = without_secrets(value)
        return value if hidden == value else hidden
    told = shown = f"<{type(value).__name__} that cannot be shown>"
    with suppress(Exception):
        told, shown = str(value), repr(value)
        if (without_secrets(told), without_secrets(shown)) == (told, shown):
            return value
    words = _Told(without_secrets(told))
    words.shown = without_secrets(shown)
    return words


def _trace(exc_info: Any, exc_text: str | None) -> tuple[Any, str | None]:
    """The exception as it was, or the text of its traceback where a secret is in it."""
    if not exc_info or exc_info == (None, None, None):
        return exc_info, without_secrets(exc_text) if exc_text else exc_text
    told = exc_text or logging.Formatter().formatException(exc_info)
    hidden = without_secrets(told)
    return (exc_info, exc_text) if hidden == told else (None, hidden)
