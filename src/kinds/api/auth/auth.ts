import { isEqual } from 'lodash-es';
import type { ConfigKey } from '../../../connector/model.ts';
import { type AuthAnswer, chosenFrom } from './answers.ts';
import { SCHEMES } from './registry.ts';
import type { Scheme } from './scheme.ts';

/** How a connector authenticates its requests. */
export interface AuthModel {
  /** None, one, or those that the configuration chooses from. */
  readonly schemes: readonly Scheme[];
  /** The configuration says which of the schemes it is. */
  readonly choice: boolean;
  /** Those of streams that have one of their own. */
  readonly own: readonly OwnAuth[];
  /** All of them. */
  readonly all: readonly Scheme[];
  /** True where some scheme has a secret in the request parameters. */
  readonly params: boolean;
}

/** How some streams are authenticated. */
export interface OwnAuth {
  /** What the client calls it. */
  readonly name: string;
  /** Undefined where nothing authenticates them. */
  readonly scheme: Scheme | undefined;
  /** The streams by their positions. */
  readonly streams: readonly number[];
}

/** Resolves validated answers: that of a connector, and those of streams that have one of their own. */
export function resolveAuth(answer: AuthAnswer, streams: readonly { readonly auth?: AuthAnswer }[]): AuthModel {
  const options = chosenFrom(answer);
  const schemes = options
    ? Object.entries(options).flatMap(([option, given]) => schemeOf(given, option) ?? [])
    : [schemeOf(answer, undefined) ?? []].flat();
  const own = ownAuths(answer, streams, Object.keys(options ?? {}));
  const all = [...schemes, ...own.flatMap(({ scheme }) => scheme ?? [])];
  return {
    schemes,
    choice: options !== undefined,
    own,
    all,
    params: all.some(({ secrets }) => secrets.params.length > 0),
  };
}

function ownAuths(
  answer: AuthAnswer,
  streams: readonly { readonly auth?: AuthAnswer }[],
  taken: readonly string[],
): OwnAuth[] {
  const found: { readonly given: AuthAnswer; readonly positions: number[] }[] = [];
  streams.forEach(({ auth: given }, index) => {
    if (given === undefined || isEqual(given, answer)) return;
    const same = found.find(each => isEqual(each.given, given));
    if (same) same.positions.push(index);
    else found.push({ given, positions: [index] });
  });
  const names = new Set(['connector', ...taken]);
  return found.map(({ given, positions }) => {
    const name = freeName(given.type, names);
    names.add(name);
    return { name, scheme: schemeOf(given, undefined), streams: positions };
  });
}

function freeName(type: string, taken: ReadonlySet<string>): string {
  let name = type;
  for (let number = 2; taken.has(name); number += 1) name = `${type}_${number}`;
  return name;
}

/** Undefined for none. */
function schemeOf(answer: AuthAnswer, option: string | undefined): Scheme | undefined {
  if (answer.type === 'none') return undefined;
  const scheme = SCHEMES.find(({ type }) => type === answer.type);
  if (!scheme) throw new Error(`no authentication scheme is called ${answer.type}`);
  return scheme.resolve(answer, option);
}

/** The keys of the schemes; where the configuration chooses, of each scheme, none of which is needed in any case. */
export function authKeys({ schemes, choice, own }: AuthModel): ConfigKey[] {
  const always = [...(choice ? [] : schemes), ...own.flatMap(({ scheme }) => scheme ?? [])];
  const needed = united(always);
  if (!choice) return needed;
  const options = schemes.map(({ option }) => String(option));
  const chosen: ConfigKey = {
    name: 'auth_type',
    description: `How requests are authenticated: ${options.join(', ')}`,
    required: false,
    default: options[0],
    secret: false,
  };
  const others = united(schemes).filter(({ name }) => needed.every(key => key.name !== name));
  return [chosen, ...others.map(key => ofSchemes(key, schemes)), ...needed];
}

/** The keys of several schemes, each once: needed by one, or a secret to one, it is to all. */
function united(schemes: readonly Scheme[]): ConfigKey[] {
  const keys = new Map<string, ConfigKey>();
  for (const key of schemes.flatMap(scheme => scheme.keys)) {
    const known = keys.get(key.name) ?? key;
    keys.set(key.name, { ...known, required: known.required || key.required, secret: known.secret || key.secret });
  }
  return [...keys.values()];
}

function ofSchemes(key: ConfigKey, schemes: readonly Scheme[]): ConfigKey {
  const options = schemes.filter(({ keys }) => keys.some(({ name }) => name === key.name)).map(({ option }) => option);
  return { ...key, required: false, description: `${key.description} (with auth_type ${options.join(' or ')})` };
}
