import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { CatalogStream } from './catalog.ts';
import type { Finding } from './finding.ts';

/** Schemas that no stream stands for, where files are named as streams are. */
export function schemaFileFindings(folder: string, streams: readonly CatalogStream[]): Finding[] {
  const schemas = join(folder, 'schemas');
  if (!existsSync(schemas)) return [];
  const files = readdirSync(schemas, { withFileTypes: true })
    .filter(entry => entry.isFile() && entry.name.endsWith('.json'))
    .map(({ name }) => name.slice(0, -'.json'.length));
  const names = new Set(streams.map(({ tap_stream_id: name }) => name));
  const isByName = streams.length > 0 && [...names].every(name => files.includes(name));
  return files
    .filter(name => isByName && !names.has(name))
    .map(stream => ({
      step: 'discovery',
      stream,
      is: 'fault',
      what: `discovery lacks this stream, which schemas/${stream}.json stands for`,
      mend: 'does discover() leave it out, or is it in no list of streams? Else take the file away',
    }));
}
