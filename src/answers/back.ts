/** What a prompt library gives instead of an answer where the user goes back to the question before. */
export const BACK = Symbol('back');

/** Thrown through everything that asks: the questions are gone through again, with the answers before this one. */
export class Back extends Error {}
