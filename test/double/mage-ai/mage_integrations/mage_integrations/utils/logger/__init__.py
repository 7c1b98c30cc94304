"""Mage's logger: a JSON object a line, on standard output or through Singer's logger."""
import sys
import uuid
from datetime import datetime, timezone

from mage_integrations.utils.logger.constants import (
    LOG_LEVEL_DEBUG,
    LOG_LEVEL_ERROR,
    LOG_LEVEL_EXCEPTION,
    LOG_LEVEL_INFO,
    TYPE_LOG,
)
from mage_integrations.utils.parsers import to_json


class Logger:
    """It has these four levels and no `warning`."""

    def __init__(self, caller=None, log_to_stdout=False, logger=None, verbose=1):
        self.caller = caller
        self.log_to_stdout = log_to_stdout
        self.logger = logger
        self.verbose = verbose

    def build_tags(self, **kwargs):
        return {k: v for k, v in kwargs.items() if v}

    def error(self, message, tags=None, **kwargs):
        self.__log(LOG_LEVEL_ERROR, message, tags, kwargs)

    def exception(self, message, tags=None, **kwargs):
        self.__log(LOG_LEVEL_EXCEPTION, message, tags, kwargs)

    def info(self, message, tags=None, **kwargs):
        self.__log(LOG_LEVEL_INFO, message, tags, kwargs)

    def debug(self, message, tags=None, **kwargs):
        self.__log(LOG_LEVEL_DEBUG, message, tags, kwargs)

    def __log(self, level, message, tags, more):
        if self.verbose == 0:
            return
        now = datetime.now(timezone.utc).replace(tzinfo=None)
        caller = self.caller or self
        line = to_json({
            'caller': caller if isinstance(caller, str) else type(caller).__name__,
            'level': level,
            'message': message,
            'tags': tags or {},
            'timestamp': int(now.timestamp()),
            'uuid': uuid.uuid4().hex,
            **more,
            'type': TYPE_LOG,
        })
        if self.log_to_stdout:
            sys.stdout.write(f'{line}\n')
            sys.stdout.flush()
        elif self.logger:
            getattr(self.logger, level.lower())(f'[{now.isoformat()}] {line}')
        else:
            # A connection has no other logger, so it writes among the data.
            print(line)
