/** Prints as JSON what `--from` finds in a description, with the processor time and the memory of the whole process. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { READERS } from '../../src/from/registry.ts';

const file = process.argv[2] ?? '';
const text = readFileSync(file, 'utf8');
const source = { name: file, text, file: resolve(file), address: undefined, headers: {}, responseHeaders: {} };
const reader = READERS.find(each => each.recognises(source));
if (!reader) throw new Error('no reader knows it');
const { streams } = await reader.read(source);
const endpoints = streams.map(({ answers, schema }) => ({
  // Where each is described: `GET /users`.
  path: answers.path.evidence.replace(/^\S+ /, ''),
  records: answers.records_path?.value ?? null,
  paging: answers.pagination?.value.type === 'none' ? null : String(answers.pagination?.value.type),
  key: answers.key_properties?.value.join() ?? null,
  filter: answers.bookmark_param?.value ?? null,
  parent: (answers.parent ?? answers.parents) !== undefined,
  columns: Object.keys((schema?.value.properties ?? {}) as object).length,
}));
const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
const seconds = (userCPUTime + systemCPUTime) / 1e6;
process.stdout.write(JSON.stringify({ endpoints, seconds, megabytes: maxRSS / 1000 }));
