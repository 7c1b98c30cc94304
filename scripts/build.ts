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

/** These packages read their own package.json beside them, which isn't there in a bundle: the version is put in its place. */
const ownVersions: Plugin = {
  name: 'own-versions',
  setup({ onLoad }) {
    onLoad({ filter: /yeoman-(environment\/dist\/environment-base|generator\/dist\/generator)\.js$/ }, ({ path }) => {
      const { version } = JSON.parse(readFileSync(join(dirname(path), '../package.json'), 'utf8'));
      const contents = readFileSync(path, 'utf8')
        .replace("require('../package.json').version", JSON.stringify(version))
        .replace("JSON.parse(readFileSync(pathJoin(_dirname, '../package.json'), 'utf8'))", JSON.stringify({ version }));
      if (!contents.includes(JSON.stringify(version))) throw new Error(`${path} reads its version in another way now`);
      return { contents, loader: 'js' };
    });
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
  format: 'esm',
  target: 'node20.17',
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  chunkNames: 'chunks/[name]-[hash]',
  external: ['@astral-sh/ruff-wasm-nodejs'],
  banner: { js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);" },
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
