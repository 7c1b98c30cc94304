import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The names of the modules that some text of Python imports anywhere. */
function importsIn(text: string): string[] {
  const statements = text.matchAll(/^[ \t]*(?:from[ \t]+(\w[\w.]*)[ \t]+import\b|import[ \t]+(\w[\w., \t]*))/gm);
  return [...statements].flatMap(([, from, names = '']) =>
    from ? [from] : names.split(',').map(name => name.trim().split(/\s/)[0] as string),
  );
}

/** What a program imports: that of `-c CODE`, or a script with all the modules in its folder; each name once, sorted. */
export function importsOf([program = '', code = '']: readonly string[]): string[] {
  const texts = program === '-c' ? [code] : program.startsWith('-') ? [] : modulesIn(dirname(program));
  return [...new Set(texts.flatMap(importsIn))].filter(Boolean).sort();
}

function modulesIn(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.py'));
  return files.map(file => readFileSync(join(folder, file), 'utf8'));
}

/** The names of a folder's modules and packages, without the endings of their files. */
export function topLevelNames(folder: string): ReadonlySet<string> {
  return new Set(existsSync(folder) ? readdirSync(folder).map(name => name.split('.')[0] as string) : []);
}
