"""How the API takes moments."""

from datetime import datetime, timedelta

from kinds.api.python.streams.incremental import Incremental


class MomentParams(Incremental):
    # In seconds, what the format tells apart.
    BOOKMARK_STEP = 1

    def step_back(self, moment: datetime) -> datetime:
        """Return the moment to ask from, since some APIs leave out what is at the moment itself."""
        return moment - timedelta(seconds=self.BOOKMARK_STEP)

    @classmethod
    def to_param(cls, moment: datetime):
        """Return a moment as the API takes it."""
        raise NotImplementedError


class Patterns(MomentParams):
    BOOKMARK_FORMAT = '%Y-%m-%dT%H:%M:%SZ'

    @classmethod
    def to_param(cls, moment: datetime) -> str:
        """Return a moment as the API takes it."""
        return moment.strftime(cls.BOOKMARK_FORMAT)


class Seconds(MomentParams):
    @classmethod
    def to_param(cls, moment: datetime) -> int:
        """Return a moment as the API takes it: in seconds since 1970."""
        return max(0, int(moment.timestamp()))


class Milliseconds(MomentParams):
    @classmethod
    def to_param(cls, moment: datetime) -> int:
        """Return a moment as the API takes it: in milliseconds since 1970."""
        return max(0, int(moment.timestamp()) * 1000 + moment.microsecond // 1000)


class MixedFormats(MomentParams):
    # A pattern of strftime, epoch_seconds or epoch_milliseconds.
    BOOKMARK_FORMAT = '%Y-%m-%dT%H:%M:%SZ'

    @classmethod
    def to_param(cls, moment: datetime):
        """Return a moment as the API takes it: by a pattern, or as a number since 1970."""
        if cls.BOOKMARK_FORMAT == 'epoch_seconds':
            return max(0, int(moment.timestamp()))
        if cls.BOOKMARK_FORMAT == 'epoch_milliseconds':
            return max(0, int(moment.timestamp()) * 1000 + moment.microsecond // 1000)
        return moment.strftime(cls.BOOKMARK_FORMAT)
