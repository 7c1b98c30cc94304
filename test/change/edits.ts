import fc from 'fast-check';

/** An edit that a user makes in a file: a line of its own, or more at the end of one. Its text is unlike any other. */
export interface UserEdit {
  readonly at: number;
  readonly isNew: boolean;
  readonly text: string;
}

/** A line of text as users write it, and worse: what a template, a regular expression or a merge might take for its own. */
const wild = fc.oneof(
  { weight: 3, arbitrary: fc.string({ maxLength: 12 }) },
  fc.constantFrom(
    '<<<<<<< ours',
    '=======',
    '>>>>>>> theirs',
    '$& $1 $`',
    '<%= 1 %>',
    '| `deals` | x |',
    '{{ x }}',
    '"""',
    '\\',
  ),
);

/** Edits of a file, each with a number that nothing else has; positions are taken modulo the file's lines. */
export const userEdits = (most: number): fc.Arbitrary<readonly UserEdit[]> =>
  fc.array(fc.tuple(fc.nat(100_000), fc.boolean(), wild), { minLength: 1, maxLength: most }).map(list =>
    list.map(([at, isNew, text], index) => ({
      at,
      isNew,
      text: ` # mine ${index} ${text.replaceAll(/[\r\n\u0085\u2028\u2029\f\v]|"""|'''|\\$/g, '')} mine`,
    })),
  );

/** A file with a user's edits. A comment may stand at every line's end in Python, and nearly everywhere between them. */
export function edited(text: string, edits: readonly UserEdit[]): string {
  const lines = text.split('\n');
  for (const { at, isNew, text: mine } of edits) {
    const index = at % Math.max(1, lines.length - 1);
    if (isNew) lines.splice(index, 0, mine.trimStart());
    else lines[index] = `${lines[index]}${mine}`;
  }
  return lines.join('\n');
}

/** The file as it would be without the edits: each of them is taken out, and has to be there, once and whole. */
export function unedited(text: string, edits: readonly UserEdit[]): string {
  return edits.reduceRight((result, { isNew, text: mine }) => {
    const parts = isNew ? result.split(`${mine.trimStart()}\n`) : result.split(mine);
    if (parts.length !== 2) throw new Error(`${JSON.stringify(mine)} is there ${parts.length - 1} times`);
    return parts.join('');
  }, text);
}
