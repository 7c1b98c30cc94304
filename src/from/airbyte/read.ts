import { isMapping } from '../../base/mapping.ts';
import { streamNameFault } from '../../base/names.ts';
import { placeholdersIn, textsIn } from '../../base/placeholders.ts';
import { UserError } from '../../base/problems.ts';
import { type Node, own } from '../../schema/infer/untyped.ts';
import type { DescribedApi, DescribedKey, DescribedStream, StreamUnderstood, Understood } from '../described.ts';
import { parseDescription } from '../endpoints/parse.ts';
import type { ReadBeside } from '../endpoints/references.ts';
import { firstSentence, snake } from '../endpoints/words.ts';
import { withAnswers, withParts } from '../with-answers.ts';
import { authOf, type FoundAuth } from './auth.ts';
import { given, unfolded } from './manifest.ts';
import { ownWays } from './notes.ts';
import { type ManifestStream, manifestStream, streamsIn } from './stream.ts';

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
  const keys: FoundKeys = new Map();
  const names = namesOf(streamsIn(manifest));
  const context = {
    root: manifest,
    key: (key: string, fallback?: string, type?: DescribedKey['type']) => {
      const known = keys.get(key);
      keys.set(key, { fallback: fallback ?? known?.fallback, type: type ?? known?.type });
    },
    nameOf: (original: string) => names.get(original),
    readBeside,
  };
  const found = streamsIn(manifest).map(stream =>
    manifestStream(stream, names.get(textOf(given(stream, 'name'))) ?? 'stream', context),
  );
  const base = most(found.map(each => (/^https?:\/\//.test(each.base ?? '') ? each.base : undefined)));
  const ways = found.map(each => authOf(each.authenticator, { parameters: {}, key: context.key }));
  const shared = most(ways.map(way => (isNone(way) ? undefined : JSON.stringify(way))));
  const auth: FoundAuth = shared === undefined ? { auth: { type: 'none' } } : JSON.parse(shared);
  const streams = found.map((each, index) => {
    const way = ways[index] as FoundAuth;
    return withOwnPlace(each, base, !isNone(way) && JSON.stringify(way) !== shared ? way : undefined);
  });
  const config = configOf(
    root,
    keys,
    new Set(
      placeholdersIn(textsIn([auth.auth, ...streams.map(each => each.answers.auth?.value)])).map(
        placeholder => placeholder.name,
      ),
    ),
  );
  const whole = streams.map(stream => withChildFields(stream, streams));
  return {
    answers: {
      ...(base !== undefined && { base_url: said(base, 'the requesters of the manifest') }),
      ...(config.length > 0 && { config: said(config, 'the specification of the manifest') }),
      auth: said(auth.auth, 'the authenticator of the manifest'),
    },
    streams: whole,
    credentials: {},
    notes: [
      ...(base === undefined ? ['the manifest has the address in its configuration: the base URL is to be told'] : []),
      ...(auth.loss === undefined ? [] : [auth.loss]),
      ...ownWays(streamsIn(manifest)),
      ...(own(root, 'dynamic_streams') === undefined
        ? []
        : ['dynamic_streams are left out: their streams are known to the API alone']),
      ...(own(root, 'api_budget') === undefined
        ? []
        : ['api_budget is left out: the answer rate_limit says how often may be asked']),
    ],
  };
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
  const isOwn = base !== undefined && base !== shared && /^https?:\/\//.test(base);
  const ownBase = isOwn ? { base_url: said(base, 'the requester of the stream') } : {};
  const ownAuth = other && other.loss === undefined ? { auth: said(other.auth, 'the requester of the stream') } : {};
  const placed = withAnswers(stream, { ...stream.answers, ...ownBase, ...ownAuth } as StreamUnderstood);
  if (other?.loss === undefined) return placed;
  const losses = [...stream.losses, { what: other.loss, instead: 'the answer auth of the stream' }];
  return withParts(placed, { losses });
}

/** A stream with columns for what its children take of it: Airbyte hands on whole records, whatever their schema says. */
function withChildFields(stream: DescribedStream, streams: readonly DescribedStream[]): DescribedStream {
  const { schema } = stream;
  if (!schema) return stream;
  const properties = own(schema.value, 'properties') as Node;
  const taken = streams.flatMap(({ answers }) => [answers.parent?.value ?? [], answers.parents?.value ?? []].flat());
  const removed = stream.answers.remove?.value as readonly string[] | undefined;
  const missing = taken.filter(
    ({ stream: name, field }) => name === stream.name && !Object.hasOwn(properties, field) && !removed?.includes(field),
  );
  if (missing.length === 0) return stream;
  const columns = Object.fromEntries(missing.map(({ field }) => [field, { type: ['null', 'integer', 'string'] }]));
  const value = { ...schema.value, properties: { ...properties, ...columns } };
  return withParts(stream, { schema: { ...schema, value } });
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** The configuration keys that texts have, with their defaults in the manifest and what the answers need them to be. */
type FoundKeys = Map<string, { readonly fallback: string | undefined; readonly type: DescribedKey['type'] }>;

/** The configuration keys that texts have, with what the specification says of them; those of authentication say it themselves. */
function configOf(root: Node, keys: FoundKeys, ofAuth: ReadonlySet<string>): DescribedKey[] {
  const properties = specified(own(root, 'spec'));
  return [...keys].flatMap(([name, { fallback, type }]) => {
    if (ofAuth.has(name)) return [];
    const known = properties.get(name) ?? {};
    const about = firstSentence(
      ([own(known, 'description'), own(known, 'title')].find(text => typeof text === 'string') as string) ?? '',
    );
    const usual = own(known, 'default');
    const text = fallback ?? (['string', 'number', 'boolean'].includes(typeof usual) ? (usual as string) : undefined);
    const value = type === 'integer' && text !== undefined ? Number(text) : text;
    const isSecret = own(known, 'airbyte_secret') === true;
    return [
      {
        name,
        ...(about !== '' && { description: about }),
        ...(type !== undefined && { type }),
        ...(isSecret ? { secret: true } : value !== undefined && { default: value }),
      },
    ];
  });
}

/** The properties of a specification, also those in groups, by their names. */
function specified(spec: unknown, found = new Map<string, Node>(), depth = 0): Map<string, Node> {
  if (!isMapping(spec) || depth > 8) return found;
  for (const key of ['connection_specification', 'connectionSpecification'])
    specified(own(spec, key), found, depth + 1);
  const properties = own(spec, 'properties');
  for (const [name, value] of Object.entries(isMapping(properties) ? properties : {})) {
    if (!isMapping(value)) continue;
    if (!found.has(snake(name))) found.set(snake(name), value);
    specified(value, found, depth + 1);
  }
  const choices = own(spec, 'oneOf');
  for (const each of Array.isArray(choices) ? choices : []) specified(each, found, depth + 1);
  return found;
}
