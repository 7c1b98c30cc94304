"""The rows that a server has, and how they change."""

from datetime import datetime, timedelta, timezone

START = '2021-03-01T00:00:00+00:00'
FIRST = datetime.fromisoformat(START)
# Changes stay before the moment at which a run may happen.
LAST = datetime(2026, 1, 1, tzinfo=timezone.utc)
YEAR = timedelta(days=365)


class World:
    def __init__(self, random, replication):
        self.random = random
        self.replication = replication
        self.millis = random.random() < 0.5
        self.rows = {}
        self.now = FIRST
        for number in range(random.choice([0, 1, 2, 3, 4, 6, 9, 20])):
            self.add(self.any_moment())
        self.now = max([FIRST, *(row['at'] for row in self.rows.values())])

    def any_moment(self):
        """Return a moment, often one of those at which windows begin and end."""
        if self.random.random() < 0.4:
            border = FIRST + self.random.randrange(5) * YEAR
            steps = [timedelta(0), timedelta(seconds=1), timedelta(seconds=-1)]
            steps += [timedelta(milliseconds=each) for each in (500, -500)] if self.millis else []
            return max(FIRST, border + self.random.choice(steps))
        seconds = self.random.randrange(int((LAST - YEAR - FIRST).total_seconds()))
        return FIRST + timedelta(seconds=seconds)

    def later(self):
        """Return the moment of a change: not before any other, and often at the very same."""
        steps = [timedelta(0), timedelta(seconds=1), timedelta(hours=5), timedelta(days=40)]
        if self.millis:
            steps.append(timedelta(milliseconds=1))
        self.now = min(LAST, self.now + self.random.choice(steps))
        return self.now

    def add(self, at):
        number = len(self.rows) + 1
        self.rows[number] = {'id': number, 'version': 1, 'at': at}

    def update(self, number, at):
        row = self.rows[number]
        self.rows[number] = {**row, 'version': row['version'] + 1, 'at': at}

    def change(self):
        """Add some rows and change others."""
        for _ in range(self.random.choice([0, 0, 1, 3, 7])):
            self.add(self.later())
        for number in self.random.sample(sorted(self.rows), min(len(self.rows), 3)):
            if self.random.random() < 0.5:
                self.update(number, self.later())

    def write(self, row):
        """Return a row as the server gives it."""
        text = row['at'].isoformat(timespec='milliseconds' if self.millis else 'seconds')
        updated_at = text.replace('+00:00', 'Z')
        return {'id': row['id'], 'name': f'{row["id"]}.{row["version"]}', 'updated_at': updated_at}

    def rows_since(self, since):
        """Return what a destination has to get of all that is from a bookmark on."""
        first = datetime.fromisoformat(since) if since else None
        rows = self.rows.values()
        return [self.write(row) for row in rows if not first or row['at'] >= first]
