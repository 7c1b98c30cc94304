import { dirname, relative, resolve } from 'node:path';
import { stringify } from 'yaml';
import { readText } from '../base/read-text.ts';
import type { Change } from '../changes/change.ts';
import type { SchemaAnswers } from './answers.ts';

/** The file that `--save-answers` names, with paths relative to where it will stand, and without secrets. */
export function savedAnswers(answers: SchemaAnswers, folder: string, path: string | undefined): Change[] {
  if (!path) return [];
  const before = readText(path);
  const moved = (name: string | undefined) =>
    name === undefined || name === '-' ? name : relative(dirname(path), resolve(folder, name)).replaceAll('\\', '/');
  const { sample, config } = answers;
  const source = sample && URL.canParse(sample) && /^https?:/i.test(sample) ? withoutSecrets(sample) : moved(sample);
  const content = stringify({ ...answers, sample: source, config: moved(config) }, { lineWidth: 120 });
  return [{ path, before, content, ask: before !== undefined && before !== content }];
}

/** Parameters with names such as api_key go; headers are no answers in the first place. */
function withoutSecrets(address: string): string {
  const url = new URL(address);
  for (const name of [...url.searchParams.keys()])
    if (/key|token|secret|pass|pwd|sig|auth|cred|session/i.test(name)) url.searchParams.delete(name);
  return url.href;
}
