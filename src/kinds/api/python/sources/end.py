"""A source of which some streams end where the run does."""

from typing import Dict

from kinds.api.python.source import ApiSource


class EndSource(ApiSource):
    def set_end(self, source, query: Dict = None, **kwargs) -> None:
        source.until = (query or {}).get('_end_date')


class ConfiguredEndSource(EndSource):
    """The configuration may have an end as well; the earlier one counts."""

    def set_end(self, source, query: Dict = None, **kwargs) -> None:
        ends = [(query or {}).get('_end_date'), self.client.config.get('end_date')]
        known = [end for end in ends if end and source.BOOKMARK_END_PARAM]
        moments = [source.read_bookmark(end, 'the end') for end in known]
        source.until = min(moments, default=None)
