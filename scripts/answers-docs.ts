/** Writes docs/answers.md: `npm run docs`. */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { markdownTable } from '../src/base/markdown.ts';
import { answersJsonSchema } from './answers-schema.ts';
import { code, formsOf, type JsonSchema, tellingKey, wordsOf } from './docs/json-schema.ts';

const INTRO = `<!-- Made by \`npm run docs\` from the definitions that check answers. Change those, not this. -->

# Answers

An answers file is YAML or JSON. \`mage-connector --answers FILE\` asks nothing and takes everything from it.
Paths in it are relative to the file. Its name may be \`-\` for standard input.

Editors complete and check it with [answers.schema.json](../answers.schema.json):

\`\`\`yaml
# yaml-language-server: $schema=path/to/generator-mage-connector/answers.schema.json
\`\`\`

[examples/](../examples) has a file for each kind, and the tests run every one of them.
Keys in **bold** are required. In texts, \`{key}\` stands for a configuration key.`;

/** The page on answers files, made from their JSON Schema. */
export async function answersDocs(): Promise<string> {
  const [connectors, added, refreshed] = ((await answersJsonSchema()) as JsonSchema).anyOf ?? [];
  const kinds = connectors?.oneOf ?? [];
  const shared = sharedKeys(kinds);
  const inEveryKind = pick(kinds[0], key => shared.has(key));
  const known = new Map<string, string>();
  const sections = [
    INTRO,
    '## Every kind',
    table(inEveryKind),
    ...keySections(inEveryKind, 3, known),
    ...kinds.flatMap(kind => {
      const own = pick(kind, key => !shared.has(key) && key !== 'kind');
      return [`## kind: ${kind.properties?.kind?.const}`, table(own), ...keySections(own, 3, known)];
    }),
    '## Streams that are added',
    `The answers of \`mage-connector stream\` are ${Object.keys(added?.properties ?? {})
      .map(code)
      .join(', ')} alone: a list of streams as above.`,
    '## A schema that is refreshed',
    'The answers of `mage-connector schema`:',
    table(refreshed ?? {}),
  ];
  return `${sections.join('\n\n')}\n`;
}

/** The keys that every kind defines alike. */
function sharedKeys(kinds: readonly JsonSchema[]): ReadonlySet<string> {
  const [first, ...others] = kinds;
  const isAlike = ([key, value]: [string, JsonSchema]) =>
    others.every(other => JSON.stringify(other.properties?.[key]) === JSON.stringify(value));
  return new Set(
    Object.entries(first?.properties ?? {})
      .filter(isAlike)
      .map(([key]) => key),
  );
}

function pick(schema: JsonSchema | undefined, wanted: (key: string) => boolean): JsonSchema {
  const entries = Object.entries(schema?.properties ?? {}).filter(([key]) => wanted(key));
  return { ...schema, properties: Object.fromEntries(entries) };
}

/** A section for each key whose value has keys of its own; what was explained before is referred to. */
function keySections(schema: JsonSchema, level: number, known: Map<string, string>): string[] {
  return Object.entries(schema.properties ?? {}).flatMap(([key, value]) => {
    const forms = formsOf(value);
    if (forms.length === 0) return [];
    const before = known.get(JSON.stringify(forms));
    const heading = `${'#'.repeat(level)} ${key}`;
    if (before !== undefined) return [heading, `As [${before}](#${before}).`];
    const fewer = fewerForms(forms, known);
    if (fewer !== undefined) return [heading, fewer];
    known.set(JSON.stringify(forms), key);
    return [heading, ...formTexts(forms, level, known)];
  });
}

/** What is said of forms that were all explained before, among others; undefined where they weren't. */
function fewerForms(forms: readonly JsonSchema[], known: ReadonlyMap<string, string>): string | undefined {
  const telling = tellingKey(forms);
  if (telling === undefined) return undefined;
  const texts = forms.map(form => JSON.stringify(form));
  for (const [text, key] of known) {
    const all = JSON.parse(text) as JsonSchema[];
    const others = all.filter(form => !texts.includes(JSON.stringify(form)));
    if (others.length !== all.length - forms.length) continue;
    const names = others.map(form => code(`${telling}: ${form.properties?.[telling]?.const}`));
    return `As [${key}](#${key}), but for ${names.join(', ')}.`;
  }
  return undefined;
}

function formTexts(forms: readonly JsonSchema[], level: number, known: Map<string, string>): string[] {
  const [only] = forms;
  if (only && forms.length === 1) return [table(only), ...keySections(only, level + 1, known)];
  const telling = tellingKey(forms);
  if (telling === undefined) return ['One of these:', table(merged(forms))];
  return forms.map(form => {
    const name = `**\`${telling}: ${form.properties?.[telling]?.const}\`**`;
    const own = pick(form, key => key !== telling);
    return Object.keys(own.properties ?? {}).length > 0 ? `${name}\n\n${table(own)}` : `${name} has no other key.`;
  });
}

/** Forms of one key each, as rows of one table. */
function merged(forms: readonly JsonSchema[]): JsonSchema {
  return { properties: Object.assign({}, ...forms.map(({ properties }) => properties)) };
}

function table(schema: JsonSchema): string {
  const rows = Object.entries(schema.properties ?? {}).map(([key, value]) => {
    const name = schema.required?.includes(key) ? `**\`${key}\`**` : `\`${key}\``;
    const hasDefault = value.default !== undefined && typeof value.default !== 'object';
    const words = `${wordsOf(value)}${hasDefault ? ` (default ${code(value.default)})` : ''}`;
    return [name, words, value.description ?? ''].map(text => text.replaceAll('|', '\\|'));
  });
  return markdownTable(['Key', 'Value', ''], rows);
}

if (import.meta.filename === process.argv[1])
  writeFileSync(resolve(import.meta.dirname, '../docs/answers.md'), await answersDocs());
