import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Checkout, workspaceCheckout } from '../framework/checkout.ts';
import { type PackageSet, pythonFor, withPythonPath } from '../framework/python.ts';
import { runPython } from '../framework/run-python.ts';
import type { Generated } from '../support/generate.ts';
import { openFolder } from './doors.ts';

const DOLLAR = ['$', '{dollar}'].join('');

/** Names of which a connector can be made. No two give the same folder, on any disk. */
export const SOUND = [
  ...['Acme CRM', '2nd API', 'class', 'Ünïcode Ltd', 'a/../../b', 'Acme (EU)', 'n'.repeat(80), '{{x}}', '"; import os'],
  ...['None', 'Source', 'base', 'http', "'''quotes'''", '"""doc"""', 'back\\slash', DOLLAR, '<script>', '--help'],
  ...[
    '__proto__',
    'constructor',
    'Dict',
    'json',
    'requests',
    'STREAMS',
    'Acme | `pipe`',
    'party 🎉',
    "#{'hash'}",
    'y:',
  ],
  ...[
    'zero\u200bwidth',
    'main',
    'BaseStream',
    'datetime',
    'import x',
    'self',
    '%s %(a)s',
    '[link](x)',
    '&amp;',
    '- dash',
  ],
];

/** Names of which none can be made, each with what is said of it. */
export const UNSOUND: readonly (readonly [string, RegExp])[] = [
  ['', /is empty/],
  ['n'.repeat(300), /has 300 characters, 80 are the most/],
  ['数据', /has no Latin letters or digits .*give a uuid/],
  ['#{}', /has no Latin letters or digits/],
  ['Acme ', /begins or ends with a space/],
  ['Ac\nme', /control characters or line breaks/],
  ['Ac\u0007me', /control characters/],
  ['Ac\u202eme', /control characters/],
  ['Ac\ud800me', /control characters/],
];

/** Text with everything that could end a literal, a docstring, a table or a line, all on one line. */
export const HOSTILE_TEXT =
  '\'\'\' """ \\ \\\' {X} {{Y}} $ #{W} %s <script>alert(1)</script> | `tick` *b* _i_ [l](u) 🎉 数据 \u202e\u0007 end"';

/** Sample keys that a JSON response may have. */
export const HOSTILE_COLUMNS = [
  '__proto__',
  'constructor',
  "it's",
  '"dq"',
  'back\\slash',
  '{brace}',
  '%s',
  '<b>|`',
  '🎉',
  '数据',
];

export interface Place {
  readonly checkout: Checkout;
  /** The Mage project, in the project layout. */
  readonly project?: string;
}

/** A fresh checkout of mage-ai, or a fresh Mage project beside one. */
export function freshPlace(layout: 'core' | 'project'): Place {
  const checkout = workspaceCheckout(join(openFolder(), 'mage-ai'));
  if (layout === 'core') return { checkout };
  const project = openFolder();
  mkdirSync(join(project, 'data_loaders'));
  for (const file of ['metadata.yaml', 'io_config.yaml']) writeFileSync(join(project, file), '');
  return { checkout, project };
}

export interface Listed {
  readonly name: string;
  readonly fast: boolean;
  readonly streams: readonly string[];
}

const FRAMEWORK = fileURLToPath(new URL('../framework/', import.meta.url));

/** Lists each source as Mage does and has it discover, all in one process. */
const SURVEY = `
import importlib, json, os, sys
from listing import core, project
root, layout, config = sys.argv[1], sys.argv[2], json.loads(sys.argv[3])
package = 'mage_integrations.sources' if layout == 'core' else 'data_integrations.sources'
found = {}
for uuid, name in json.load(sys.stdin):
    listed = core(uuid) if layout == 'core' else project(uuid, root)
    source = getattr(importlib.import_module(f'{package}.{uuid}'), name)
    streams = source(config=config).discover().to_dict()['streams']
    found[uuid] = listed and {**listed, 'streams': [stream['tap_stream_id'] for stream in streams]}
print(json.dumps(found))
`;

/** How Mage lists connectors, and the streams that they discover, by uuid. */
export async function survey(
  { checkout, project }: Place,
  connectors: readonly Generated[],
  config: object,
): Promise<Record<string, Listed>> {
  const asked = connectors.map(({ model }) => [model.uuid, model.className]);
  const framework = [checkout.singer, join(checkout.root, 'mage_integrations'), checkout.root, FRAMEWORK];
  const args = ['-c', SURVEY, project ?? checkout.root, project ? 'project' : 'core', JSON.stringify(config)];
  const stdout = await python(args, JSON.stringify(asked), checkout.packages, [
    ...framework,
    ...(project ? [project] : []),
  ]);
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
}

/** What Python prints. Throws with its error output if it fails. */
export async function python(
  args: readonly string[],
  input: string,
  packages: PackageSet = 'test',
  path: readonly string[] = [],
): Promise<string> {
  const found = await pythonFor(packages);
  if ('missing' in found) throw new Error(found.missing);
  const env = withPythonPath({ ...found.env, PYTHONIOENCODING: 'utf-8' }, path);
  const { exitCode, stdout, stderr } = await runPython(found, args, { env, input });
  if (exitCode !== 0) throw new Error(stderr.slice(-3000));
  return stdout;
}
