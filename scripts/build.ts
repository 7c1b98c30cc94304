import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { answersJsonSchema } from './answers-schema.ts';
import { licences } from './licences.ts';

const ROOT = resolve(import.meta.dirname, '..');
const DIST = join(ROOT, 'dist');
const GENERATORS = ['app', 'api', 'sql', 'file', 'stream', 'schema'];

/**
 * Yeoman's environment carries npm's own installer, to fetch generators while it runs. Nothing here does, and it is half of
 * the code that would have to be loaded.
 */
const withoutInstaller: Plugin = {
  name: 'without-installer',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^@npmcli\/arborist$/ }, ({ path }) => ({ path, namespace: 'absent' }));
    onLoad({ filter: /.*/, namespace: 'absent' }, () => ({ contents: 'export default class {}' }));
  },
};

/** Where Yeoman reads the package.json beside its own files, which isn't there in a bundle. */
const PACKAGE_READERS = [
  { file: 'yeoman-environment/dist/environment-base.js', code: "require('../package.json')" },
  {
    file: 'yeoman-environment/dist/module-lookup.js',
    code: "JSON.parse(readFileSync(join(PROJECT_ROOT, 'package.json')).toString())",
  },
  {
    file: 'yeoman-generator/dist/generator.js',
    code: "JSON.parse(readFileSync(pathJoin(_dirname, '../package.json'), 'utf8'))",
  },
];

/** Puts name and version of these packages in the place of the reading. */
const ownVersions: Plugin = {
  name: 'own-versions',
  setup({ onLoad }) {
    for (const { file, code } of PACKAGE_READERS) {
      onLoad({ filter: new RegExp(`${file.replaceAll('.', '\\.')}$`) }, ({ path }) => {
        const { name, version } = JSON.parse(readFileSync(join(dirname(path), '../package.json'), 'utf8'));
        const source = readFileSync(path, 'utf8');
        if (!source.includes(code)) throw new Error(`${path} reads its package.json in another way now`);
        return { contents: source.replace(code, JSON.stringify({ name, version })), loader: 'js' };
      });
    }
  },
};

rmSync(DIST, { recursive: true, force: true });
const { metafile } = await build({
  entryPoints: [
    { in: join(ROOT, 'bin/mage-connector.ts'), out: 'bin/mage-connector' },
    ...GENERATORS.map(name => ({ in: join(ROOT, `generators/${name}/index.ts`), out: `generators/${name}/index` })),
  ],
  outdir: DIST,
  bundle: true,
  splitting: true,
  platform: 'node',
  // jsonc-parser's main file can't be bundled.
  mainFields: ['module', 'main'],
  format: 'esm',
  target: 'node20.17',
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  chunkNames: 'chunks/[name]-[hash]',
  external: ['@astral-sh/ruff-wasm-nodejs'],
  banner: {
    js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
  },
  metafile: true,
  plugins: [withoutInstaller, ownVersions],
});
for (const name of [...GENERATORS, 'common']) {
  for (const part of ['templates', 'USAGE']) {
    const source = join(ROOT, 'generators', name, part);
    if (existsSync(source)) cpSync(source, join(DIST, 'generators', name, part), { recursive: true });
  }
}
mkdirSync(DIST, { recursive: true });
writeFileSync(join(ROOT, 'answers.schema.json'), `${JSON.stringify(answersJsonSchema(), undefined, 2)}\n`);
writeFileSync(join(DIST, 'THIRD-PARTY-LICENSES.txt'), licences(ROOT, Object.keys(metafile.inputs)));
