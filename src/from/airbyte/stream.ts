import { isMapping } from '../../base/mapping.ts';
import { textsIn } from '../../base/placeholders.ts';
import { list, type Node, own } from '../../schema/infer/untyped.ts';
import type { DescribedStream, StreamUnderstood, Understood } from '../described.ts';
import type { ReadBeside } from '../endpoints/references.ts';
import { type Fitted, fitted } from './fitted.ts';
import { incrementalPart, momentIn } from './incremental.ts';
import { given, parametersOf, part } from './manifest.ts';
import { paginationPart, shown } from './pagination.ts';
import { partitionsPart } from './partitions.ts';
import { lost, NOTHING, type Part, together } from './parts.ts';
import { placeOf } from './place.ts';
import { recordsPart, transformationsPart } from './records.ts';
import { requestPart } from './requests.ts';
import { schemaOf } from './schema.ts';
import { type Context, LATER_START } from './template.ts';

/** What the streams of a manifest are read with. */
export interface ManifestContext {
  readonly root: Node;
  readonly key: Context['key'];
  readonly specified: Context['specified'];
  readonly isUnspecified: Context['isUnspecified'];
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
  if (!retriever || !requester || !isReadable(stream, retriever, requester))
    return { ...none(stream, name, schema), base: undefined, authenticator: undefined };
  const moment = momentIn(stream);
  const partitions = new Set<string>();
  const context = {
    partition: (each: string) => void partitions.add(each),
    ...contextOf(requester, manifest),
    stream,
    token: tokenOf(retriever),
    ...(moment !== undefined && { moment }),
  };
  const place = placeOf(requester, context);
  const request = requestPart(requester, context);
  const records = recordsPart(retriever);
  const whole = JSON.stringify([place.path, place.params, request.answers]);
  const uses = { since: /\{since/.test(whole), until: /\{until/.test(whole) };
  const hasToken = /\{(?:page|offset|cursor)\}/.test(whole);
  const incremental = incrementalPart(stream, uses, context);
  const asked = [
    ...(uses.since || incremental.answers.bookmark_param !== undefined ? ['since'] : []),
    ...(uses.until || incremental.answers.bookmark_end_param !== undefined ? ['until'] : []),
  ];
  const pages = withoutPlace(
    paginationPart(retriever, {
      records: records.answers.records_path,
      hasToken,
      startsLater: hasLaterStart(requester),
      context,
    }),
    records,
  );
  const found = together([
    place.path === undefined ? lost('its path is a template that no answer says', 'the answer path') : NOTHING,
    place.params === undefined ? NOTHING : { answers: { params: place.params }, losses: [] },
    decoderPart(retriever),
    pythonPart(retriever, requester),
    own(stream, 'file_uploader') === undefined
      ? NOTHING
      : lost('its files are left out: records have their addresses alone', 'transform of the stream'),
    keyPart(stream),
    request,
    records,
    pages,
    incremental,
    partitionsPart(retriever, manifest.nameOf),
    transformationsPart(stream, { ...context, asked, parameters: parametersOf(stream) }),
  ]);
  const unknown = [...partitions].filter(each => !givenNames(found.answers).includes(each));
  const losses = unknown.flatMap(each => lost(`nothing gives its {${each}}`, 'the answers parent or for_each').losses);
  return {
    stream: described(
      name,
      fitted({ ...found.answers, path: place.path ?? `/${name}` }, [...found.losses, ...losses], schema),
    ),
    base: place.base,
    authenticator: own(requester, 'authenticator'),
  };
}

/** What parents and lists give. */
function givenNames({ parent, parents, for_each: item }: Part['answers']): unknown[] {
  return [parent, parents, item].flat().map(each => (isMapping(each) ? own(each, 'as') : undefined));
}

/** Without a place for its records, a response can't be looked into for what leads to the next page either. */
function withoutPlace(pages: Part, { answers }: Part): Part {
  const { pagination } = pages.answers as { readonly pagination?: Node };
  const isInside = Object.keys(pagination ?? {}).some(key => /_path$/.test(key)) || pagination?.type === 'next_url';
  if (answers.records_path !== undefined || !isInside) return pages;
  const none = { answers: { pagination: { type: 'none' } }, losses: [] };
  return together([none, lost('its pages are left out while its records are not found', 'the answer pagination')]);
}

/** What says where a requester asks. */
const PLACES = ['path', 'url', 'url_base'];

/** True for what has the parts that are read here, be they Airbyte's or of a class of the connector's own. */
function isReadable(stream: Node, retriever: Node, requester: Node): boolean {
  const isKnown = (part: Node, type: string) =>
    own(part, 'type') === type ||
    (own(part, 'class_name') !== undefined && PLACES.some(key => given(requester, key) !== undefined));
  return (
    own(stream, 'type') === 'DeclarativeStream' &&
    isKnown(retriever, 'SimpleRetriever') &&
    isKnown(requester, 'HttpRequester')
  );
}

/** Classes of the connector's own do more than their parts say. */
function pythonPart(retriever: Node, requester: Node): Part {
  const classes = [own(retriever, 'class_name'), own(requester, 'class_name')].filter(name => name !== undefined);
  return together(classes.map(name => lost(`it is read by ${shown(name)} as well`, 'get_records of the stream')));
}

function contextOf(component: Node, manifest: ManifestContext): Context {
  const { key, specified, isUnspecified } = manifest;
  return { parameters: parametersOf(component), key, specified, isUnspecified };
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

/** What responses are written in, where that isn't JSON. */
function decoderPart(retriever: Node): Part {
  const decoder = part(retriever, 'decoder') ?? {};
  const type = own(decoder, 'type');
  if (type === undefined || type === 'JsonDecoder') return NOTHING;
  if (type === 'JsonlDecoder') return { answers: { response_format: 'jsonl' }, losses: [] };
  const [delimiter, encoding] = [own(decoder, 'delimiter') ?? ',', own(decoder, 'encoding') ?? 'utf-8'];
  const isPlain = [delimiter, encoding].every(each => typeof each === 'string' && !/[{}\\]/.test(each));
  if (type !== 'CsvDecoder' || !isPlain)
    return lost(`its responses are read by ${shown(type ?? own(decoder, 'class_name'))}`, 'the answer response_format');
  return {
    answers: {
      response_format: 'csv',
      ...(delimiter !== ',' && { csv_delimiter: delimiter }),
      ...(!/^utf-?8$/i.test(String(encoding)) && { encoding }),
    },
    losses: [],
  };
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

function none(stream: Node, name: string, schema: Node | undefined): Pick<ManifestStream, 'stream'> {
  const retriever = part(stream, 'retriever') ?? {};
  const what = [own(stream, 'type'), own(retriever, 'type'), own(part(retriever, 'requester') ?? {}, 'type')].map(
    String,
  );
  const odd =
    what.find(type => !['DeclarativeStream', 'SimpleRetriever', 'HttpRequester'].includes(type)) ??
    'a part that is missing';
  const losses = [{ what: `it is read by ${odd}`, instead: 'get_records of the stream' }];
  const answers = { path: `/${name}`, pagination: { type: 'none' } };
  return { stream: described(name, { answers, losses, schema }) };
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
