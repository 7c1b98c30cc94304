import type { RawAnswers } from '../../answers/raw-answers.ts';
import type { DescribedApi, DescribedParent, DescribedStream, Understood } from '../described.ts';
import { withParts } from '../with-answers.ts';
import { describedRequest, type Pairs, recordedRequest } from './pairs.ts';

/** Streams of a description as they are to be in a connector, and what to know of them. */
export interface Added {
  readonly streams: readonly DescribedStream[];
  readonly notes: readonly string[];
}

/** The streams of a description that a connector lacks: below its base URL, with names that are free, of parents as it calls them. */
export function added(
  api: DescribedApi,
  usable: readonly DescribedStream[],
  connector: RawAnswers,
  pairs: Pairs,
): Added {
  const taken = new Set(((connector.streams ?? []) as readonly RawAnswers[]).map(({ name }) => String(name)));
  const names = new Map([...pairs].map(([stream, { name }]) => [stream.name, String(name)]));
  const fresh = usable.filter(({ name }) => !isPaired(pairs, name));
  const notes: string[] = [];
  for (const { name } of fresh) {
    const free = freeName(name, taken);
    taken.add(free);
    names.set(name, free);
    if (free !== name) notes.push(`${name} is another than the connector's ${name}, and is added as ${free}`);
  }
  const isElsewhere = hasMoved(api, connector, pairs);
  const streams = fresh.map(stream => {
    const placed = isElsewhere ? stream : belowBase(stream, api, String(connector.base_url));
    const { parent, parents } = placed.answers;
    const answers = {
      ...placed.answers,
      ...(parent && { parent: renamedParent(parent, names) }),
      ...(parents && { parents: { ...parents, value: parents.value.map(each => renamed(each, names)) } }),
    };
    return withParts(placed, { name: names.get(stream.name) ?? stream.name, answers });
  });
  return { streams, notes };
}

/** Streams are compared by their names, since what was settled of one isn't the one that was read. */
function isPaired(pairs: Pairs, name: string): boolean {
  return [...pairs.keys()].some(stream => stream.name === name);
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name;
  let number = 2;
  while (taken.has(`${name}_${number}`)) number += 1;
  return `${name}_${number}`;
}

function renamedParent(parent: Understood<DescribedParent>, names: ReadonlyMap<string, string>) {
  return { ...parent, value: renamed(parent.value, names) };
}

function renamed(parent: DescribedParent, names: ReadonlyMap<string, string>): DescribedParent {
  return { ...parent, stream: names.get(parent.stream) ?? parent.stream };
}

/** True where the connector asks for the same paths somewhere else, as the user has it: then others are there as well. */
function hasMoved(api: DescribedApi, connector: RawAnswers, pairs: Pairs): boolean {
  return [...pairs].some(([stream, before]) => {
    const [there, here] = [describedRequest(stream, api), recordedRequest(before, connector)];
    return there.path === here.path && there.address !== here.address;
  });
}

/** A stream whose path counts from the connector's base URL, or that has the description's as its own. */
function belowBase(stream: DescribedStream, api: DescribedApi, base: string): DescribedStream {
  const { answers } = stream;
  const { base_url } = api.answers;
  if (answers.base_url || !base_url || bare(base_url.value) === bare(base)) return stream;
  const whole = `${bare(base_url.value)}/${answers.path.value.replace(/^\/+/, '')}`;
  if (!whole.startsWith(`${bare(base)}/`)) return withParts(stream, { answers: { ...answers, base_url } });
  return withParts(stream, {
    answers: { ...answers, path: { ...answers.path, value: whole.slice(bare(base).length) } },
  });
}

function bare(address: string): string {
  return address.replace(/\/+$/, '');
}

/** The host of a base URL, in lower case. */
export function hostOf(address: unknown): string {
  return (/^https?:\/\/([^/]+)/i.exec(String(address))?.[1] ?? '').toLowerCase();
}
