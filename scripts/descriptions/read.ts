import { readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { UserError } from '../../src/base/problems.ts';
import type { DescribedApi } from '../../src/from/described.ts';
import { READERS } from '../../src/from/registry.ts';
import { toAnswers } from '../../src/from/to-answers.ts';
import { plan, temporaryFolder } from '../../test/support/generate.ts';

/** So many streams are planned of each description; a connector of thousands is nothing that anyone wants. */
const MAX_STREAMS = 25;

/** What became of a description. */
export interface Taken {
  readonly name: string;
  readonly streams: number;
  readonly seconds: number;
  /** Undefined where it has no stream. */
  readonly answers: Record<string, unknown> | undefined;
  /** What is wrong with what was made of it. */
  readonly faults: readonly string[];
}

const folder = temporaryFolder();

/** Reads a description and plans its connector, of streams that have columns. */
export async function readDescription(file: string, root: string): Promise<Taken> {
  const name = relative(root, file);
  const start = performance.now();
  const text = readFileSync(file, 'utf8');
  const source = { name, text, file: resolve(file), address: undefined, headers: {}, responseHeaders: {} };
  const reader = READERS.find(each => each.recognises(source));
  if (!reader) return { name, streams: 0, seconds: 0, answers: undefined, faults: ['no reader knows it'] };
  try {
    const api = await reader.read(source);
    const seconds = () => (performance.now() - start) / 1000;
    const answers = answersOf(api, name);
    const took = seconds();
    const faults = answers ? await faultsOf(answers) : [];
    return { name, streams: api.streams.length, seconds: took, answers, faults };
  } catch (error) {
    const fault = error instanceof UserError ? error.message : ((error as Error).stack ?? String(error));
    return { name, streams: 0, seconds: (performance.now() - start) / 1000, answers: undefined, faults: [fault] };
  }
}

/** Answers with what a user is asked for where the description says nothing: the address and the columns. */
function answersOf(api: DescribedApi, name: string): Record<string, unknown> | undefined {
  const streams = withAncestors(api, api.streams.slice(0, MAX_STREAMS));
  if (streams.length === 0) return undefined;
  const { answers } = toAnswers({ ...api, streams });
  return {
    name: name
      .replace(/\.[a-z]+$/, '')
      .replaceAll(/[^A-Za-z0-9]+/g, ' ')
      .trim()
      .slice(0, 60),
    base_url: 'https://api.example.com',
    ...answers,
    layout: 'standalone',
    streams: (answers.streams as Record<string, unknown>[]).map(stream => ({
      schema: { properties: { id: 'string' } },
      ...stream,
    })),
  };
}

/** The streams, and those that they are asked for by. */
function withAncestors(api: DescribedApi, streams: DescribedApi['streams']): DescribedApi['streams'] {
  const names = new Set(streams.map(stream => stream.name));
  const rest = [...streams];
  for (let stream = rest.pop(); stream; stream = rest.pop())
    for (const { stream: parent } of [stream.answers.parent?.value ?? [], stream.answers.parents?.value ?? []].flat()) {
      const found = names.has(parent) ? undefined : api.streams.find(each => each.name === parent);
      if (!found) continue;
      names.add(parent);
      rest.push(found);
    }
  return api.streams.filter(stream => names.has(stream.name));
}

async function faultsOf(answers: Record<string, unknown>): Promise<string[]> {
  try {
    await plan('api', answers, { cwd: folder });
    return [];
  } catch (error) {
    return error instanceof UserError ? [error.message] : [(error as Error).stack ?? String(error)];
  }
}
