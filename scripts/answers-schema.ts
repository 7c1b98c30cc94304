import { toJsonSchema } from '@valibot/to-json-schema';
import * as v from 'valibot';
import { fields } from '../src/answers/fields.ts';
import { apiAnswers, apiStream } from '../src/kinds/api/answers.ts';
import { fileAnswers, fileStream } from '../src/kinds/file/answers.ts';
import { sqlAnswers } from '../src/kinds/sql/answers.ts';
import { sqlStream } from '../src/kinds/sql/stream-answers.ts';
import { schemaAnswers } from '../src/refresh/answers.ts';

/** The JSON Schema of answers files, for editors; made from the definitions that validate them. */
export function answersJsonSchema(): object {
  const added = fields({ streams: v.array(v.union([apiStream, sqlStream, fileStream])) });
  const answers = v.union([v.variant('kind', [apiAnswers, sqlAnswers, fileAnswers]), added, schemaAnswers]);
  // Checks that are code have no JSON Schema: editors get the form, and the generator checks the rest.
  const schema = toJsonSchema(answers, { typeMode: 'input', errorMode: 'ignore' });
  return { title: 'Answers of generator-mage-connector', ...(plain(schema) as object) };
}

/** `additionalProperties: {not: {}}` is how Valibot says false. */
function plain(schema: unknown): unknown {
  const closed = (key: string, value: unknown) =>
    key === 'additionalProperties' && JSON.stringify(value) === '{"not":{}}' ? false : value;
  return JSON.parse(JSON.stringify(schema), closed);
}
