import { bookmarkOf, type CatalogStream, keysOf } from './catalog.ts';
import type { Finding } from './finding.ts';
import { instant, isLess, type StreamReading } from './reading.ts';
import { shown } from './schema-check.ts';

/** By how much a moment is another one in another zone: quarters of an hour, 14 hours at most. */
const QUARTER = 15 * 60_000;
const MOST_ZONE = 14 * 3_600_000;

/** What is wrong with a stream as the first run gave it; `isWhole` is false where it was ended when it had given enough. */
export function readingFindings(stream: CatalogStream, reading: StreamReading, isWhole: boolean): Finding[] {
  const { tap_stream_id: name } = stream;
  const fault = (what: string, mend: string): Finding => ({ step: 'first run', stream: name, is: 'fault', what, mend });
  const note = (what: string, mend: string): Finding => ({ ...fault(what, mend), is: 'note' });
  if (!reading.hasSchema) return [fault('wrote no SCHEMA message', 'has the run ended before it? see its error')];
  if (reading.records === 0)
    return [
      note(
        `gave no records${reading.exchanges.rows > 0 ? `, though responses had ${reading.exchanges.rows} rows` : ''}`,
        'is that so at the source? else look at path, records_path and parameters',
      ),
    ];
  const keys = keysOf(stream).join(', ');
  return [
    ...(reading.isEarly
      ? [fault('wrote records before its SCHEMA message', 'destinations fail at them: write the SCHEMA message first')]
      : []),
    ...(reading.lackedColumns.length > 0
      ? [
          fault(
            `its SCHEMA message lacks ${reading.lackedColumns.join(', ')}, which discovery gives and which is selected`,
            'write all selected columns of the catalog’s schema',
          ),
        ]
      : []),
    ...[...reading.mismatches.values()].map(({ first, count }) =>
      fault(
        `${first.column} is to be ${first.wanted} and was ${first.got} (${of(count, reading)})`,
        `mend ${first.column} in schemas/${name}.json: mage-connector schema ${name} --run --config FILE does it`,
      ),
    ),
    ...[...reading.unknownColumns].map(([column, value]) =>
      fault(`wrote the column ${column} (${shown(value)}), which its schema lacks`, `add it to schemas/${name}.json`),
    ),
    ...(reading.nullKeys
      ? [
          fault(
            `has a null key (${keys}) in ${of(reading.nullKeys.count, reading)}`,
            'choose key_properties that each record has',
          ),
        ]
      : []),
    ...(reading.repeatedKeys
      ? [
          fault(
            `wrote the key ${keys} more than once: ${keyText(reading.repeatedKeys.first, stream)} and ${reading.repeatedKeys.count - 1} more`,
            'Mage’s SQL destinations fail at that: choose key_properties that tell records apart, or write each once',
          ),
        ]
      : []),
    ...bookmarkFindings(stream, reading, fault),
    ...(isWhole ? stateFindings(stream, reading, fault, note) : []),
  ];
}

type Make = (what: string, mend: string) => Finding;

function bookmarkFindings(stream: CatalogStream, reading: StreamReading, fault: Make): Finding[] {
  const bookmark = bookmarkOf(stream);
  if (bookmark === undefined) return [];
  const { nullBookmarks, records, forms } = reading;
  if (nullBookmarks === records)
    return [fault(`${bookmark}, its bookmark, is null in every record`, 'choose a replication_key that records have')];
  const mixed = forms.size > 1 ? [...forms.values()].slice(0, 2).map(shown).join(' and ') : undefined;
  return [
    ...(nullBookmarks > 0
      ? [
          fault(
            `${bookmark}, its bookmark, is null in ${of(nullBookmarks, reading)}`,
            'Mage stores a null as the state, or fails: leave such records out, or read the stream whole',
          ),
        ]
      : []),
    ...(mixed
      ? [fault(`${bookmark}, its bookmark, comes in several forms: ${mixed}`, 'Mage compares the text: write one form')]
      : []),
  ];
}

function stateFindings(stream: CatalogStream, reading: StreamReading, fault: Make, note: Make): Finding[] {
  const { nullBookmarks, records, greatest, state, forms, behind, otherState } = reading;
  const isComparable = state !== undefined && state !== null && forms.size === 1;
  // A counter of seconds, or a day without hyphens, may well be kept as a moment.
  const isAlike = typeof state === typeof greatest && (instant(greatest) !== undefined || instant(state) === undefined);
  const isLate = isComparable && isAlike && isLess(state, greatest);
  const isAhead = isComparable && isAlike && isLess(greatest, state);
  if (bookmarkOf(stream) === undefined || nullBookmarks === records) return [];
  return [
    ...(state === undefined
      ? [
          fault(
            'wrote no state: each run reads all again',
            'does every record have the bookmark, and the entry bookmark_properties?',
          ),
        ]
      : []),
    ...(state === null
      ? [fault('its state is null: the next run reads all again', 'write the bookmark of a record as the state')]
      : []),
    ...(otherState.size > 0 && state !== undefined
      ? [
          fault(
            `its state is kept of ${[...otherState].join(', ')}, and its bookmark is ${bookmarkOf(stream)}`,
            'the next run doesn’t find it: write the state by the name of the bookmark',
          ),
        ]
      : []),
    ...(behind && !isLate && forms.size === 1
      ? [
          fault(
            `wrote the state ${shown(behind.state)} before a record that has ${shown(behind.value)}`,
            'a run that is interrupted between them loses it: write the state after the records',
          ),
        ]
      : []),
    ...(isAhead
      ? [
          (isShifted(greatest, state) ? fault : note)(
            `its state is ${shown(state)}, which is later than any record’s: the greatest is ${shown(greatest)}`,
            'the next run leaves out what changed between them: write the greatest bookmark of the records, as it stands',
          ),
        ]
      : []),
    ...(isLate
      ? [
          fault(
            `its state is ${shown(state)} though a record has ${shown(greatest)}: Mage keeps the last record’s`,
            'pass is_sorted=False to main(), or sort the records by the bookmark',
          ),
        ]
      : []),
  ];
}

/** Whether a state isn't a moment later, but the same in another zone, or no moment though records have one. */
function isShifted(greatest: unknown, state: unknown): boolean {
  const [from, to] = [instant(greatest), instant(state)];
  if (from === undefined) return false;
  return to === undefined || (to - from <= MOST_ZONE && (to - from) % QUARTER === 0);
}

function of(count: number, { records }: StreamReading): string {
  return `${count.toLocaleString('en')} of ${records.toLocaleString('en')} records`;
}

function keyText(row: Readonly<Record<string, unknown>>, stream: CatalogStream): string {
  return keysOf(stream)
    .map(key => `${key} ${JSON.stringify(row[key])}`)
    .join(', ');
}
