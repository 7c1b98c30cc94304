import { readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'esbuild';

/**
 * What Yeoman loads for actions that nothing here takes, and that was most of what a start-up had to load: npm's installer,
 * git, the start of other programs, the look for a package's latest version, and patterns.
 */
const UNUSED = [
  '@npmcli/arborist',
  'simple-git',
  'execa',
  'latest-version',
  'normalize-package-data',
  'registry-auth-token',
  'which-package-manager',
  // The look for generators in folders of packages; ours is registered.
  'globby',
  // Copies of files by patterns.
  'tinyglobby',
  'multimatch',
];

/** Leaves those packages out: such an action would fail. */
export const withoutActions: Plugin = {
  name: 'without-actions',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: new RegExp(`^(${UNUSED.join('|')})$`) }, ({ path }) => ({ path, namespace: 'absent' }));
    // As CommonJS it may be asked for any name.
    onLoad({ filter: /.*/, namespace: 'absent' }, () => ({ contents: 'module.exports = {};' }));
  },
};

const EDITOR = fileURLToPath(new URL('../src/yeoman/editor.ts', import.meta.url));

/** Has Yeoman's conflicts open an editor by what is here. */
export const ownEditor: Plugin = {
  name: 'own-editor',
  setup({ onResolve }) {
    onResolve({ filter: /^@inquirer\/external-editor$/ }, () => ({ path: EDITOR }));
  },
};

interface Edit {
  readonly file: string;
  readonly code: string;
  /** What stands there instead, made from name and version of the package. */
  readonly instead: (identity: string) => string;
}

/**
 * Yeoman reads the package.json beside its own files, which isn't there in a bundle; its terminal loads all that asks questions,
 * which most runs of a script don't, and the spinner of a look for generators, whose width of characters takes longer to
 * prepare than all else of Yeoman; its environment a command line of its own; and its generator all of lodash, to offer it
 * as a property that nothing here uses.
 */
const EDITS: readonly Edit[] = [
  {
    file: 'yeoman-environment/dist/environment-base.js',
    code: "require('../package.json')",
    instead: identity => identity,
  },
  {
    file: 'yeoman-environment/dist/module-lookup.js',
    code: "JSON.parse(readFileSync(join(PROJECT_ROOT, 'package.json')).toString())",
    instead: identity => identity,
  },
  {
    file: 'yeoman-generator/dist/generator.js',
    code: "JSON.parse(readFileSync(pathJoin(_dirname, '../package.json'), 'utf8'))",
    instead: identity => identity,
  },
  {
    file: '@yeoman/adapter/dist/adapter.js',
    code: "import { createAdapterPromptModule } from './inquirer.js';",
    instead: () => `
const createAdapterPromptModule = options => {
  let module;
  return async (...args) => {
    module ??= (await import('./inquirer.js')).createAdapterPromptModule(options);
    return module(...args);
  };
};`,
  },
  {
    file: '@yeoman/adapter/dist/queued-adapter.js',
    code: "import ora from 'ora';",
    instead: () => 'const ora = () => ({ isSpinning: false, start() {}, stop() {} });',
  },
  {
    file: 'yeoman-environment/dist/util/command.js',
    code: "import { Command, Option } from 'commander';",
    instead: () => 'class Command {} class Option {}',
  },
  // Only what tests need; it loads the same.
  { file: '@yeoman/adapter/dist/index.js', code: "export * as testing from './testing/index.js';", instead: () => '' },
  { file: 'yeoman-generator/dist/generator.js', code: "import * as _ from 'lodash-es';", instead: () => '' },
  { file: 'yeoman-generator/dist/generator.js', code: ' _ = _;', instead: () => '' },
];

/** Makes those edits. Throws if a file has changed, as an update of Yeoman may do. */
export const editYeoman: Plugin = {
  name: 'edit-yeoman',
  setup({ onLoad }) {
    for (const file of new Set(EDITS.map(edit => edit.file)))
      onLoad({ filter: new RegExp(`${file.replaceAll('.', '\\.')}$`) }, ({ path }) => {
        const { name, version } = JSON.parse(readFileSync(join(packageOf(path), 'package.json'), 'utf8'));
        const edits = EDITS.filter(edit => edit.file === file);
        return { contents: edited(path, edits, JSON.stringify({ name, version })), loader: 'js' };
      });
  },
};

/** The folder of the package that a built file is of. */
function packageOf(path: string): string {
  return path.slice(0, path.lastIndexOf(`${sep}dist${sep}`));
}

function edited(path: string, edits: readonly Edit[], identity: string): string {
  return edits.reduce(
    (source, { code, instead }) => {
      if (!source.includes(code)) throw new Error(`${path} is another now: it has no ${code}`);
      return source.replace(code, () => instead(identity));
    },
    readFileSync(path, 'utf8'),
  );
}
