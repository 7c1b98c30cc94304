"""Pages by an address in the body or a header of the response before."""

from kinds.api.pagination.addresses import Addresses


class NextUrls(Addresses):
    NEXT_URL_PATH = ()

    def find_link(self, answer, response):
        return self.find_next(response, self.NEXT_URL_PATH, 'next_url_path')


class NextUrlHeaders(Addresses):
    NEXT_URL_HEADER = ''

    def find_link(self, answer, response):
        return self.find_header(answer, self.NEXT_URL_HEADER, 'next_url_header')
