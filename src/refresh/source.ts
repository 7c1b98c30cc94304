import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'jsonc-parser';
import { isMapping } from '../base/mapping.ts';
import { UserError } from '../base/problems.ts';
import { readText } from '../base/read-text.ts';
import { readConnector } from '../connector/existing.ts';
import { kindNamed } from '../kinds/registry.ts';
import { SchemaInference } from '../schema/infer/inference.ts';
import type { Node } from '../schema/infer/untyped.ts';
import type { SchemaAnswers } from './answers.ts';
import { openFile } from './input.ts';
import { readEvidence } from './read.ts';
import { concluded, type SourceEvidence } from './source-evidence.ts';

export interface SourcePlace {
  /** The folder that file names in the answers are relative to. */
  readonly folder: string;
  /** The connector's folder, absolute. */
  readonly connector: string;
  /** The schema's file, absolute. */
  readonly path: string;
  /** What `--header` gave: nothing, one or several. */
  readonly headers: unknown;
}

/** Reads the source that the answers name. Throws a UserError for one that can't be read or understood. */
export async function readSource(answers: SchemaAnswers, place: SourcePlace): Promise<SourceEvidence> {
  const { stream, sample, records_path: recordsPath } = answers;
  const headers = [place.headers ?? []].flat().map(String);
  const isAddress = /^https?:\/\//i.test(sample ?? '');
  if (headers.length > 0 && !isAddress)
    throw new UserError({
      where: '--header',
      message: 'is for samples that come from an address, such as --from https://…',
    });
  if (sample === undefined) return runConnector(answers, place);
  if (!isAddress) return readEvidence(openFile(sample, place.folder), { stream, recordsPath });
  const { openAddress, readHeaders } = await import('./http.ts');
  return readEvidence(await openAddress(sample, readHeaders(headers)), { stream, recordsPath });
}

async function runConnector(
  { stream, config }: SchemaAnswers,
  { folder, connector, path }: SourcePlace,
): Promise<SourceEvidence> {
  if (!existsSync(path)) {
    const hint = 'write the first one from a sample: --from FILE';
    throw new UserError({ where: '--run', message: `the connector finds no stream ${stream} without ${path}`, hint });
  }
  const { sampleRecords } = await import('./python-run.ts');
  const ours = readConnector(connector);
  const decimals =
    ours && (await kindNamed(ours.answers.kind)).readsDecimals(ours.answers) ? schemaNode(path) : undefined;
  const run = { connector, stream, config: config && resolve(folder, config), decimals };
  const inference = new SchemaInference({ stream });
  for (const record of await sampleRecords(run)) inference.add(record);
  return concluded(inference, 'typed', "the connector's sample");
}

function schemaNode(path: string): Node | undefined {
  const schema: unknown = parse(readText(path) ?? '');
  return isMapping(schema) ? schema : undefined;
}
