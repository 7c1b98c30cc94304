import { bookmarkOf, type CatalogStream, keysOf } from './catalog.ts';
import type { Finding } from './finding.ts';
import { instant, isLess, type StreamReading } from './reading.ts';
import { shown } from './schema-check.ts';

/** APIs whose parameters are days, in their users' zones, are asked for so much again. */
const MOST_LOOK_BACK = 2 * 86_400_000;

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
    ...(isWhole ? stateFindings(stream, reading, fault) : []),
  ];
}

type Fault = (what: string, mend: string) => Finding;

function bookmarkFindings(stream: CatalogStream, reading: StreamReading, fault: Fault): Finding[] {
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

function stateFindings(stream: CatalogStream, reading: StreamReading, fault: Fault): Finding[] {
  const { nullBookmarks, records, greatest, state, forms, behind, otherState } = reading;
  const isLate = state !== undefined && state !== null && forms.size === 1 && isLess(state, greatest);
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

/** What a run that went on from the first one's state did. */
export function secondFindings(stream: CatalogStream, first: StreamReading, second: StreamReading): Finding[] {
  const bookmark = bookmarkOf(stream);
  if (bookmark === undefined || first.records === 0 || first.state === undefined) return [];
  const about = { step: 'second run', stream: stream.tap_stream_id } as const;
  const readsAll = second.records >= first.records && first.least !== first.greatest && second.least === first.least;
  if (readsAll && !looksBack(first, second))
    return [
      {
        ...about,
        is: 'fault',
        what: `read all ${second.records} records again, though its state was ${shown(first.state)}`,
        mend: 'is the bookmark given to the source, and what is older left out? (bookmark_param, or bookmarks in load_data)',
      },
    ];
  if (second.records === 0)
    return [
      {
        ...about,
        is: 'note',
        what: `read nothing from ${shown(first.state)} on, not even the record that has it`,
        mend: 'records with the same bookmark that come later would be lost: ask with "equal or later"',
      },
    ];
  return [];
}

/** Whether a run asked from another moment on, and what it had read lies so near that it may ask for a day more. */
function looksBack({ least, greatest, exchanges }: StreamReading, second: StreamReading): boolean {
  const [from, until] = [instant(least), instant(greatest)];
  const isNear = from !== undefined && until !== undefined && until - from <= MOST_LOOK_BACK;
  return isNear && exchanges.differs(second.exchanges);
}

function of(count: number, { records }: StreamReading): string {
  return `${count.toLocaleString('en')} of ${records.toLocaleString('en')} records`;
}

function keyText(row: Readonly<Record<string, unknown>>, stream: CatalogStream): string {
  return keysOf(stream)
    .map(key => `${key} ${JSON.stringify(row[key])}`)
    .join(', ');
}
