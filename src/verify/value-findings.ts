import type { CatalogStream } from './catalog.ts';
import { bookmarkOf } from './catalog.ts';
import type { Finding } from './finding.ts';
import { requestText } from './page-params.ts';
import { instant, type StreamReading } from './reading.ts';
import { shown } from './schema-check.ts';
import { alike } from './values.ts';

/** A bookmark that is so much later than now, in milliseconds, is no record's change. */
const FUTURE = 2 * 86_400_000;
/** Records that are yielded at once, and megabytes that are gained, beyond which memory is short somewhere. */
const MOST_AT_ONCE = 50_000;
const MOST_GROWN = 400;
/** So few records may well have no value in some column; what an API leaves out of them, it may leave out of more. */
const FEW = 5;
const FEW_OF_API = 5000;
/** What single things that aren't there answer. */
const GONE = new Set([404, 410]);

/**
 * What is wrong with the values of a stream, and with how it gives them. `mayBeEmpty` says that the connector has answers of
 * the API's that mean no records.
 */
export function valueFindings(stream: CatalogStream, reading: StreamReading, mayBeEmpty: boolean): Finding[] {
  const { values, exchanges } = reading;
  const name = stream.tap_stream_id;
  const make =
    (is: Finding['is']) =>
    (what: string, mend: string): Finding => ({ step: 'first run', stream: name, is, what, mend });
  const [fault, note] = [make('fault'), make('note')];
  // A stream that began and has no end was left by os._exit().
  const { batch = 0, grown = 0, isComplete = !exchanges.isBegun } = exchanges.left ?? {};
  const ends = isComplete
    ? []
    : [
        fault(
          'the run ended in the middle of it, with the exit code 0',
          'Mage takes that for success, and what follows is lost: raise instead of sys.exit or os._exit',
        ),
      ];
  if (reading.records === 0) return [...ends, ...failedFindings(reading, fault, note, mayBeEmpty)];
  return [
    ...ends,
    ...emptyColumns(stream, reading, fault, note),
    ...[...values.huge].map(([column, value]) =>
      fault(
        `${column} has an integer of more than 64 bits: ${BigInt(value)}`,
        `destinations fail at it: have ${column} be a string`,
      ),
    ),
    ...[...values.naive].map(([column, value]) =>
      note(
        `${column} has moments without an offset, such as ${value}`,
        'destinations take them as of their own zone: write them in UTC, with Z',
      ),
    ),
    ...(values.gap && exchanges.count === 0
      ? [
          note(
            `its keys go on without a gap but for ${values.gap.from} to ${values.gap.to}`,
            'is that a page that is left out, or are these not there?',
          ),
        ]
      : []),
    ...futureFindings(stream, reading, note),
    ...textFindings(stream, reading, fault, note),
    ...[...values.early].flatMap(([column, { first, isAll }]) =>
      isAll && !first.startsWith('1970-01-01T00:00:00')
        ? [
            note(
              `${column} has moments of January 1970 alone, such as ${first}`,
              'are seconds since 1970 taken for milliseconds?',
            ),
          ]
        : [],
    ),
    ...failedFindings(reading, fault, note, mayBeEmpty),
    ...(batch > MOST_AT_ONCE
      ? [
          note(
            `yielded ${batch.toLocaleString('en')} records at once`,
            'they are held in memory, and a sample reads them all: yield page by page',
          ),
        ]
      : []),
    ...(grown > MOST_GROWN && batch <= MOST_AT_ONCE
      ? [
          note(
            `its memory grew by ${grown.toLocaleString('en')} MB`,
            'does it keep what it has yielded? Keep no more than keys',
          ),
        ]
      : []),
  ];
}

type Make = (what: string, mend: string) => Finding;

/** Columns that no record has a value in. */
function emptyColumns(stream: CatalogStream, reading: StreamReading, fault: Make, note: Make): Finding[] {
  const { values, exchanges, records } = reading;
  const columns = Object.keys(stream.schema.properties ?? {});
  const empty = columns.filter(column => !values.filled.has(column) && column !== bookmarkOf(stream));
  const misnamed = empty.flatMap(column => {
    const meant = exchanges.names.has(column) ? undefined : alike(column, exchanges.names);
    return meant === undefined ? [] : [[column, meant] as const];
  });
  const others = empty.filter(column => !misnamed.some(([name]) => name === column) && !exchanges.names.has(column));
  return [
    ...misnamed.map(([column, meant]) =>
      fault(
        `${column} is null in every record, and responses have ${meant}`,
        `name it ${meant} in schemas/${stream.tap_stream_id}.json, or rename it on its way`,
      ),
    ),
    ...(others.length > 0 && records >= (exchanges.count > 0 ? FEW_OF_API : FEW)
      ? [
          note(
            `no record has a value in ${others.join(', ')}`,
            `is it named as the source names it? Else take it out of schemas/${stream.tap_stream_id}.json`,
          ),
        ]
      : []),
  ];
}

function futureFindings(stream: CatalogStream, { greatest }: StreamReading, note: Make): Finding[] {
  const moment = instant(greatest);
  if (moment === undefined || moment < Date.now() + FUTURE) return [];
  return [
    note(
      `its bookmark goes up to ${greatest}, which is to come`,
      `the next runs read nothing before that: leave such records out of the state, or choose another replication_key than ${bookmarkOf(stream)}`,
    ),
  ];
}

/** Texts that went wrong on their way. */
function textFindings(
  { tap_stream_id: stream }: CatalogStream,
  { values, records }: StreamReading,
  fault: Make,
  note: Make,
): Finding[] {
  return [...values.bad.values()].map(({ column, text, is, count }) => {
    const where = `${count.toLocaleString('en')} of ${records.toLocaleString('en')} records`;
    const what = `${column} has ${shown(text)} (${where})`;
    if (is === 'python')
      return fault(
        `${what}, which is how Python shows a value`,
        `deliver it as it is, by an object or array in schemas/${stream}.json, or by json.dumps`,
      );
    if (is === 'missing')
      return note(`${what}: is that a missing value that was made text?`, 'leave null as it is: str(None) is no text');
    // Where most such texts are right, the source has the others so.
    return (count * 2 >= values.foreign ? fault : note)(
      `${what}, which was read in another encoding than it was written in`,
      "decode what is read by its own encoding (UTF-8, or the one of the answers), without errors='replace'",
    );
  });
}

/** Requests that failed, and that the run didn't fail at. */
function failedFindings(
  { exchanges, records }: StreamReading,
  fault: Make,
  note: Make,
  mayBeEmpty: boolean,
): Finding[] {
  const isNothing = exchanges.count === 0 && records === 0 && !mayBeEmpty;
  const failed = [...exchanges.failed.values()].filter(({ status }) => isNothing || !GONE.has(status));
  const [first] = failed;
  if (!first) return [];
  const isFault =
    isNothing ||
    failed.some(({ status, asked }) => isOutage(status) || (status === 401 && !exchanges.isAnswered(asked)));
  const more = failed.length - 1;
  const answer = first.status === 0 ? 'had no answer' : `answered ${first.status}`;
  return [
    (isFault ? fault : note)(
      `${requestText(first)} ${answer}${more > 0 ? `, and ${more} more requests failed` : ''}, and the run went on`,
      'what it would have had is lost: raise, or try it again',
    ),
  ];
}

/** What passes, or says nothing of what was asked for. */
function isOutage(status: number): boolean {
  return status === 0 || status === 429 || status >= 500;
}
