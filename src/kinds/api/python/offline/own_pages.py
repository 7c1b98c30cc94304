"""A fake API whose streams are cut into pages in several ways."""

from kinds.api.python.offline.base import FakeApi

# How the streams that have pages of their own are cut into them.
OWN_PAGES = {}
PAGES = ''


class OwnPages(FakeApi):
    def get_page(self, params, url):
        """Return the body and the headers of a page."""
        return getattr(self, OWN_PAGES.get(self.stream.TABLE, PAGES))(params, url)
