"""The HTTP client, with authentication, time-outs and retries."""

import json
import re
import time
from email.utils import parsedate_to_datetime
from html import unescape
from random import uniform
from typing import Dict
from urllib.parse import quote, quote_plus, urlencode

import requests

from mage_integrations.sources.http.client import Client, get_exception_for_status_code

HEADERS = {}
SECRET_KEYS = ()
MAX_TRIES = 6
RETRY_STATUSES = (408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524, 529)
TRANSIENT = (requests.ConnectionError, requests.Timeout, requests.exceptions.ChunkedEncodingError)
# What the headers of a rate limit begin with.
LIMIT_HEADERS = ('RateLimit-', 'X-RateLimit-', 'X-Rate-Limit-')
# Seconds before the second try; each one after it waits twice as long.
BACKOFF = 1
# The longest wait that the API may ask for, in seconds.
MAX_WAIT = 3600
# Seconds to connect and to wait for data; Mage ends a connection test after 10.
TIMEOUT = (5, 60)
TEST_TIMEOUT = (3, 5)
# Where APIs say what is wrong, in small letters alone, and what many of them add to it.
MESSAGE_KEYS = ('error', 'errors', 'fault', 'title', 'message', 'msg', 'errormessages', 'detail')
DETAIL_KEYS = ('errordescription', 'description', 'reason', 'details', 'hint')


class ApiClient(Client):
    FORMAT = ''

    def __init__(self, config: Dict, logger=None, patient: bool = True):
        """Keep what is configured. A client that isn't `patient` gives up soon and at once."""
        config = {key: value for key, value in config.items() if value not in (None, '')}
        config = self.add_defaults(config)
        config = self.add_start(config)
        config = self.read_choices(config)
        config = self.read_types(config)
        config = self.add_clock(config)
        super().__init__(config, logger)
        self.check_config()
        self.tries = MAX_TRIES if patient else 1
        self.timeout = TIMEOUT if patient else TEST_TIMEOUT
        self.session = requests.Session()
        self.start_secrets()
        self.guard_redirects()
        self.show_certificate()
        self.start_rate_limit()
        self.start_parent_keys()
        self.start_clients()

    def add_defaults(self, config: Dict) -> Dict:
        return config

    def add_start(self, config: Dict) -> Dict:
        return config

    def read_choices(self, config: Dict) -> Dict:
        return config

    def read_types(self, config: Dict) -> Dict:
        return config

    def add_clock(self, config: Dict) -> Dict:
        return config

    def check_config(self) -> None:
        pass

    def start_secrets(self) -> None:
        # What no message may have.
        self.secrets = {str(self.config[key]) for key in SECRET_KEYS if key in self.config}

    def guard_redirects(self) -> None:
        pass

    def show_certificate(self) -> None:
        pass

    def start_rate_limit(self) -> None:
        pass

    def start_parent_keys(self) -> None:
        pass

    def start_clients(self) -> None:
        pass

    def authenticate(self, request: Dict) -> None:
        """Add credentials to the arguments of a request: to its headers, params or json."""

    def make_request(self, url: str, method: str = 'get', params: Dict = None, body: Dict = None):
        """Return what the response says, None where it has no records to give."""
        return self.parse(self.request(url, method, params, body))

    def request(self, url: str, method: str = 'get', params: Dict = None, body: Dict = None):
        """Return the response of an address, whatever its status; `parse` refuses errors."""
        request = {'headers': {**HEADERS}, 'params': {**(params or {})}, 'json': body}
        self.accept(request)
        self.fill_headers(request)
        self.authenticate(request)
        response = self.send(method, url, **request)
        response = self.renew_token(response, method, url, request)
        return self.await_answer(response, method, url, request)

    def accept(self, request: Dict) -> None:
        pass

    def fill_headers(self, request: Dict) -> None:
        pass

    def renew_token(self, response, method: str, url: str, request: Dict) -> requests.Response:
        return response

    def await_answer(self, response, method: str, url: str, request: Dict):
        """Ask again for what is being prepared (202), as long as one may wait."""
        waited = 0
        while response.status_code == 202 and method == 'get' and self.tries > 1:
            delay = asked_wait(response) or min(60, max(BACKOFF, waited))
            waited += delay
            if waited > MAX_WAIT:
                break
            self.logger.info(self.hide(f'{url}: status 202, asked again in {delay:.1f} seconds'))
            time.sleep(delay)
            response = self.send(method, url, **request)
        return response

    def send(self, method: str, url: str, params: Dict = None, **kwargs) -> requests.Response:
        """Return the response, whatever its status, and try again while what is wrong may pass.

        No message has the parameters or the text of a requests error: there could be secrets.
        """
        self.refuse_headers(kwargs.get('headers', {}), url)
        # With %20 for a space, since not every API takes + for one.
        params = {name: value for name, value in (params or {}).items() if value is not None}
        query = urlencode(params, doseq=True, quote_via=quote)
        for attempt in range(self.tries):
            response = None
            self.keep_rate_limit()
            try:
                response = self.session.request(method, url, query, timeout=self.timeout, **kwargs)
                fault = f'status {response.status_code}'
                response = self.apply_rules(response)
            except TRANSIENT as error:
                fault = type(error).__name__
            except requests.RequestException as error:
                raise ValueError(self.hide(f'{url}: {type(error).__name__}')) from None
            if response is not None and not may_pass(response):
                return response
            if attempt + 1 < self.tries:
                asked = asked_wait(response)
                if asked > MAX_WAIT:
                    error = get_exception_for_status_code(response.status_code)
                    message = f'{url}: {fault}, and a wait of {asked:.0f} seconds is asked for'
                    raise error(self.hide(f'{message}; MAX_WAIT of the client is {MAX_WAIT}'))
                delay = asked or min(60, BACKOFF * 2**attempt) * uniform(0.5, 1)
                self.logger.info(self.hide(f'{url}: {fault}, next try in {delay:.1f} seconds'))
                time.sleep(delay)
        if response is None:
            message = f'{url} gave no answer: {fault} after {self.tries} tries'
            raise ConnectionError(self.hide(message))
        return response

    def apply_rules(self, response: requests.Response) -> requests.Response:
        return response

    def refuse_headers(self, headers: Dict, url: str) -> None:
        """Refuse a value that no header can have, such as a token with a line break."""
        for name, value in headers.items():
            if not re.fullmatch(r'[\t -~\xa0-\xff]*', str(value)):
                fault = 'has a line break, or a character that HTTP cannot send'
                raise ValueError(f'{url}: the header {name} {fault}; check the keys and tokens')

    def keep_rate_limit(self) -> None:
        pass

    def check(self, response: requests.Response) -> None:
        # What is accepted (202) isn't there yet.
        if response.status_code == 202 or not 200 <= response.status_code < 300:
            error = get_exception_for_status_code(response.status_code)
            url = response.url.partition('?')[0]
            message = f'{url} answered {response.status_code}: {self.explain(response)}'
            message = self.tell_rule(message, response)
            raise error(self.hide(message))

    def tell_rule(self, message: str, response: requests.Response) -> str:
        return message

    def parse(self, response: requests.Response):
        """Return what a response has, None where it has nothing to give (204)."""
        self.check(response)
        if response.status_code == 204:
            return None
        try:
            return self.read(response)
        except UnicodeDecodeError as error:
            url = response.url.partition('?')[0]
            place = f'byte {error.start} is {error.object[error.start]:#04x}'
            message = f'{url} answered in no {error.encoding}: {place}; see the answer encoding'
            raise ValueError(self.hide(message)) from None
        except ValueError:
            url = response.url.partition('?')[0]
            kind = response.headers.get('Content-Type')
            message = f'{url} answered with {kind}, not {self.FORMAT}: {self.explain(response)}'
            raise ValueError(self.hide(message)) from None

    def read(self, response: requests.Response):
        return self.decode(response)

    def decode(self, response: requests.Response):
        """Return the content of a response; ValueError where it isn't written in FORMAT."""
        raise NotImplementedError

    def explain(self, response: requests.Response) -> str:
        """Return what an answer says: an API's own words, or the text of a page."""
        # Text is UTF-8 unless a header says otherwise; requests would take Latin-1.
        if 'charset' not in response.headers.get('Content-Type', ''):
            response.encoding = 'utf-8'
        try:
            text = words(response.json())
        except ValueError:
            text = unescape(re.sub(r'<[^>]*>', ' ', response.text))
        return ' '.join(self.hide(text).split())[:500]

    def hide(self, text: str) -> str:
        """Return a text for messages, without secrets that its address or the API may have."""
        for secret in sorted(self.secrets, key=len, reverse=True):
            quoted = (quote_plus(secret), quote(secret, safe=''), quote(secret))
            for form in (*quoted, json.dumps(secret)[1:-1], secret):
                text = re.sub(re.escape(form), '***', text, flags=re.IGNORECASE)
        return text


