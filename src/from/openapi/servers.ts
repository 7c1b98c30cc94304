import { list, type Node, own } from '../../schema/infer/untyped.ts';
import type { Grade } from '../described.ts';
import { configName } from '../endpoints/names.ts';
import { firstSentence } from '../endpoints/words.ts';
import { type Description, text } from './description.ts';

/** A variable of the address, which becomes a configuration key. */
export interface Variable {
  readonly name: string;
  readonly description: string;
  readonly fallback: string | undefined;
}

/** Where the API is. */
export interface Server {
  readonly url: string;
  readonly variables: readonly Variable[];
  readonly grade: Grade;
  readonly evidence: string;
}

/** The first server of a list that is an address; `from` is where the description itself came from. */
export function serverOf(
  servers: unknown,
  { references }: Pick<Description, 'references'>,
  from: string | undefined,
): Server | undefined {
  const given = list(servers).map(server => references.mapping(server));
  // Of one that is encrypted and one that isn't, the first is meant.
  const encrypted = given.filter(server => /^(?:https:|\/)/i.test(text(own(server, 'url'))));
  for (const server of [...encrypted, ...given]) {
    const url = absolute(text(own(server, 'url')), from);
    if (url === undefined) continue;
    return withVariables(url, references.mapping(own(server, 'variables')), list(servers).length, node =>
      references.mapping(node),
    );
  }
  return undefined;
}

function withVariables(url: string, variables: Node, count: number, mapping: (node: unknown) => Node): Server {
  const names = [...new Set([...url.matchAll(/\{([^{}]+)\}/g)].map(([, name]) => name as string))];
  return {
    url: names.reduce((text, name) => text.replaceAll(`{${name}}`, `{${configName(name)}}`), url),
    variables: names.map(name => {
      const variable = mapping(own(variables, name));
      const values = list(own(variable, 'enum')).filter(value => typeof value === 'string');
      const described = firstSentence(text(own(variable, 'description')));
      return {
        name: configName(name),
        description: described || (values.length > 0 ? `One of ${values.slice(0, 8).join(', ')}` : ''),
        fallback: text(own(variable, 'default')) || undefined,
      };
    }),
    grade: 'said',
    evidence: count > 1 ? `the first of ${count} servers` : 'the server that the description names',
  };
}

/** Swagger 2 has scheme, host and path apart. */
export function swaggerServer(root: Node, from: string | undefined): Server | undefined {
  const host = text(own(root, 'host'));
  const path = text(own(root, 'basePath'));
  const schemes = list(own(root, 'schemes'));
  const scheme = schemes.includes('https') || !schemes.includes('http') ? 'https' : 'http';
  const url = absolute(host === '' ? path : `${scheme}://${host}${path}`, from);
  if (url === undefined) return undefined;
  return { ...withVariables(url, {}, 1, () => ({})), evidence: 'host and basePath of the description' };
}

/** The address without what follows it; undefined where it is none, and the description came from none. */
function absolute(url: string, from: string | undefined): string | undefined {
  const whole = url.startsWith('//') ? `https:${url}` : url;
  const plain = whole
    .trim()
    .replace(/[?#].*$/, '')
    .replace(/\/+$/, '');
  if (/^https?:\/\/[^\s"'<>\\^`|]+$/i.test(plain)) return isSound(plain) ? plain : undefined;
  if (from === undefined || /^[a-z][a-z0-9+.-]*:/i.test(plain)) return undefined;
  try {
    return new URL(plain === '' ? '/' : plain, from).href.replace(/\/+$/, '');
  } catch {
    return undefined;
  }
}

/** Is it an address, whatever its variables stand for? */
function isSound(url: string): boolean {
  return URL.canParse(url.replaceAll(/:\{[^{}]+\}/g, ':1').replaceAll(/\{[^{}]+\}/g, 'x'));
}
