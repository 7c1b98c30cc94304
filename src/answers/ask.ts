import * as v from 'valibot';
import { bold, dim } from 'yoctocolors';
import { splitList } from '../base/lists.ts';

/** What a prompt library is asked: the part of Yeoman's `prompt` that is used here. */
export type Prompt = (question: Record<string, unknown>) => Promise<Record<string, unknown>>;

interface Question {
  /** What is asked, without a colon. */
  readonly message: string;
  /** What it is for, or what an answer looks like. */
  readonly help?: string;
  /** The part of the answers' definition that the answer has to meet. */
  readonly check?: v.GenericSchema;
}

/** Asks questions one by one, each checked at once by the definition that an answers file is checked by. */
export class Ask {
  readonly #prompt: Prompt;

  constructor(prompt: Prompt) {
    this.#prompt = prompt;
  }

  /** A line of text; undefined where it was left empty and nothing is required. */
  async text(
    name: string,
    question: Question & { readonly default?: string; readonly optional?: boolean },
  ): Promise<string | undefined> {
    const validate = (input: string) => {
      const value = input.trim();
      if (value === '') return question.optional ? true : 'Please give an answer.';
      return question.check ? fault(question.check, value) : true;
    };
    const answer = await this.#one(name, question, { type: 'input', default: question.default, validate });
    return String(answer ?? '').trim() || undefined;
  }

  /** A whole number from 1. */
  async whole(name: string, question: Question & { readonly default: number }): Promise<number> {
    const check = v.pipe(v.string(), v.regex(/^[1-9]\d*$/, 'must be a whole number from 1'));
    return Number(await this.text(name, { ...question, default: String(question.default), check }));
  }

  /** A list, written with commas. */
  async list(
    name: string,
    question: Question & { readonly default?: readonly string[] },
  ): Promise<string[] | undefined> {
    const validate = (input: string) => (question.check ? fault(question.check, splitList(input)) : true);
    const answer = await this.#one(name, question, { type: 'input', default: question.default?.join(', '), validate });
    const items = splitList(String(answer ?? ''));
    return items.length > 0 ? items : undefined;
  }

  async choice<Value extends string>(
    name: string,
    question: Question & {
      readonly choices: readonly { readonly value: Value; readonly name: string }[];
      readonly default?: Value;
    },
  ): Promise<Value> {
    return (await this.#one(name, question, {
      type: 'select',
      choices: question.choices,
      default: question.default,
      loop: false,
    })) as Value;
  }

  async confirm(name: string, question: Question & { readonly default?: boolean }): Promise<boolean> {
    return (await this.#one(name, question, { type: 'confirm', default: question.default ?? false })) === true;
  }

  async #one(name: string, { message, help }: Question, rest: Record<string, unknown>): Promise<unknown> {
    const answers = await this.#prompt({ name, message, ...rest, theme: { style: { message: style(help) } } });
    return answers[name];
  }
}

/** The help stands behind a question while it is open, and makes room for the answer then. */
function style(help: string | undefined): (message: string, status: string) => string {
  return (message, status) => (help && status !== 'done' ? `${bold(message)} ${dim(`(${help})`)}` : bold(message));
}

function fault(schema: v.GenericSchema, value: unknown): true | string {
  const result = v.safeParse(schema, value, { abortEarly: true });
  return result.success ? true : `This ${result.issues[0].message}.`.replace(/\.\.$/, '.');
}
