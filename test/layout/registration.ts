import type { Layout } from '../../src/mage/layout.ts';
import type { Registration } from '../../src/mage/source.ts';

/** A source to register, with what a test changes. */
export function registration(changes: Partial<Registration> = {}): Registration {
  return {
    name: 'Acme CRM',
    className: 'AcmeCRM',
    uuid: 'acme_crm',
    sql: false,
    description: 'Contacts from Acme.',
    documentation: '## Configuration\n',
    pythonPackages: [],
    ...changes,
  };
}

export const CORE: Layout = {
  kind: 'core',
  root: '/checkout',
  sources: 'mage_integrations/mage_integrations/sources',
  importRoot: 'mage_integrations.sources',
};

export const PROJECT: Layout = {
  kind: 'project',
  root: '/project',
  sources: 'data_integrations/sources',
  importRoot: 'data_integrations.sources',
};

export const STANDALONE: Layout = {
  kind: 'standalone',
  root: '/work',
  sources: 'sources',
  importRoot: 'mage_integrations.sources',
};

/** Names that a file format could take for its own syntax. */
export const HOSTILE_NAMES: readonly string[] = [
  '"; import os',
  "'); import os  # '",
  '{{x}}',
  '<b>{x}</b>',
  'a](http://x.test) | b',
  'back\\slash\\',
  'Joe\'s "Data"',
  'yes',
  '1:30',
  '- a: b # c',
  'Ünïcode Ltd ☃ 𝒳',
  '[a], *b*, `c`, _d_',
  '%s & !tag',
];
