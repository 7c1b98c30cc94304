import { join } from 'node:path';
import { parse } from 'jsonc-parser';
import { isEqual, isMatch } from 'lodash-es';
import type { RawAnswers } from '../../answers/raw-answers.ts';
import { isMapping } from '../../base/mapping.ts';
import { readText } from '../../base/read-text.ts';
import type { ExistingConnector } from '../../connector/existing.ts';
import type { ApiUnderstood, DescribedApi, DescribedStream, Understood } from '../described.ts';
import { columnsOf, streamAnswers } from '../to-answers.ts';
import { added, hostOf } from './added.ts';
import { describedRequest, isSamePlace, pairsOf, recordedRequest } from './pairs.ts';

/** What a description has in comparison with a connector that exists. */
export interface Compared {
  /** Streams that the connector lacks, as they are to be in it. */
  readonly added: readonly DescribedStream[];
  /** What is changed and gone, for the user to decide: no stream is changed or taken out by it. */
  readonly notes: readonly string[];
}

/** Answers that are no concern of a description: users choose them, or a sample gives them. */
const OWN = new Set(['name', 'schema', 'text_columns', 'replication_method', 'base_url', 'parent', 'parents']);
/** Answers that give records other columns than the description has. */
const SHAPING = ['columns', 'flatten', 'rename', 'names', 'remove', 'records_in', 'graphql'];

/**
 * Compares the streams of a description with those of a connector. `api` is all that was read of it, of which those in `usable` can
 * be streams; `isWhole` is false where some were chosen only.
 */
export function compared(
  api: DescribedApi,
  usable: readonly DescribedStream[],
  existing: ExistingConnector,
  isWhole: boolean,
): Compared {
  const recorded = existing.answers.streams ?? [];
  const pairs = pairsOf(api, existing.answers, recorded);
  const standing = new Set(pairs.values());
  const gone = isWhole ? recorded.filter(stream => !standing.has(stream)) : [];
  const fresh = added(api, usable, existing.answers, pairs);
  return {
    added: fresh.streams,
    notes: [
      ...apiNotes(api.answers, existing.answers),
      ...[...pairs].flatMap(([stream, before]) => [
        ...changeNotes(stream, before, api, existing.answers),
        ...columnNotes(stream, before, existing),
      ]),
      ...gone.map(({ name }) => `${name} stays, though the description has it no more`),
      ...fresh.notes,
    ],
  };
}

/** What of the whole API is another in the description; that it has nothing says nothing of the connector. */
function apiNotes({ base_url, auth, pagination }: ApiUnderstood, connector: RawAnswers): string[] {
  const isOtherHost = base_url !== undefined && hostOf(base_url.value) !== hostOf(connector.base_url);
  const isOther = (now: Understood | undefined, before: unknown) =>
    now !== undefined && (now.value as RawAnswers).type !== 'none' && !isSame(before, now.value);
  return [
    ...(isOtherHost ? ([['base_url', base_url.value]] as const) : []),
    ...(isOther(auth, connector.auth) ? ([['auth', auth?.value]] as const) : []),
    ...(isOther(pagination, connector.pagination) ? ([['pagination', pagination?.value]] as const) : []),
  ].map(([key, now]) => `the connector's ${key} stays as it is; the description has ${shown(now)}`);
}

function changeNotes(stream: DescribedStream, before: RawAnswers, api: DescribedApi, connector: RawAnswers): string[] {
  const name = String(before.name);
  const now: RawAnswers = streamAnswers(stream, []).answers;
  const inherited = { ...before, pagination: before.pagination ?? connector.pagination };
  const isMoved = !isSamePlace(describedRequest(stream, api), recordedRequest(before, connector));
  const changed = Object.keys(now).filter(
    key => !OWN.has(key) && !isSame(own(inherited, key), now[key]) && (key !== 'path' || isMoved),
  );
  return [
    ...(stream.name === name ? [] : [`${name} is called ${stream.name} in the description, and keeps its name`]),
    ...(changed.length > 0
      ? [
          `${name} stays as it is; the description has other answers: ${changed.map(key => `${key} ${shown(now[key])}`).join(', ')}`,
        ]
      : []),
  ];
}

/** Columns that the description has and the schema lacks, but for those that the user has taken out of it. */
function columnNotes(
  { schema }: DescribedStream,
  before: RawAnswers,
  { folder, schemas }: ExistingConnector,
): string[] {
  const name = String(before.name);
  const text = readText(join(folder, 'schemas', `${name}.json`));
  const described = schema && columnsOf(schema)?.properties;
  if (text === undefined || !described || SHAPING.some(key => key in before)) return [];
  const standing: unknown = parse(text);
  const columns = isMapping(standing) && isMapping(standing.properties) ? standing.properties : {};
  const written = own(schemas, name) ?? {};
  const lacking = Object.keys(described).filter(
    column => !Object.hasOwn(columns, column) && !Object.hasOwn(written, column),
  );
  if (lacking.length === 0) return [];
  const some = lacking.slice(0, 10).join(', ') + (lacking.length > 10 ? ` and ${lacking.length - 10} more` : '');
  return [`${name} lacks columns that the description has: ${some} (mage-connector schema ${name} --from … adds them)`];
}

function own<Value>(mapping: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.hasOwn(mapping, key) ? mapping[key] : undefined;
}

/** What answers have beyond what is described isn't another value: recorded ones have their defaults. */
function isSame(before: unknown, now: unknown): boolean {
  return Array.isArray(now) ? isEqual(before, now) : isMatch({ value: before }, { value: now });
}

const MAX_SHOWN = 60;

function shown(value: unknown): string {
  const text = (typeof value === 'string' ? value : JSON.stringify(value)).replaceAll(/[\p{Cc}\p{Cf}]/gu, ' ');
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}
