"""A source of which some streams end where the run does."""

from typing import Dict

from kinds.api.python.source import ApiSource


class EndSource(ApiSource):
    def set_end(self, source, query: Dict = None, **kwargs) -> None:
        source.until = (query or {}).get('_end_date')
