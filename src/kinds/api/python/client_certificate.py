"""The certificate that the API knows its client by."""

from kinds.api.python.client import ApiClient


class ClientCertificate(ApiClient):
    def show_certificate(self) -> None:
        self.session.cert = (self.config['client_certificate'], self.config['client_key'])
