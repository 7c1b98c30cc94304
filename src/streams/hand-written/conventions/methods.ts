import type { Method } from '../../../python/analysis/classes.ts';
import type { ConnectorFiles } from '../../../python/analysis/files.ts';
import type { RegisteredStream } from '../../../python/analysis/registry.ts';
import { writeString } from '../../../python/strings.ts';
import type { SyntaxNode } from '../../../python/syntax-node.ts';
import { inheritedRecordKey, ownRecordKeys } from './attributes.ts';
import { attributesOf, type Conventions } from './conventions.ts';
import { graphqlMethods } from './graphql.ts';
import { type NewStream, roleOf } from './roles.ts';
import { sharedMethod } from './shared-method.ts';
import type { WrittenMethod } from './written-method.ts';

interface Context {
  readonly files: ConnectorFiles;
  readonly conventions: Conventions;
  readonly stream: NewStream;
}

/** The text of a method that the base class needs; undefined if nothing tells what to write. */
export function writeMethod(name: string, context: Context): WrittenMethod | undefined {
  const shared = sharedMethod(context.conventions.discovered, name);
  // Two streams of one address show no third where others have addresses of their own.
  const own = shared && /:\/\//.test(shared.text) ? urlMethod(name, context) : undefined;
  if (own && isDifferent(name, context.conventions)) return own;
  if (shared) return { lines: shared.text.split(/\r?\n/) };
  if (name === 'get_records') return recordsMethod(context);
  return urlMethod(name, context) ?? graphqlMethods(name, context);
}

/** True for a method that not all streams have alike. */
function isDifferent(name: string, { like }: Conventions): boolean {
  const texts = like.map(({ definition }) => definition.methods.find(method => method.name === name)?.text.trim());
  return new Set(texts).size > 1;
}

/** A method that returns an address which differs in its last part from stream to stream. */
function urlMethod(name: string, { files, conventions, stream }: Context): WrittenMethod | undefined {
  const found = conventions.like.flatMap(like => {
    const method = like.definition.methods.find(candidate => candidate.name === name);
    const address = method && addressIn(files, like, method);
    return address ? [address] : [];
  });
  const last = found.find(({ stream: like }) => like === conventions.model) ?? found[0];
  if (!last || found.length < conventions.like.length || stream.path === undefined) return undefined;
  const path = stream.path.replace(/^\//, '');
  const line = (text: string) => text.replace(last.literal, () => last.literal.replace(last.tail, () => path));
  return { lines: last.method.text.split(/\r?\n/).map(line), hasPath: true };
}

interface Address {
  readonly stream: RegisteredStream;
  readonly method: Method;
  /** The string literal as written, and its part behind the last slash. */
  readonly literal: string;
  readonly tail: string;
}

function addressIn(files: ConnectorFiles, stream: RegisteredStream, method: Method): Address | undefined {
  const text = files.python.get(stream.file) ?? '';
  const node = method.returns && stringIn(method.returns);
  const literal = node && text.slice(node.from, node.to);
  const tail = literal && /\/([^/{}'"\s]+)(["'])$/.exec(literal)?.[1];
  return tail ? { stream, method, literal, tail } : undefined;
}

function stringIn(node: SyntaxNode): SyntaxNode | undefined {
  if (node.name === 'String' || node.name === 'FormatString') return node;
  if (node.name !== 'CallExpression' && node.name !== 'MemberExpression') return undefined;
  const [first] = node.children;
  return first && stringIn(first);
}

/** Reads the one response that the path gives, by the client's `get`, as the connector's other streams do. */
function recordsMethod({ conventions, stream }: Context): WrittenMethod | undefined {
  const { indent, quote } = conventions;
  const example = conventions.discovered
    .flatMap(({ definition }) => definition.methods)
    .find(({ name, text }) => name === 'get_records' && /self\.client\.get\(/.test(text));
  const header = example && /^[\s\S]*?\)\s*(?:->[^:\n]+)?:(?=[ \t]*\r?\n)/.exec(example.text)?.[0];
  const [path, name] = (['path', 'name'] as const).map(
    role => attributesOf(conventions.line).find(attribute => roleOf(attribute.name) === role)?.name,
  );
  if (!header || !path || !name || stream.path === undefined) return undefined;
  const logged = quote === "'" ? `f'Syncing: {self.${name}}'` : `f"Syncing: {self.${name}}"`;
  const body = [
    ...(example.uses.has('logger') ? [`self.logger.info(${logged})`] : []),
    `response = self.client.get(self.${path})`,
    `yield from response${stream.recordsPath.map(key => subscript(key, conventions, stream)).join('')}`,
  ];
  return {
    lines: [...header.split(/\r?\n/), ...body.map(line => indent.repeat(2) + line)],
    hasRecords: true,
    note: 'get_records reads one response, as nothing in this connector follows pages: mend it if the API has several',
  };
}

/** `[self.data_key]` where an attribute has the key, otherwise the key itself. */
function subscript(key: string, conventions: Conventions, { recordsPath }: NewStream): string {
  const inherited = inheritedRecordKey(conventions, key);
  if (inherited) return `[self.${inherited}]`;
  const role = (['records', 'inner records'] as const)[ownRecordKeys(conventions, recordsPath).indexOf(key)];
  const own = role && attributesOf(conventions.line).find(({ name }) => roleOf(name) === role)?.name;
  return own ? `[self.${own}]` : `[${writeString(key, conventions.quote)}]`;
}
