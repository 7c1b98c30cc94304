"""Requests that are signed as the services of AWS want it (Signature Version 4)."""

from functools import partial
from typing import Dict

import requests

from kinds.api.python.client import ApiClient

AWS_SERVICE = ''
# {key} is a configuration key.
AWS_REGION = ''


class AwsSignature(ApiClient):
    def authenticate(self, request: Dict) -> None:
        """Add credentials to the arguments of a request: to its headers, params or json."""
        region = AWS_REGION.format_map(self.config)
        request['auth'] = partial(self.sign, service=AWS_SERVICE, region=region)

    def sign(self, request: requests.PreparedRequest, service: str, region: str):
        """Return a request with a signature of all that it has."""
        # Imported where it is used, so that Mage lists this source without the package, too.
        from botocore.auth import SigV4Auth
        from botocore.awsrequest import AWSRequest
        from botocore.credentials import Credentials

        credentials = Credentials(
            self.config['aws_access_key_id'],
            self.config['aws_secret_access_key'],
            self.config.get('aws_session_token'),
        )
        signed = AWSRequest(request.method, request.url, data=request.body or b'')
        SigV4Auth(credentials, service, region).add_auth(signed)
        request.headers.update(signed.headers)
        return request
