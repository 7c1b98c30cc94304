"""The HTTP client of API sources, with the faults of the real one."""
from http import HTTPStatus

import requests
import singer
from singer import utils

LOGGER = singer.get_logger()

REQUEST_TIMEOUT = 300


class HttpError(Exception):
    pass


class Server4xxError(HttpError):
    pass


class Server5xxError(HttpError):
    pass


class BadRequestError(Server4xxError):
    pass


class AuthenticationError(Server4xxError):
    pass


class ForbiddenError(Server4xxError):
    pass


class NotFoundError(Server4xxError):
    pass


class MethodNotAllowedError(Server4xxError):
    pass


class NotProcessedError(Server4xxError):
    pass


class RateLimitError(Server4xxError):
    pass


class InternalServiceError(Server5xxError):
    pass


class ServiceUnavailableError(Server5xxError):
    pass


EXCEPTIONS = {
    400: BadRequestError,
    401: AuthenticationError,
    403: ForbiddenError,
    404: NotFoundError,
    405: MethodNotAllowedError,
    409: NotProcessedError,
    429: RateLimitError,
    500: InternalServiceError,
    503: ServiceUnavailableError,
}


def get_exception_for_status_code(status_code):
    if status_code in EXCEPTIONS:
        return EXCEPTIONS[status_code]
    if 400 < status_code < 500:
        return Server4xxError
    return Server5xxError if status_code > 500 else HttpError


def raise_for_error(response):
    """Raises the status code's error with the answer's `message`.

    Where an answer has none, the real client has a sentence of its own for each known code.
    """
    try:
        body = response.json()
    except Exception:
        body = {}
    status = response.status_code
    known = HTTPStatus(status).description if status in EXCEPTIONS else 'Unknown Error'
    # An answer that is a list has no `get`: AttributeError.
    message = body.get('message', known)
    raise get_exception_for_status_code(status)(
        f'HTTP-error-code: {status}, Error: {message}',
    ) from None


class Client:
    def __init__(self, config, logger=None, api_result_limit=100):
        self.config = config
        self.logger = logger if logger is not None else LOGGER
        self.api_result_limit = api_result_limit

    def get_headers(self):
        return {}

    def get_params(self, params):
        return params

    # All clients share this limit.
    @utils.ratelimit(100, 60)
    def make_request(self, url, method='get', params=None, body=None):
        """The parsed JSON of an answer with status 200; any other status raises."""
        response = requests.request(
            method,
            url,
            headers=self.get_headers(),
            params=self.get_params({} if params is None else params),
            json=body,
            timeout=float(self.config.get('request_timeout') or 0) or REQUEST_TIMEOUT,
        )
        if response.status_code != 200:
            raise_for_error(response)
        return response.json()
