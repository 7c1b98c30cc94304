import { isMapping } from '../base/mapping.ts';
import { type Answered, Ask, type Prompt } from './ask.ts';
import { Back } from './back.ts';

/** The questions of one run, which the user may go back in. */
export class Conversation {
  readonly #prompt: Prompt;
  readonly #kept = new Map<string, Promise<unknown>>();
  #ask: Ask;

  /** `answered` are answers of a run before, which are given again without a question. */
  constructor(prompt: Prompt, answered: readonly Answered[] = []) {
    this.#prompt = prompt;
    this.#ask = new Ask(prompt, answered, this.#kept);
  }

  /** What was answered so far, without what may have secrets. */
  get answered(): readonly Answered[] {
    return this.#ask.answered.map(({ question, answer, isHidden }) => (isHidden ? { question } : { question, answer }));
  }

  /** What keeps the answers where the user stops, if the questions have something of their own. */
  get keep(): Ask['keep'] {
    return this.#ask.keep;
  }

  /**
   * Runs what asks questions. Where the user goes back, it runs again and is given the same answers but the last, whose question
   * is asked again: so it must depend on the answers alone, and writes nothing.
   */
  async run<Result>(questions: (ask: Ask) => Promise<Result>): Promise<Result> {
    for (;;) {
      try {
        return await questions(this.#ask);
      } catch (error) {
        if (!(error instanceof Back)) throw error;
        const { answered, later } = this.#ask;
        this.#ask = new Ask(this.#prompt, answered.slice(0, -1), this.#kept, [...answered.slice(-1), ...later]);
      }
    }
  }
}

/** True for a list of answers, as a file has them. */
export function areAnswered(value: unknown): value is readonly Answered[] {
  return Array.isArray(value) && value.every(item => isMapping(item) && typeof item.question === 'string');
}
