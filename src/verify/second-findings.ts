import { bookmarkOf, type CatalogStream, keysOf } from './catalog.ts';
import { pageFindings } from './exchange-findings.ts';
import type { Finding } from './finding.ts';
import { instant, isLess, type StreamReading } from './reading.ts';
import { readingFindings } from './reading-findings.ts';
import { shown } from './schema-check.ts';

/** APIs whose parameters are days, in their users' zones, are asked for so much again. */
const MOST_LOOK_BACK = 2 * 86_400_000;

/** A run that goes farther back than this has its bookmark wrong, such as one from 1970 on. */
const FARTHEST_LOOK_BACK = 100 * 86_400_000;
/** Days, moments, and seconds or milliseconds since 1970 in a request. */
const MOMENTS = /\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2})?)?|\b1\d{9}(?:\d{3})?\b/g;

/** What a run that went on from the first one's state did; `known` is what was found in the first. */
export function secondFindings(
  stream: CatalogStream,
  first: StreamReading,
  second: StreamReading,
  known: readonly Finding[],
): Finding[] {
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
  const back = stateBack(first, second);
  const states: Finding[] =
    back === undefined
      ? []
      : [
          {
            ...about,
            is: 'fault',
            what: `its state went back from ${shown(first.state)} to ${shown(back.to)}`,
            mend: 'what lies between is read again in each run: keep the greatest bookmark there was',
          },
        ];
  if (second.records === 0) return [...states, ...borderFindings(stream, first, about)];
  const found = [...readingFindings(stream, second, back === undefined), ...pageFindings(stream, second)];
  const isKnown = ({ mend }: Finding) => known.some(each => each.stream === about.stream && each.mend === mend);
  return [...states, ...found.filter(each => !isKnown(each)).map(each => ({ ...each, step: about.step }))];
}

/** The state after the second run, if it is an earlier one. */
function stateBack(first: StreamReading, { state }: StreamReading): { readonly to: unknown } | undefined {
  if (state === undefined || typeof first.state === 'object') return undefined;
  return state === null || isLess(state, first.state) ? { to: state } : undefined;
}

/** What a run says of that doesn't even read the record that the state is of: where that may be the only one, all is well. */
function borderFindings(
  stream: CatalogStream,
  { state, sharedBookmarks, begun }: StreamReading,
  about: Pick<Finding, 'step' | 'stream'>,
): Finding[] {
  const bookmark = bookmarkOf(stream);
  if (keysOf(stream).join() === bookmark) return [];
  // The moment of a run is a bookmark that no record has by itself.
  if ((instant(state) ?? 0) >= begun) return [];
  const shared = sharedBookmarks > 0 ? `, and records share one` : '';
  return [
    {
      ...about,
      is: sharedBookmarks > 0 ? 'fault' : 'note',
      what: `read nothing from ${shown(state)} on, not even the record that has it${shared}`,
      mend: 'records with the same bookmark that come later would be lost: ask with "equal or later"',
    },
  ];
}

/**
 * Whether a run asked from another moment on, and so had to read all again: that moment is before the first record, or what
 * it had read lies so near that it may ask for a day more.
 */
function looksBack({ least, greatest, exchanges }: StreamReading, { exchanges: again }: StreamReading): boolean {
  const [from, until] = [momentOf(least), momentOf(greatest)];
  if (from === undefined || until === undefined || !exchanges.differs(again)) return false;
  const asked = newMoments(exchanges.begins, again.begins);
  const isBefore = asked.some(moment => moment <= from && moment >= until - FARTHEST_LOOK_BACK);
  return isBefore || until - from <= MOST_LOOK_BACK;
}

/** The moments that requests have and earlier ones at the same addresses lack. */
function newMoments(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): number[] {
  return [...after].flatMap(([target, request]) => {
    const known = momentsIn(before.get(target) ?? '');
    return [...momentsIn(request)].filter(moment => !known.has(moment));
  });
}

function momentsIn(request: string): Set<number> {
  const texts = request.replaceAll('%3A', ':').match(MOMENTS) ?? [];
  return new Set(
    texts.map(text => momentOf(/^\d+$/.test(text) ? Number(text) : text)).filter(each => each !== undefined),
  );
}

/** Milliseconds since 1970 of a moment as text, or of seconds or milliseconds since then. */
function momentOf(value: unknown): number | undefined {
  if (typeof value !== 'number') return instant(value);
  return value > 1e11 ? value : value * 1000;
}
