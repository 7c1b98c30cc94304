import { nearest } from '../base/names.ts';
import type { Finding } from './finding.ts';
import { isSecretName } from './secrets.ts';

/** What doesn't fit together of the template, the README beside the form, and the configuration that was given. */
export function templateFindings(template: unknown, readme: string | undefined, config: object): Finding[] {
  if (typeof template !== 'object' || template === null || Array.isArray(template))
    return [finding('fault', 'templates/config.json is no object of keys', 'write {"key": "value"} into it')];
  const keys = Object.keys(template);
  const nested = keys
    .filter(key => typeof (template as Record<string, unknown>)[key] === 'object')
    .filter(key => (template as Record<string, unknown>)[key] !== null);
  const isEmpty = readme?.trim() === '';
  const untold = readme === undefined || isEmpty ? [] : keys.filter(key => !isNamed(readme, key));
  const unknown = Object.keys(config).filter(key => !keys.includes(key));
  return [
    ...(readme === undefined
      ? [finding('fault', 'there is no README.md: Mage’s form is empty', 'describe the configuration in README.md')]
      : []),
    ...(isEmpty
      ? [finding('fault', 'README.md is empty, and so is Mage’s form', 'describe the configuration in README.md')]
      : []),
    ...keysOnlyIn(readme ?? '', keys).map(key =>
      finding(
        'note',
        `README.md has ${key} among the keys of the configuration, and templates/config.json has not`,
        'add it there, or take it out of the table',
      ),
    ),
    ...Object.entries(template)
      .filter(([key, value]) => isSecretName(key) && (looksReal(value) || isOf(config, key, value)))
      .map(([key]) =>
        finding(
          'fault',
          `${key} of templates/config.json has what looks like a real secret`,
          'it is shown to everyone, and is in the repository: empty it there, and have the secret changed',
        ),
      ),
    ...nested.map(key =>
      finding(
        'fault',
        `${key} of templates/config.json is nested: Mage’s blocks break on it`,
        'keep the configuration flat',
      ),
    ),
    ...untold.map(key =>
      finding(
        'fault',
        `README.md doesn’t tell of ${key}, which templates/config.json has`,
        'add it to the table there',
      ),
    ),
    ...unknown.map(key => {
      const meant = nearest(key, keys);
      return finding(
        'note',
        `the configuration has ${key}, which templates/config.json has not`,
        meant ? `did you mean ${meant}?` : 'leave it out, or add it there',
      );
    }),
  ];
}

/** Whether a text has a key as a word of its own. */
function isNamed(text: string, key: string): boolean {
  return new RegExp(`(?<![\\w-])${key.replaceAll(/\W/g, '\\$&')}(?![\\w-])`).test(text);
}

/** The first cell of a row of a table, where it is a name. */
const CELL = /^\s*\|\s*`?([A-Za-z]\w*)`?\s*\|/;

/** Names that stand in a table beside keys of the template, and aren't any. */
function keysOnlyIn(readme: string, keys: readonly string[]): string[] {
  const tables = readme.split(/\n(?!\s*\|)/);
  return tables.flatMap(table => {
    const [, ...rows] = table.split('\n').filter(line => line.trimStart().startsWith('|'));
    const names = rows.flatMap(row => CELL.exec(row)?.[1] ?? []);
    return names.some(name => keys.includes(name)) ? names.filter(name => !keys.includes(name)) : [];
  });
}

/** What stands for a secret in a template. */
const PLACEHOLDER = /[<>{}$*\s]|your|change|example|sample|secret|token|password|xxx|\.\.\.|test|dummy/i;

/** Whether a value has the letters and digits of a secret that a machine made. */
function looksReal(value: unknown): boolean {
  return typeof value === 'string' && /^(?=.*\d)(?=.*[a-z])\S{12,}$/i.test(value) && !PLACEHOLDER.test(value);
}

function isOf(config: object, key: string, value: unknown): boolean {
  return typeof value === 'string' && value.length >= 6 && (config as Record<string, unknown>)[key] === value;
}

function finding(is: Finding['is'], what: string, mend: string): Finding {
  return { step: 'templates', is, what, mend };
}
