import { isMapping } from '../../base/mapping.ts';
import { own } from '../../schema/infer/untyped.ts';
import type { ApiUnderstood, DescribedApi, DescribedKey, DescribedStream, Understood } from '../described.ts';
import type { UnderstoodStream } from '../endpoints/list.ts';
import { type ReadBeside, References } from '../endpoints/references.ts';
import { Shapes } from '../endpoints/shape.ts';
import { nameOf } from '../endpoints/title.ts';
import { understand } from '../endpoints/understand.ts';
import { firstSentence } from '../endpoints/words.ts';
import { withAnswers } from '../with-answers.ts';
import { type Description, type Operation, text } from './description.ts';
import { operationsOf } from './operations.ts';
import { keysOfSchemes, type Security, securityOf } from './security.ts';
import { type Server, serverOf, swaggerServer } from './servers.ts';

/** Where a description is from. */
export interface Origin {
  readonly address?: string | undefined;
  readonly readBeside?: ReadBeside | undefined;
}

/** Understands a parsed description; undefined for what is none. */
export function readOpenApi(root: unknown, { address, readBeside }: Origin = {}): DescribedApi | undefined {
  if (!isMapping(root) || !/^[23](?:\.|$)/.test(String(own(root, 'openapi') ?? own(root, 'swagger') ?? '')))
    return undefined;
  const references = new References(root, readBeside);
  const shapes = new Shapes(node => references.follow(node));
  const given = { root, references, isSwagger: own(root, 'swagger') !== undefined };
  const description: Description = { ...given, shapes, keys: keysOfSchemes(given) };
  const operations = operationsOf(description);
  const { streams, notes } = understand(operations, {
    shapes,
    target: reference => references.follow({ $ref: reference }),
  });
  const used = streams.map(({ endpoint }) => endpoint as Operation);
  const security = securityOf(used.length > 0 ? used : operations, description);
  const server = serverFor(used, description, address);
  const places = used.map(({ servers }) => serverOf(servers, description, address));
  return {
    answers: apiAnswers(description, { security, server, streams, places }),
    streams: streams.map((each, index) => placed(withSecurity(each.stream, security), places[index], server)),
    credentials: {},
    notes: [
      ...(server ? [] : ['the description names no server: the base URL is to be told']),
      ...security.losses,
      ...notes,
      ...[...references.broken].map(([reference, why]) => `the reference ${reference.slice(0, 200)} ${why}`),
    ],
  };
}

/** A stream of another server than the others says it. */
function placed(stream: DescribedStream, own: Server | undefined, server: Server | undefined): DescribedStream {
  if (!own || !server || own.url === server.url) return stream;
  const { url: value, grade, evidence } = own;
  return withAnswers(stream, { ...stream.answers, base_url: { value, grade, evidence: `${evidence} for it` } });
}

function serverFor(
  operations: readonly Operation[],
  description: Description,
  address: string | undefined,
): Server | undefined {
  const { root, isSwagger } = description;
  if (isSwagger) return swaggerServer(root, address);
  const given = operations.find(({ servers }) => servers !== undefined)?.servers;
  return (
    serverOf(own(root, 'servers'), description, address) ??
    serverOf(given, description, address) ??
    serverOf([{ url: '/' }], description, address)
  );
}

/** What the answers of the whole are made of. */
interface Whole {
  readonly security: Security;
  readonly server: Server | undefined;
  readonly streams: readonly UnderstoodStream[];
  /** The servers of streams that have their own. */
  readonly places: readonly (Server | undefined)[];
}

function apiAnswers({ root, references }: Description, whole: Whole): ApiUnderstood {
  const { security, server } = whole;
  const info = references.mapping(own(root, 'info'));
  const title = nameOf(text(own(info, 'title')));
  const about = firstSentence(text(own(info, 'description')));
  const documentation = [
    own(references.mapping(own(root, 'externalDocs')), 'url'),
    own(references.mapping(own(info, 'contact')), 'url'),
  ]
    .map(text)
    .find(url => /^https?:\/\/[^\s"'<>\\^`{|}]+$/.test(url) && URL.canParse(url));
  const config = configOf(whole);
  return {
    ...(title !== undefined && { name: said(title, 'the title of the description') }),
    ...(about !== '' && { description: said(about, 'the description itself') }),
    ...(documentation !== undefined && { documentation_url: said(documentation, 'the description itself') }),
    ...(server && { base_url: { value: server.url, grade: server.grade, evidence: server.evidence } }),
    ...(config.length > 0 && { config: said(config, 'variables and parameters of the description') }),
    auth: { value: security.auth, grade: security.grade, evidence: security.evidence },
    ...(Object.keys(security.headers).length > 0 && { headers: said(security.headers, security.evidence) }),
  };
}

function said<Value>(value: Value, evidence: string): Understood<Value> {
  return { value, grade: 'said', evidence };
}

/** The configuration keys of the whole, each once. */
function configOf({ security, server, streams, places }: Whole): DescribedKey[] {
  const keys = new Map<string, DescribedKey>();
  for (const { name, description, fallback } of [server, ...places].flatMap(each => each?.variables ?? []))
    keys.set(name, {
      name,
      ...(description !== '' && { description }),
      ...(fallback !== undefined && { default: fallback }),
    });
  for (const { name, description } of security.secrets)
    keys.set(name, { name, ...(description !== '' && { description: firstSentence(description) }), secret: true });
  for (const { keys: given } of streams) for (const key of given) if (!keys.has(key.name)) keys.set(key.name, key);
  return [...keys.values()];
}

/** Keys that go beside the others of a request. */
function withSecurity(stream: DescribedStream, { params, evidence }: Security): DescribedStream {
  if (Object.keys(params).length === 0) return stream;
  const given = stream.answers.params?.value;
  return withAnswers(stream, { ...stream.answers, params: said({ ...given, ...params }, evidence) });
}
