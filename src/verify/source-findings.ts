import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding } from './finding.ts';

/** Keys of a configuration that the framework reads itself. */
const OF_MAGE = new Set([
  'start_date',
  'table',
  'tables',
  'database',
  'schema',
  'host',
  'port',
  'username',
  'password',
  'batch_fetch_limit',
  'subbatch_fetch_limit',
]);
const READ = /\bconfig(?:\.get\(|\[)\s*['"](\w+)['"]/g;
const OWN_SYNC = /^\s+(?:async )?def (?:sync|sync_stream|process)\(/m;
/** How the answers empty_statuses and errors stand in our Python. */
const SAYS_EMPTY = /^ {4}EMPTY_STATUSES = \(\d|'do': 'empty'/m;

/** Keys of the template that no Python reads, and those that Python reads and the template lacks. */
export function sourceFindings(folder: string, template: unknown): Finding[] {
  if (typeof template !== 'object' || template === null) return [];
  const keys = Object.keys(template);
  const texts = pythonOf(folder).map(path => readFileSync(path, 'utf8'));
  const read = new Set(texts.flatMap(text => [...text.matchAll(READ)].map(([, key]) => key as string)));
  const unread = keys.filter(key => !OF_MAGE.has(key) && !texts.some(text => text.includes(key)));
  const lacking = [...read].filter(key => !OF_MAGE.has(key) && !keys.includes(key));
  return [
    ...unread.map(key =>
      note(
        `nothing reads ${key}, which templates/config.json has`,
        'take it out there, or is it misspelt in the Python?',
      ),
    ),
    ...(lacking.length > 0
      ? [
          note(
            `the Python reads ${lacking.join(', ')}, which templates/config.json lacks`,
            'Mage’s form shows what the template has: add it there',
          ),
        ]
      : []),
  ];
}

/** Whether a connector goes through the streams itself, where the framework would read those that are selected. */
export function choosesStreams(folder: string): boolean {
  return pythonOf(folder).some(path => {
    const text = readFileSync(path, 'utf8');
    return OWN_SYNC.test(text) && !text.includes('super().sync(');
  });
}

/** Whether a connector of ours has answers that mean no records, as 404 does of some APIs. */
export function saysWhatIsEmpty(folder: string): boolean {
  return pythonOf(folder).some(path => SAYS_EMPTY.test(readFileSync(path, 'utf8')));
}

/** The Python files of a connector, without its tests. */
function pythonOf(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name.startsWith('test') || entry.name.startsWith('.') ? [] : pythonOf(path);
    return entry.name.endsWith('.py') ? [path] : [];
  });
}

function note(what: string, mend: string): Finding {
  return { step: 'templates', is: 'note', what, mend };
}
