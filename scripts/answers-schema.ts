import { toJsonSchema } from '@valibot/to-json-schema';
import { partition } from 'lodash-es';
import * as v from 'valibot';
import { COMMANDS } from '../src/commands/commands.ts';

/** The JSON Schema of answers files, for editors; made from the definitions that validate them. */
export async function answersJsonSchema(): Promise<object> {
  const all = await Promise.all(COMMANDS.map(({ answers }) => answers()));
  const [connectors, others] = partition(
    all.filter(definition => definition !== undefined),
    hasKind,
  );
  const answers = v.union([v.variant('kind', connectors as never), ...others]);
  // Checks that are code have no JSON Schema: editors get the form, and the generator checks the rest.
  const schema = toJsonSchema(answers, { typeMode: 'input', errorMode: 'ignore' });
  return { title: 'Answers of generator-mage-connector', ...(plain(schema) as object) };
}

/** Those of connectors are told apart by their kind. */
function hasKind(definition: v.GenericSchema): boolean {
  return 'entries' in definition && 'kind' in (definition.entries as object);
}

/** `additionalProperties: {not: {}}` is how Valibot says false. */
function plain(schema: unknown): unknown {
  const closed = (key: string, value: unknown) =>
    key === 'additionalProperties' && JSON.stringify(value) === '{"not":{}}' ? false : value;
  return JSON.parse(JSON.stringify(schema), closed);
}
