import { isMapping } from '../../base/mapping.ts';
import { textsIn } from '../../base/placeholders.ts';
import { list, type Node, own } from '../../schema/infer/untyped.ts';
import type { DescribedStream, StreamUnderstood, Understood } from '../described.ts';
import { type ReadBeside, References } from '../endpoints/references.ts';
import { recordSchema } from '../endpoints/schema.ts';
import { type Fitted, fitted } from './fitted.ts';
import { incrementalPart, momentIn } from './incremental.ts';
import { given, parametersOf, part } from './manifest.ts';
import { paginationPart } from './pagination.ts';
import { partitionsPart } from './partitions.ts';
import { lost, NOTHING, type Part, together } from './parts.ts';
import { recordsPart, transformationsPart } from './records.ts';
import { requestPart } from './requests.ts';
import { type Context, LATER_START, translated } from './template.ts';

/** What the streams of a manifest are read with. */
export interface ManifestContext {
  readonly root: Node;
  readonly key: Context['key'];
  /** A stream's name as answers have it. */
  nameOf(name: string): string | undefined;
  /** Reads a file beside the manifest, where it is a file itself. */
  readonly readBeside: ReadBeside | undefined;
}

/** A stream of a manifest: where it is, and what asks for it. */
export interface ManifestStream {
  readonly stream: DescribedStream;
  /** The address that its path is below; undefined where it is no text. */
  readonly base: string | undefined;
  readonly authenticator: unknown;
}

