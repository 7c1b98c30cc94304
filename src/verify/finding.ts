/** What Mage does with a connector, in the order in which it is told. */
export const STEPS = [
  'templates',
  'discovery',
  'connection test',
  'wrong configuration',
  'sample',
  'first run',
  'second run',
  'selection',
  'count',
] as const;

export type Step = (typeof STEPS)[number];

/** Something that is wrong, or that may be. */
export interface Finding {
  readonly step: Step;
  /** Undefined for what is about the whole connector. */
  readonly stream?: string;
  /** A fault makes the exit code 1; a note is for a person to judge. */
  readonly is: 'fault' | 'note';
  readonly what: string;
  /** Which answer, line or file mends it; empty where what was found says it. */
  readonly mend: string;
}
