"""Offline tests of a connector that signs its requests, which takes a package."""

from kinds.api.python.offline.base import FakeApi, OfflineTest

AWS_SERVICE = ''
AWS_REGION = ''


class SignedRequests(OfflineTest):
    def sign_tokens(self, client, api):
        client.sign = api.sign_request


class FakeSignatures(FakeApi):
    # Named apart from the hook of pages that sign their headers.
    def sign_request(self, request, service, region):
        request.headers['Authorization'] = f'Signed for {service} in {region}'
        return request

    def check_credentials(self, request):
        wanted = f'Signed for {AWS_SERVICE} in {AWS_REGION}'
        assert request.headers.get('Authorization') == wanted, 'The credentials are wrong'
