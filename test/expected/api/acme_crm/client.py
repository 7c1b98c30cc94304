"""HTTP client of Acme CRM: authentication, time-outs and retries."""

import time
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime
from random import uniform
from typing import Dict

import requests

from mage_integrations.sources.http.client import Client, get_exception_for_status_code

BASE_URL = 'https://{region}.acme.test/v2'
REQUIRED_KEYS = ('access_token',)
DEFAULTS = {'region': 'eu'}
MAX_TRIES = 6
RETRY_STATUSES = (429, 500, 502, 503, 504)
# Seconds to connect and to wait for data; Mage ends a connection test after 10.
TIMEOUT = (5, 60)
TEST_TIMEOUT = (4, 8)


class AcmeCRMClient(Client):
    def __init__(self, config: Dict, logger=None, patient: bool = True):
        """Keep what is configured. A client that isn't `patient` gives up soon and at once."""
        given = {key: value for key, value in config.items() if value not in (None, '')}
        super().__init__({**DEFAULTS, **given}, logger)
        missing = [key for key in REQUIRED_KEYS if key not in self.config]
        if missing:
            raise ValueError(f'The configuration lacks {", ".join(missing)}')
        self.tries = MAX_TRIES if patient else 1
        self.timeout = TIMEOUT if patient else TEST_TIMEOUT
        self.session = requests.Session()

    def get_headers(self) -> Dict:
        return {
            'Accept': 'application/json',
            'Authorization': f'Bearer {self.config["access_token"]}',
        }

    def make_request(self, url: str, method: str = 'get', params: Dict = None, body: Dict = None):
        """Return the parsed JSON of the response, None where it has no content (204).

        `url` is a path below BASE_URL. What may pass is tried again: lost connections, time-outs,
        429 and server errors. Other answers raise an HttpError with the API's own words.
        """
        url = f'{BASE_URL.format_map(self.config)}/{url}'
        for attempt in range(1, self.tries + 1):
            response, fault = None, None
            try:
                response = self.session.request(
                    method,
                    url,
                    headers=self.get_headers(),
                    params=self.get_params(params or {}),
                    json=body,
                    timeout=self.timeout,
                )
            except (
                requests.ConnectionError,
                requests.Timeout,
                requests.exceptions.ChunkedEncodingError,
            ) as error:
                # Its text could show secrets from the request's address.
                fault = type(error).__name__
            if response is not None and response.status_code not in RETRY_STATUSES:
                break
            if attempt < self.tries:
                delay = retry_delay(response, attempt)
                reason = fault or f'status {response.status_code}'
                self.logger.info(f'{url}: {reason}, trying again in {delay:.1f} seconds')
                time.sleep(delay)
        if response is None:
            raise ConnectionError(f'{url} gave no answer: {fault} after {self.tries} tries')
        if not response.ok:
            error = get_exception_for_status_code(response.status_code)
            raise error(f'{url} answered {response.status_code}: {response.text[:500]}')
        return parse(response, url)


def retry_delay(response, attempt: int) -> float:
    """Return the seconds that Retry-After asks for, as a number or a date, else a growing time."""
    after = response.headers.get('Retry-After', '') if response is not None else ''
    if after.isdigit():
        return int(after)
    try:
        until = parsedate_to_datetime(after)
        return max(0, (until - datetime.now(timezone.utc)).total_seconds())
    except (TypeError, ValueError):
        return min(60, 2**attempt) * uniform(0.5, 1)


def parse(response, url: str):
    if response.status_code == 204:
        return None
    try:
        return response.json()
    except ValueError:
        kind = response.headers.get('Content-Type')
        raise ValueError(f'{url} answered with {kind}, not JSON: {response.text[:200]}') from None
