import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { DescribedApi } from '../../src/from/described.ts';
import { READERS } from '../../src/from/registry.ts';
import { descriptionsBelow } from '../descriptions/files.ts';

/** An API as others describe it in both worlds. */
export interface Pair {
  readonly name: string;
  /** What we make of its OpenAPI descriptions. */
  readonly described: readonly DescribedApi[];
  /** What somebody wrote by hand. */
  readonly manifest: DescribedApi;
}

const MANIFEST = 'manifest.yaml';

/** Reads the folders of a folder: each has a manifest.yaml of Airbyte's, and one OpenAPI description or several. */
export async function* pairsBelow(folder: string): AsyncGenerator<Pair> {
  for (const name of readdirSync(folder).sort()) {
    const place = join(folder, name);
    if (!existsSync(join(place, MANIFEST))) continue;
    const described: DescribedApi[] = [];
    for (const file of descriptionsBelow(place).filter(path => !path.endsWith(MANIFEST)))
      described.push(await understood(file));
    yield { name, described, manifest: await understood(join(place, MANIFEST)) };
  }
}

async function understood(file: string): Promise<DescribedApi> {
  const text = readFileSync(file, 'utf8');
  const source = { name: file, text, file: resolve(file), address: undefined, headers: {}, responseHeaders: {} };
  const reader = READERS.find(each => each.recognises(source));
  if (!reader) throw new Error(`${file} is nothing that a reader knows`);
  return reader.read(source);
}
