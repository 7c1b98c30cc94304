import { toJsonSchema } from '@valibot/to-json-schema';
import * as v from 'valibot';
import { apiAnswers } from '../generators/api/answers.ts';
import { fileAnswers } from '../generators/file/answers.ts';
import { sqlAnswers } from '../generators/sql/answers.ts';

/** The JSON Schema of answers files, for editors; made from the definitions that validate them. */
export function answersJsonSchema(): object {
  const answers = v.variant('kind', [apiAnswers, sqlAnswers, fileAnswers]);
  // Checks that are code have no JSON Schema; what editors get is the form, and the generator checks the rest.
  return {
    ...toJsonSchema(answers, { typeMode: 'input', errorMode: 'ignore' }),
    title: 'Answers of generator-mage-connector',
  };
}
