import { mapValues } from 'lodash-es';
import { isMapping } from '../../base/mapping.ts';
import { streamNameFault } from '../../base/names.ts';
import { placeholdersIn, textsIn } from '../../base/placeholders.ts';
import { UserError } from '../../base/problems.ts';
import { type Node, own } from '../../schema/infer/untyped.ts';
import type { DescribedApi, DescribedStream, StreamUnderstood, Understood } from '../described.ts';
import { parseDescription } from '../endpoints/parse.ts';
import type { ReadBeside } from '../endpoints/references.ts';
import { snake } from '../endpoints/words.ts';
import { withAnswers, withParts } from '../with-answers.ts';
import { authOf, type FoundAuth } from './auth.ts';
import { rangeOf } from './incremental.ts';
import { ManifestKeys } from './keys.ts';
import { given, unfolded } from './manifest.ts';
import { ownWays } from './notes.ts';
import { type ManifestStream, manifestStream, streamsIn } from './stream.ts';
import type { KeyUse } from './template.ts';

/** Understands a declarative manifest of Airbyte's, stream by stream. Throws a UserError for what is none. */
export function readManifest(text: string, name: string, readBeside: ReadBeside | undefined): DescribedApi {
  const root = parseDescription(text, name);
  if (!isMapping(root) || !Array.isArray(own(root, 'streams')))
    throw new UserError({
      where: name,
      message: 'is no declarative manifest with streams',
      hint: 'dynamic_streams and Python are not read: give a manifest.yaml',
    });
  const manifest = unfolded(root);
  const keys = new ManifestKeys(root, readBeside);
  const names = namesOf(streamsIn(manifest));
  const context = {
    root: manifest,
    key: (key: string, use?: KeyUse) => keys.note(key, use),
    specified: (key: string) => keys.about(key),
    isUnspecified: (key: string) => keys.isUnspecified(key),
    nameOf: (original: string) => names.get(original),
    readBeside,
  };
  const found = streamsIn(manifest).map(stream =>
    manifestStream(stream, names.get(textOf(given(stream, 'name'))) ?? 'stream', context),
  );
  const base = most(found.map(each => each.base));
  const ways = found.map(each => authOf(each.authenticator, { ...context, parameters: {} }));
  const shared = most(ways.map(way => (isNone(way) ? undefined : JSON.stringify(way))));
  const auth: FoundAuth = shared === undefined ? { auth: { type: 'none' } } : JSON.parse(shared);
  const streams = found.map((each, index) => {
    const way = ways[index] as FoundAuth;
    return withOwnPlace(
      each,
      base,
      !isNone(way) && (way.auth.type === 'none' || JSON.stringify(way) !== shared) ? way : undefined,
    );
  });
  const config = keys.answers(
    namesIn([auth.auth, ...streams.map(each => each.answers.auth?.value)]),
    namesIn([base, ...streams.flatMap(({ answers }) => NEEDED.map(key => answers[key]?.value))]),
  );
  const whole = streams.map(stream => withChildFields(stream, streams));
  return {
    answers: {
      ...(base !== undefined && { base_url: said(base, 'the requesters of the manifest') }),
      ...(config.length > 0 && { config: said(config, 'the specification of the manifest') }),
      auth: said(auth.auth, 'the authenticator of the manifest'),
      ...mapValues(rangeOf(streamsIn(manifest)), value => said(value, 'the cursors of the manifest')),
    },
    streams: whole,
    credentials: {},
    notes: [
      ...(base === undefined ? ['the manifest has the address in its configuration: the base URL is to be told'] : []),
      ...(auth.loss === undefined ? [] : [auth.loss]),
      ...ownWays(streamsIn(manifest)),
      ...(own(root, 'dynamic_streams') === undefined
        ? []
        : ['dynamic_streams are left out: the answer streams_from makes streams of a list that the API gives']),
      ...(own(root, 'api_budget') === undefined
        ? []
        : ['api_budget is left out: the answer rate_limit says how often may be asked']),
    ],
  };
}

/** The answers of a stream that can't do without what they name. */
const NEEDED = ['base_url', 'path', 'for_each', 'pagination', 'window_days', 'lookback_seconds'];

function namesIn(value: unknown): Set<string> {
  return new Set(placeholdersIn(textsIn(value)).map(({ name }) => name));
}

function said<Value>(value: Value, evidence: string): Understood<Value> {
  return { value, grade: 'said', evidence };
}

/** Names as answers have them, by those of the manifest. */
function namesOf(streams: readonly Node[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  for (const stream of streams) {
    const original = textOf(given(stream, 'name'));
    const name = streamNameFault(original) === undefined ? original : snake(original).slice(0, 60) || 'stream';
    if (names.has(original) || taken.has(name)) continue;
    names.set(original, name);
    taken.add(name);
  }
  return names;
}

/** The value that occurs most often. */
function most(values: readonly (string | undefined)[]): string | undefined {
  const counts = new Map<string, number>();
  for (const value of values) if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}

/** True where requests are not authenticated. */
function isNone({ auth, loss }: FoundAuth): boolean {
  return auth.type === 'none' && loss === undefined;
}

/** A stream below another address says it, and one that is authenticated in another way. */
function withOwnPlace(
  { stream, base }: ManifestStream,
  shared: string | undefined,
  other: FoundAuth | undefined,
): DescribedStream {
  const ownBase = base !== undefined && base !== shared ? { base_url: said(base, 'the requester of the stream') } : {};
  const ownAuth = other && other.loss === undefined ? { auth: said(other.auth, 'the requester of the stream') } : {};
  const placed = withAnswers(stream, { ...stream.answers, ...ownBase, ...ownAuth } as StreamUnderstood);
  if (other?.loss === undefined) return placed;
  const losses = [...stream.losses, { what: other.loss, instead: 'the answer auth of the stream' }];
  return withParts(placed, { losses });
}

/**
 * A stream with columns for what its children take of it: Airbyte hands on whole records, whatever their schema says. One without
 * a schema has these columns, its key and its bookmark alone.
 */
function withChildFields(stream: DescribedStream, streams: readonly DescribedStream[]): DescribedStream {
  const { schema, answers } = stream;
  const properties = (schema && (own(schema.value, 'properties') as Node)) ?? {};
  const taken = streams
    .flatMap(each => [each.answers.parent?.value ?? [], each.answers.parents?.value ?? []].flat())
    .filter(({ stream: name }) => name === stream.name)
    .map(({ field }) => field);
  const removed = answers.remove?.value as readonly string[] | undefined;
  const missing = taken.filter(field => !Object.hasOwn(properties, field));
  if (missing.length === 0) return stream;
  const known = schema ? [] : [...(answers.key_properties?.value ?? []), answers.replication_key?.value ?? []].flat();
  const columns = Object.fromEntries([
    ...known.map(field => [field, { type: ['null', 'string'] }]),
    ...missing.map(field => [field, { type: ['null', 'integer', 'string'] }]),
  ]);
  const value = { type: 'object', ...schema?.value, properties: { ...properties, ...columns } };
  const evidence = schema?.evidence ?? 'what other streams take of it';
  // What children take is there for them all the same.
  const left = removed?.filter(field => !missing.includes(field));
  const kept = { ...answers, ...(left && { remove: left.length > 0 ? said(left, 'the manifest') : undefined }) };
  return withParts(stream, {
    answers: kept as StreamUnderstood,
    schema: { grade: 'said', ...schema, evidence, value },
  });
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
