import type { DescribedApi, DescribedStream, Grade, Understood } from '../../src/from/described.ts';
import type { Pair } from './pairs.ts';

export const ASPECTS = ['records', 'paging', 'key', 'bookmark', 'filter'] as const;
export type Aspect = (typeof ASPECTS)[number];

/** What both worlds have to say of one aspect of a stream. */
export interface Comparison {
  readonly api: string;
  /** The path, with {} for its parameters. */
  readonly path: string;
  readonly aspect: Aspect;
  /** Undefined where we found nothing. */
  readonly ours: string | undefined;
  readonly theirs: string | undefined;
  readonly grade: Grade | undefined;
  readonly evidence: string;
}

/** Compares the streams whose paths are the same in both worlds. */
export function comparisons({ name, described, manifest }: Pair): Comparison[] {
  const ours = described.flatMap(api =>
    api.streams.map(stream => ({ place: placeOf(stream, api), version: versionOf(stream, api), stream })),
  );
  const seen = new Set<string>();
  return manifest.streams.filter(isPlaced).flatMap(theirs => {
    const place = placeOf(theirs, manifest);
    const version = versionOf(theirs, manifest);
    const found = ours
      .filter(each => isSame(each.place, place) && (each.version ?? version) === (version ?? each.version))
      .sort((a, b) => Math.abs(a.place.length - place.length) - Math.abs(b.place.length - place.length))[0];
    if (!found || place === '' || seen.has(place)) return [];
    seen.add(place);
    return ASPECTS.filter(aspect => isTold(theirs, aspect)).map(aspect => compared(name, aspect, found.stream, theirs));
  });
}

/** One place may have a name before it that the other has in its base. */
function isSame(a: string, b: string): boolean {
  const [short = '', long = ''] = [a, b].sort((one, other) => one.length - other.length);
  return short === long || (long.endsWith(`/${short}`) && /^[\w.-]+\/$/.test(long.slice(0, -short.length)));
}

/** False where the path of a manifest's stream is a template that we don't read. */
function isPlaced({ answers, losses }: DescribedStream): boolean {
  return answers.path.grade !== 'guessed' && !losses.some(({ instead }) => instead === 'the answer path');
}

/** False where the manifest leaves it to Python, which we don't read. */
function isTold({ losses, answers }: DescribedStream, aspect: Aspect): boolean {
  const isPython = losses.some(({ instead }) => instead === 'get_records of the stream') && !answers[ANSWERS[aspect]];
  return !isPython && !losses.some(({ instead }) => instead.includes(ANSWERS[aspect]));
}

/** The version that an address has, such as 2 in `/v2/users`. */
function versionOf({ answers }: DescribedStream, api: DescribedApi): string | undefined {
  const base = (answers.base_url?.value as string | undefined) ?? api.answers.base_url?.value ?? '';
  return /\/v?(\d+)(?:\.\d+)*(?=\/|$)/i.exec(`${base.replace(/^https?:\/\/[^/]*/, '')}${answers.path.value}`)?.[1];
}

/** The path without host and version, as paths are compared. */
function placeOf({ answers }: DescribedStream, api: DescribedApi): string {
  const base = (answers.base_url?.value as string | undefined) ?? api.answers.base_url?.value ?? '';
  return `${base.replace(/^https?:\/\/[^/]*/, '')}/${answers.path.value}`
    .replaceAll(/\{[^{}]*\}/g, '{}')
    .replaceAll(/\.json$/g, '')
    .split('/')
    .filter(part => part !== '' && !/^(?:api|v?\d[\d.]*|rest)$/i.test(part))
    .join('/');
}

function compared(api: string, aspect: Aspect, ours: DescribedStream, theirs: DescribedStream): Comparison {
  const found = partOf(ours, aspect);
  return {
    api,
    path: ours.answers.path.value.replaceAll(/\{[^{}]*\}/g, '{}'),
    aspect,
    ours: found && textOf(aspect, found.value),
    theirs: textOf(aspect, partOf(theirs, aspect)?.value),
    grade: found?.grade,
    evidence: found?.evidence ?? '',
  };
}

const ANSWERS = {
  records: 'records_path',
  paging: 'pagination',
  key: 'key_properties',
  bookmark: 'replication_key',
  filter: 'bookmark_param',
} as const;

function partOf({ answers }: DescribedStream, aspect: Aspect): Understood | undefined {
  return answers[ANSWERS[aspect]];
}

/** An answer as it is compared: of a pagination the way of it, and what leads on. */
function textOf(aspect: Aspect, value: unknown): string | undefined {
  if (aspect === 'records') return value === undefined ? '' : String(value);
  if (aspect === 'key') return Array.isArray(value) ? [...value].sort().join() : undefined;
  if (aspect !== 'paging') return value === undefined ? undefined : String(value);
  const { type = 'none', ...rest } = (value ?? {}) as Record<string, unknown>;
  const param = ['page_param', 'offset_param', 'cursor_param', 'keyset_param', 'next_url_path'].find(
    key => key in rest,
  );
  return [type, param && rest[param]].filter(Boolean).join(' ');
}
