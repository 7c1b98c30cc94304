/** Answers as they are gathered: not yet checked. */
export type RawAnswers = Record<string, unknown>;
