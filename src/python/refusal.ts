import { UserError } from '../base/problems.ts';

/** What an edit is about, to tell the user how to make it by hand when it can't be made safely. */
export interface Place {
  /** The file, as the user knows it. */
  readonly file: string;
  /** What to add, and where in the file. */
  readonly byHand: string;
}

/** Gives an edit up: the file stays as it is, and the user is told what to add. Never guesses. */
export function refuse({ file, byHand }: Place, reason: string): never {
  throw new UserError({ where: file, message: `${reason}; the file was not changed`, hint: `by hand, ${byHand}` });
}

/** The content of a file that an edit needs to exist. */
export function required(content: string | undefined, place: Place): string {
  return content ?? refuse(place, 'there is no such file');
}
