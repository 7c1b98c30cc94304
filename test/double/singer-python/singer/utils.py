"""Helpers around a source's main function."""
import collections
import functools
import json
import time


def load_json(path):
    with open(path) as file:
        return json.load(file)


def check_config(config, required_keys):
    missing = [key for key in required_keys if key not in config]
    if missing:
        raise Exception(f'Config is missing required keys: {missing}')


def ratelimit(limit, every):
    """Sleeps before a call that would be more than `limit` in `every` seconds."""
    def decorator(function):
        times = collections.deque()

        @functools.wraps(function)
        def wrapper(*args, **kwargs):
            if len(times) >= limit:
                wait = every - (time.time() - times.popleft())
                if wait > 0:
                    time.sleep(wait)
            times.append(time.time())
            return function(*args, **kwargs)

        return wrapper

    return decorator


def handle_top_exception(logger):
    """Logs each line of an error as CRITICAL and lets it end the process."""
    def decorator(function):
        @functools.wraps(function)
        def wrapper(*args, **kwargs):
            try:
                return function(*args, **kwargs)
            except Exception as error:
                for line in str(error).splitlines():
                    logger.critical(line)
                raise

        return wrapper

    return decorator
