"""The base class of every connection."""
from mage_integrations.utils.logger import Logger


class Connection:
    def __init__(self, verbose=1, **kwargs):
        # With no other logger its lines go to standard output, unless verbose is 0.
        self.logger = Logger(caller=self, verbose=verbose)
        self.verbose = verbose

    def build_tags(self, **kwargs):
        return self.logger.build_tags(**kwargs)

    def error(self, message, tags=None, **kwargs):
        self.logger.error(message, tags, **kwargs)

    def exception(self, message, tags=None, **kwargs):
        self.logger.exception(message, tags, **kwargs)

    def info(self, message, tags=None, **kwargs):
        self.logger.info(message, tags, **kwargs)
