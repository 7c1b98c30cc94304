import { markdownCode } from '../../src/base/markdown.ts';

/** The part of JSON Schema that the published schema of answers uses. */
export interface JsonSchema {
  readonly type?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly additionalProperties?: JsonSchema | false;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
}

/** The forms of a value that may have several: those of `oneOf` and `anyOf` of objects with keys; one if it has one. */
export function formsOf(schema: JsonSchema): readonly JsonSchema[] {
  const inner = schema.type === 'array' ? schema.items : schema;
  const forms = inner?.oneOf ?? inner?.anyOf ?? (inner ? [inner] : []);
  return forms.every(form => form.properties) ? forms : [];
}

/** The key that tells forms apart: the one that is a constant in each. */
export function tellingKey(forms: readonly JsonSchema[]): string | undefined {
  const isConstant = (key: string) => forms.every(form => form.properties?.[key]?.const !== undefined);
  return forms.length > 1 ? Object.keys(forms[0]?.properties ?? {}).find(isConstant) : undefined;
}

/** What a value may be, in words. */
export function wordsOf(schema: JsonSchema): string {
  const { type, items } = schema;
  if (schema.const !== undefined) return code(schema.const);
  if (schema.enum) return schema.enum.map(code).join(', ');
  if (type === 'array') return items && wordsOf(items) !== '' ? `a list of ${several(wordsOf(items))}` : 'a list';
  if (type === 'integer') return `a whole number from ${schema.minimum ?? 0}`;
  return (type && PLAIN[type]) ?? unionWords(schema.oneOf ?? schema.anyOf ?? []);
}

const PLAIN: Readonly<Record<string, string>> = {
  number: 'a number',
  boolean: 'true or false',
  string: 'text',
  object: 'a mapping',
};

function unionWords(forms: readonly JsonSchema[]): string {
  if (forms.length === 0) return '';
  const telling = tellingKey(forms);
  if (telling) return `by \`${telling}\`: ${forms.map(form => code(form.properties?.[telling]?.const)).join(', ')}`;
  if (forms.every(({ type }) => type === 'string' || type === 'integer')) return 'text or a whole number';
  const isPlain = forms.every(({ type }) => type === 'string' || type === 'number' || type === 'boolean');
  return isPlain ? 'text, a number, true or false' : 'a mapping';
}

function several(words: string): string {
  return words.replace('a mapping', 'mappings').replace('a whole number', 'whole numbers');
}

/** A value as it stands in an answers file. */
export function code(value: unknown): string {
  return markdownCode(typeof value === 'string' ? value : JSON.stringify(value));
}
