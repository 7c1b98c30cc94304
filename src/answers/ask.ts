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

  /** A line of text that may have secrets, and isn't shown any more once it is given; empty text where it was left empty. */
  async hidden(name: string, question: Question): Promise<string> {
    const transformer = (text: string, { isFinal }: { readonly isFinal: boolean }) =>
      isFinal ? concealed(text) : text;
    return String((await this.#one(name, question, { type: 'input', transformer })) ?? '').trim();
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

  /** Any of several, ticked with the space bar; those that are ticked at first, and one at least. */
  async many(
    name: string,
    question: Question & {
      readonly choices: readonly { readonly value: string; readonly name: string; readonly checked: boolean }[];
    },
  ): Promise<readonly string[]> {
    return (await this.#one(name, question, {
      type: 'checkbox',
      choices: question.choices,
      required: true,
      loop: false,
      pageSize: 15,
    })) as string[];
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

/** Of a text, what no secret is in: its first word, and the host of an address. */
function concealed(text: string): string {
  const [first = '', ...rest] = text.trim().split(/\s+/);
  const url = URL.canParse(first) ? new URL(first) : undefined;
  const shown = url?.protocol.startsWith('http') ? `${url.origin}${url.pathname}` : first.slice(0, 60);
  return rest.length > 0 || url?.search ? `${shown} …` : shown;
}

function fault(schema: v.GenericSchema, value: unknown): true | string {
  const result = v.safeParse(schema, value, { abortEarly: true });
  return result.success ? true : `This ${result.issues[0].message}.`.replace(/\.\.$/, '.');
}
