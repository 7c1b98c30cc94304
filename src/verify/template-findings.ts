import { nearest } from '../base/names.ts';
import type { Finding } from './finding.ts';

/** What doesn't fit together of the template, the README beside the form, and the configuration that was given. */
export function templateFindings(template: unknown, readme: string | undefined, config: object): Finding[] {
  if (typeof template !== 'object' || template === null || Array.isArray(template))
    return [finding('fault', 'templates/config.json is no object of keys', 'write {"key": "value"} into it')];
  const keys = Object.keys(template);
  const nested = keys
    .filter(key => typeof (template as Record<string, unknown>)[key] === 'object')
    .filter(key => (template as Record<string, unknown>)[key] !== null);
  const untold = readme === undefined ? [] : keys.filter(key => !readme.includes(key));
  const unknown = Object.keys(config).filter(key => !keys.includes(key));
  return [
    ...(readme === undefined
      ? [finding('fault', 'there is no README.md: Mage’s form is empty', 'describe the configuration in README.md')]
      : []),
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

function finding(is: Finding['is'], what: string, mend: string): Finding {
  return { step: 'templates', is, what, mend };
}
