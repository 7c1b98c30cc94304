"""Singer's log lines: `LEVEL message` on standard error."""
import logging


def get_logger():
    logger = logging.getLogger('singer')
    logger.setLevel(logging.INFO)
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter('%(levelname)s %(message)s'))
    logger.handlers[:] = [handler]
    return logger
