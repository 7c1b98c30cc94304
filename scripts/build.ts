import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { COMMANDS } from '../src/commands/commands.ts';
import { LIBRARY, parsedPath } from '../src/python/compose/module.ts';
import { NAMES_PATH, namesOf } from '../src/python/compose/names.ts';
import { topLevel } from '../src/python/parse.ts';
import { writeTree } from '../src/python/syntax-node.ts';
import { answersDocs } from './answers-docs.ts';
import { answersJsonSchema } from './answers-schema.ts';
import { editYeoman, ownEditor, withoutActions } from './build-plugins.ts';
import { licences } from './licences.ts';

const ROOT = resolve(import.meta.dirname, '..');
const DIST = join(ROOT, 'dist');
const GENERATORS = COMMANDS.map(({ name }) => name);

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
  plugins: [withoutActions, ownEditor, editYeoman],
});
for (const name of GENERATORS) {
  cpSync(join(ROOT, 'generators', name, 'USAGE'), join(DIST, 'generators', name, 'USAGE'));
}
// What is read at run time; see src/base/assets.ts.
const names: Record<string, string[]> = {};
const isAsset = (file: string) => /(\.(ejs|py)|Dockerfile)$/.test(file);
for (const file of readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' }).filter(isAsset)) {
  const asset = join(DIST, 'assets', file);
  cpSync(join(ROOT, 'src', file), asset);
  if (!file.endsWith('.py')) continue;
  const script = topLevel(readFileSync(asset, 'utf8'))?.[0]?.parent;
  if (!script) throw new Error(`${file} is not valid Python, or is empty`);
  writeFileSync(parsedPath(asset), JSON.stringify(writeTree(script)));
  const path = file.replaceAll('\\', '/');
  if (path.startsWith('kinds/')) names[path] = namesOf(LIBRARY.module(path));
}
writeFileSync(join(DIST, 'assets', NAMES_PATH), JSON.stringify(names));
mkdirSync(DIST, { recursive: true });
writeFileSync(join(ROOT, 'docs/answers.md'), await answersDocs());
writeFileSync(join(ROOT, 'answers.schema.json'), `${JSON.stringify(await answersJsonSchema(), undefined, 2)}\n`);
writeFileSync(join(DIST, 'THIRD-PARTY-LICENSES.txt'), licences(ROOT, Object.keys(metafile.inputs)));