/** Understands a stream; what has no answer is among its losses, and the rest is taken. */
export function manifestStream(stream: Node, name: string, manifest: ManifestContext): ManifestStream {
  const retriever = part(stream, 'retriever');
  const requester = retriever && part(retriever, 'requester');
  const schema = schemaOf(stream, name, manifest);
  if (
    own(stream, 'type') !== 'DeclarativeStream' ||
    own(retriever ?? {}, 'type') !== 'SimpleRetriever' ||
    own(requester ?? {}, 'type') !== 'HttpRequester'
  )
    return { ...none(stream, name, schema), base: undefined, authenticator: undefined };
  const moment = momentIn(stream);
  const context = {
    ...contextOf(requester as Node, manifest),
    stream,
    token: tokenOf(retriever as Node),
    ...(moment !== undefined && { moment }),
  };
  const place = placeOf(requester as Node, context);
  const request = requestPart(requester as Node, context);
  const records = recordsPart(retriever as Node);
  const whole = JSON.stringify([place.path, place.params, request.answers]);
  const uses = { since: /\{since/.test(whole), until: /\{until/.test(whole) };
  const hasToken = /\{(?:page|offset|cursor)\}/.test(whole);
  const found = together([
    place.path === undefined ? lost('its path is a template that no answer says', 'the answer path') : NOTHING,
    place.params === undefined ? NOTHING : { answers: { params: place.params }, losses: [] },
    decoderPart(retriever as Node),
    keyPart(stream),
    request,
    records,
    paginationPart(retriever as Node, {
      records: records.answers.records_path,
      hasToken,
      startsLater: hasLaterStart(requester as Node),
    }),
    incrementalPart(stream, uses, context),
    partitionsPart(retriever as Node, manifest.nameOf),
    transformationsPart(stream, { ...context, parameters: parametersOf(stream) }),
  ]);
  return {
    stream: described(name, fitted({ ...found.answers, path: place.path ?? `/${name}` }, found.losses, schema)),
    base: place.base,
    authenticator: own(requester as Node, 'authenticator'),
  };
}

function contextOf(component: Node, { key }: ManifestContext): Context {
  return { parameters: parametersOf(component), key };
}

/** True where some expression of the request adds one to the offset. */
function hasLaterStart(requester: Node): boolean {
  const texts = textsIn([
    own(requester, 'path'),
    own(requester, 'request_parameters'),
    own(requester, 'request_body_json'),
  ]);
  return texts.some(text =>
    [...text.matchAll(/\{\{([\s\S]*?)\}\}/g)].some(([, each = '']) => LATER_START.test(each.trim())),
  );
}

/** What `next_page_token` stands for. */
function tokenOf(retriever: Node): string {
  const type = own(part(part(retriever, 'paginator') ?? {}, 'pagination_strategy') ?? {}, 'type');
  return type === 'PageIncrement' ? 'page' : type === 'OffsetIncrement' ? 'offset' : 'cursor';
}

/** Older manifests have url_base and path, newer ones the whole as url. */
function placeOf(
  requester: Node,
  context: Context,
): { readonly base: string | undefined; readonly path: string | undefined; readonly params?: Node } {
  const whole = given(requester, 'url');
  if (typeof whole === 'string' && whole !== '') {
    const url = translated(whole, context);
    const [, base, path] = /^(https?:\/\/[^/]+)(\/.*)?$/.exec(url ?? '') ?? [];
    return { base, path: base === undefined ? undefined : slashed(path ?? '') };
  }
  const base = translated(given(requester, 'url_base'), context)?.replace(/\/+$/, '');
  const path = translated(given(requester, 'path') ?? '', context);
  const [before = '', query] = path?.trim().split(/\?(.*)/s) ?? [];
  if (path === undefined || path.includes('#')) return { base, path: undefined };
  return { base, path: slashed(before), ...(query && { params: paramsIn(query) }) };
}

/** The parameters that stand in an address: they may have names in braces. */
function paramsIn(query: string): Node {
  return Object.fromEntries(new URLSearchParams(query));
}

function slashed(path: string): string {
  return path.startsWith('/') ? path : `/${path}`;
}

/** A connector of ours has one format of responses, and this one's is JSON. */
function decoderPart(retriever: Node): Part {
  const type = own(part(retriever, 'decoder') ?? {}, 'type');
  if (type === undefined || type === 'JsonDecoder') return NOTHING;
  return lost(`its responses are read by ${type}`, 'the answer response_format of a connector of its own');
}

/** The key: one column, or several; a list in a list is a way into a record. */
function keyPart(stream: Node): Part {
  const key = given(stream, 'primary_key');
  const keys = (Array.isArray(key) ? key : [key]).filter(each => each !== undefined && each !== null && each !== '');
  if (keys.length === 0) return NOTHING;
  const plain = keys.map(each => (Array.isArray(each) && each.length === 1 ? each[0] : each));
  if (plain.some(each => typeof each !== 'string'))
    return lost('its key lies inside of records', 'the answer columns, and key_properties');
  return { answers: { key_properties: plain }, losses: [] };
}

function schemaOf(stream: Node, name: string, { root, readBeside }: ManifestContext): Node | undefined {
  const loaders = own(stream, 'schema_loader');
  const inline = (Array.isArray(loaders) ? loaders : [loaders]).find(
    loader => isMapping(loader) && own(loader, 'type') === 'InlineSchemaLoader',
  );
  const references = new References(root);
  const schema = isMapping(inline) ? own(inline, 'schema') : schemaFile(given(stream, 'name') ?? name, readBeside);
  const found = references.follow(schema);
  return isMapping(found) ? recordSchema(found, reference => references.follow({ $ref: reference })) : undefined;
}

/** Where no loader says it, Airbyte has the schema in a file of the stream's name. */
function schemaFile(name: unknown, readBeside: ReadBeside | undefined): unknown {
  try {
    return readBeside?.(`schemas/${String(name)}.json`);
  } catch {
    // Without the file, the schema is among what is lost.
    return undefined;
  }
}

function none(stream: Node, name: string, schema: Node | undefined): Pick<ManifestStream, 'stream'> {
  const retriever = part(stream, 'retriever') ?? {};
  const what = [own(stream, 'type'), own(retriever, 'type'), own(part(retriever, 'requester') ?? {}, 'type')].map(
    String,
  );
  const odd =
    what.find(type => !['DeclarativeStream', 'SimpleRetriever', 'HttpRequester'].includes(type)) ??
    'a part that is missing';
  const losses = [{ what: `it is read by ${odd}`, instead: 'get_records of the stream' }];
  return { stream: described(name, { answers: { path: `/${name}` }, losses, schema }) };
}

function described(name: string, { answers, losses, schema }: Fitted): DescribedStream {
  const grade = losses.some(({ instead }) => instead === 'get_records of the stream') ? 'guessed' : 'said';
  const understood = Object.entries(answers).map(([key, value]) => [
    key,
    { value, grade: key === 'path' ? grade : 'said', evidence: 'the manifest' } as Understood,
  ]);
  return {
    name,
    title: '',
    answers: Object.fromEntries(understood) as unknown as StreamUnderstood,
    ...(schema && { schema: { value: schema, grade: 'said' as const, evidence: 'the schema of the manifest' } }),
    parameters: {},
    responses: [],
    losses: schema
      ? losses
      : [...losses, { what: 'its schema is not in the manifest', instead: 'the answer schema, by a sample' }],
  };
}

/** The streams of a manifest, and those that they are asked for by, though it doesn't list them. */
export function streamsIn(manifest: Node): Node[] {
  const streams: Node[] = list(own(manifest, 'streams')).filter(isMapping);
  const names = new Set(streams.map(stream => given(stream, 'name')));
  // What is added is looked at in its turn.
  for (const stream of streams)
    for (const parent of parentsOf(stream)) {
      if (names.has(given(parent, 'name'))) continue;
      names.add(given(parent, 'name'));
      streams.push(parent);
    }
  return streams;
}

function parentsOf(stream: Node): Node[] {
  const router = own(part(stream, 'retriever') ?? {}, 'partition_router');
  const routers = (Array.isArray(router) ? router : [router]).filter(isMapping);
  const configs = routers.flatMap(each => list(own(each, 'parent_stream_configs'))).filter(isMapping);
  return configs.map(config => part(config, 'stream')).filter(stream => stream !== undefined);
}
