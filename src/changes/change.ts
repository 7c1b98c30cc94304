/** What a run wants of one file. */
export interface Change {
  readonly path: string;
  readonly before: string | undefined;
  readonly content: string;
  /** True where the user's own version of a whole file would be overwritten, so that Yeoman has to ask. */
  readonly ask: boolean;
  /** True where the file goes; its content is empty then. */
  readonly removed?: boolean;
}

/** Does a change leave something else than what is there? */
export function isDifference({ before, content, removed }: Change): boolean {
  return removed === true || before !== content;
}