def may_pass(response: requests.Response) -> bool:
    """Tell whether the same request may get another answer later."""
    if response.status_code != 403:
        return response.status_code in RETRY_STATUSES
    # By 403, some APIs tell of a rate limit, too.
    left = [response.headers.get(f'{name}Remaining') for name in LIMIT_HEADERS]
    left += re.findall(r'\b(?:remaining|r)=(\d+)', response.headers.get('RateLimit', ''))
    return 'Retry-After' in response.headers or '0' in left


def asked_wait(response) -> float:
    """Return the seconds that an API asks to wait, in any form; 0 where it asks for none."""
    if response is None:
        return 0
    # Many APIs send the others always: then they say nothing about a server error.
    limits = LIMIT_HEADERS if response.status_code in (403, 429) else ()
    names = ('Retry-After', *(f'{name}Reset' for name in limits))
    combined = response.headers.get('RateLimit', '') if limits else ''
    resets = max(re.findall(r'\b(?:reset|t)=(\d+)', combined), key=int, default='')
    asked = next((response.headers[name] for name in names if name in response.headers), resets)
    try:
        if not re.fullmatch(r'\d+(\.\d+)?', asked):
            return max(0, parsedate_to_datetime(asked).timestamp() - time.time())
    except (TypeError, ValueError, OverflowError):
        return 0
    seconds = float(asked)
    # So great a number is a moment since 1970, in seconds or milliseconds.
    if seconds > 1e9:
        return max(0, (seconds / 1000 if seconds > 1e11 else seconds) - time.time())
    return seconds


def words(answer) -> str:
    """Return what an answer says of a failure, each of it once, or all that it has."""
    if isinstance(answer, list):
        return '; '.join(dict.fromkeys(words(item) for item in answer))
    if isinstance(answer, dict):
        values = {re.sub('[^a-z]', '', key.lower()): value for key, value in answer.items()}
        keys = MESSAGE_KEYS + DETAIL_KEYS if values.keys() & set(MESSAGE_KEYS) else ()
        told = [values[key] for key in keys if values.get(key) and values[key] is not True]
        parts = list(dict.fromkeys(words(value) for value in told))
        parts = [part for part in parts if sum(part in other for other in parts) == 1]
        return ': '.join(parts) or str(answer)
    return str(answer)
