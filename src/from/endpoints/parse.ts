import { CORE_SCHEMA, load, mergeTag } from 'js-yaml';
import { UserError } from '../../base/problems.ts';

/** Anchors and aliases are kept as the same object in several places, so that a small file can't become a huge one. */
const YAML = { schema: CORE_SCHEMA.withTags(mergeTag), json: true, maxDepth: 500 };

/** The value of a description in JSON or YAML. Throws a UserError that names the file and the line. */
export function parseDescription(text: string, file: string): unknown {
  const plain = text.replace(/^\uFEFF/, '');
  try {
    return /^\s*[{[]/.test(plain) ? JSON.parse(plain) : load(plain, YAML);
  } catch (error) {
    const { reason, mark } = error as { reason?: string; mark?: { line: number } };
    throw new UserError(
      {
        where: file,
        ...(mark && { line: mark.line + 1 }),
        message: `is neither JSON nor YAML: ${reason ?? (error as Error).message}`,
        hint: 'give the file as the API publishes it',
      },
      { cause: error },
    );
  }
}
