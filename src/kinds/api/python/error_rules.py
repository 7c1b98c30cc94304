"""What is done about answers that an API's own rules take for errors, or for none."""

import json
from typing import Dict

import requests

from kinds.api.python.client import ApiClient, asked_wait
from kinds.api.python.places import find
from mage_integrations.sources.http.client import get_exception_for_status_code

# As which status an answer is treated, whatever it has: to try again, a rate limit, no content.
TREATED_AS = {'retry': 503, 'wait': 429, 'empty': 204}


class ErrorRules(ApiClient):
    # Those of the stream that is being read; the first that fits counts.
    errors = ()

    def apply_rules(self, response: requests.Response) -> requests.Response:
        rule = next((rule for rule in self.errors if fits(rule, response)), None)
        if rule is None:
            return response
        response.broken_rule, response.answered = rule, response.status_code
        if rule['do'] == 'fail':
            error = get_exception_for_status_code(response.status_code)
            raise error(self.hide(self.tell_rule('', response)))
        response.status_code = TREATED_AS[rule['do']]
        asks = response.headers.get('Retry-After') == '0' or asked_wait(response)
        if 'seconds' in rule and not asks:
            response.headers['Retry-After'] = str(rule['seconds'])
        return response

    def tell_rule(self, message: str, response: requests.Response) -> str:
        """Return the message for an answer that a rule fits: the rule's words, and the API's."""
        if not hasattr(response, 'broken_rule'):
            return message
        url = response.url.partition('?')[0]
        told = response.broken_rule.get('message')
        said = self.explain(response)
        return f'{url} answered {response.answered}: {f"{told}: {said}" if told else said}'


def fits(rule: Dict, response: requests.Response) -> bool:
    if response.status_code not in rule.get('status', (response.status_code,)):
        return False
    if 'path' not in rule:
        return rule.get('contains', '') in response.text
    try:
        found = find(response.json(), rule['path'])
    except ValueError:
        return False
    if 'equals' in rule:
        return str(found) == str(rule['equals'])
    if 'contains' in rule:
        return rule['contains'] in (found if isinstance(found, str) else json.dumps(found))
    return bool(found)
