import * as v from 'valibot';
import { bold, dim } from 'yoctocolors';
import { splitList } from '../base/lists.ts';
import { BACK, Back } from './back.ts';
import { concealed } from './pasted-text.ts';

/** What a prompt library is asked: the part of Yeoman's `prompt` that is used here. */
export type Prompt = (question: Record<string, unknown>) => Promise<Record<string, unknown>>;

/** As many choices as a terminal of 24 lines shows with the question and what was asked before. */
const MAX_ROWS = 18;

interface Question {
  /** What is asked, without a colon. */
  readonly message: string;
  /** What it is for, or what an answer looks like. */
  readonly help?: string;
  /** The part of the answers' definition that the answer has to meet. */
  readonly check?: v.GenericSchema;
}

/** One answer to a question, in the order in which they were asked. */
export interface Answered {
  readonly question: string;
  /** Left out where the answer may have secrets: such a question is asked again. */
  readonly answer?: unknown;
}

/** An answer as it was given. */
export interface Given extends Answered {
  /** True where it may have secrets. */
  readonly isHidden?: boolean;
}

/** Asks questions one by one, each checked at once by the definition that an answers file is checked by. */
export class Ask {
  readonly #prompt: Prompt;
  readonly #kept: Map<string, Promise<unknown>>;
  readonly #answered: Given[] = [];
  #known: readonly Given[];
  #later: readonly Given[];
  /** Keeps what there is where the run ends before it has written, and says how to go on; without it the answers are kept as they were given. */
  keep: (() => string) | undefined;

  /**
   * `known` are answers that are given again without a question, where they are to the same questions in the same order; `kept`
   * is what was made with them. `later` are those that the user went back from, which stand there to be changed.
   */
  constructor(
    prompt: Prompt,
    known: readonly Given[] = [],
    kept: Map<string, Promise<unknown>> = new Map(),
    later: readonly Given[] = [],
  ) {
    this.#prompt = prompt;
    this.#known = known;
    this.#kept = kept;
    this.#later = later;
  }

  /** What was answered so far. */
  get answered(): readonly Given[] {
    return this.#answered;
  }

  /** What is to be proposed again. */
  get later(): readonly Given[] {
    return this.#later;
  }

  /** Makes something that takes long once, though its questions may be gone through again; `key` says what it depends on. */
  once<Value>(key: string, make: () => Promise<Value>): Promise<Value> {
    const kept = this.#kept.get(key) ?? make();
    this.#kept.set(key, kept);
    return kept as Promise<Value>;
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

  /** A text that may have secrets and several lines, and is not shown whole; empty text where it was left empty. */
  async hidden(name: string, { check, ...question }: Question): Promise<string> {
    const transformer = (text: string, { isFinal }: { readonly isFinal: boolean }) =>
      isFinal ? concealed(text) : text;
    const validate = (text: string) => (check ? fault(check, text.trim()) : true);
    const rest = { type: 'input', transformer, conceal: concealed, validate, isHidden: true };
    return String((await this.#one(name, question, rest)) ?? '').trim();
  }

  /** A secret, which no letter is shown of; empty text where it was left empty. */
  async secret(name: string, question: Question): Promise<string> {
    const rest = { type: 'password', mask: '*', isSecret: true };
    return String((await this.#one(name, question, rest)) ?? '').trim();
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
      pageSize: MAX_ROWS,
    })) as Value;
  }

  /** Any of several, ticked in a list that can be searched by `matches`; those that are ticked at first, and one at least. */
  async many(
    name: string,
    question: Question & {
      readonly choices: readonly { readonly value: string; readonly name: string; readonly checked: boolean }[];
      readonly matches: (text: string) => ReadonlySet<string>;
    },
  ): Promise<readonly string[]> {
    return (await this.#one(name, question, {
      type: 'checkbox',
      choices: question.choices,
      matches: question.matches,
      required: true,
      loop: false,
    })) as string[];
  }

  async confirm(name: string, question: Question & { readonly default?: boolean }): Promise<boolean> {
    return (await this.#one(name, question, { type: 'confirm', default: question.default ?? false })) === true;
  }

  async #one(name: string, { message, help }: Question, rest: Record<string, unknown>): Promise<unknown> {
    const { isHidden, isSecret, ...asked } = rest;
    const question = { name, message, ...asked, theme: { style: { message: style(help) } } };
    // A question that is new, since another answer led to it, is asked before the known ones go on.
    const known = this.#known[0]?.question === name ? this.#known[0] : undefined;
    if (known) this.#known = this.#known.slice(1);
    const isKnown = known !== undefined && 'answer' in known && fits(known.answer, asked);
    const answer = isKnown ? known.answer : await this.#asked(this.#proposing(question));
    const mayShow = isSecret !== true && (isHidden !== true || isShown(String(answer ?? '')));
    if (!isKnown) this.#later = this.#later[0]?.question === name ? this.#later.slice(1) : [];
    this.#answered.push({ question: name, answer, ...(!mayShow && { isHidden: true }) });
    return answer;
  }

  /** The question with the answer that it had before the user went back, if it is that one. */
  #proposing<Asked extends Record<string, unknown>>(question: Asked): Asked {
    const before = this.#later[0];
    const isSame = before !== undefined && before.question === question.name && !before.isHidden;
    return isSame ? withAnswer(question, before.answer) : question;
  }

  async #asked(question: Record<string, unknown> & { readonly name: string }): Promise<unknown> {
    const answer = (await this.#prompt({ ...question, canGoBack: true }))[question.name];
    if (answer !== BACK) return answer;
    // There is nothing before the first question.
    if (this.#answered.length === 0) return this.#asked(question);
    throw new Back();
  }
}

/** True for an answer that the question could have had: the answers may come from a file. */
function fits(answer: unknown, { type, choices, validate }: Record<string, unknown>): boolean {
  const values = ((choices ?? []) as readonly { readonly value: unknown }[]).map(({ value }) => value);
  if (type === 'select') return values.includes(answer);
  if (type === 'checkbox')
    return Array.isArray(answer) && answer.length > 0 && answer.every(item => values.includes(item));
  if (type === 'confirm') return typeof answer === 'boolean';
  return typeof answer === 'string' && (typeof validate !== 'function' || validate(answer) === true);
}

/** A question with what was answered before. */
function withAnswer<Asked extends Record<string, unknown>>(question: Asked, answer: unknown): Asked {
  if (question.type !== 'checkbox') return { ...question, default: answer, prefill: 'editable' };
  const ticked = new Set(answer as readonly unknown[]);
  const choices = (question.choices as readonly { readonly value: unknown }[]).map(choice => ({
    ...choice,
    checked: ticked.has(choice.value),
  }));
  return { ...question, choices };
}

/** The help stands behind a question while it is open, and makes room for the answer then. */
function style(help: string | undefined): (message: string, status: string) => string {
  return (message, status) => (help && status !== 'done' ? `${bold(message)} ${dim(`(${help})`)}` : bold(message));
}

/** True for a text that has no secret in it: a file, or an address without its query. */
function isShown(text: string): boolean {
  return concealed(text) === text.trim();
}

function fault(schema: v.GenericSchema, value: unknown): true | string {
  const result = v.safeParse(schema, value, { abortEarly: true });
  return result.success ? true : `This ${result.issues[0].message}.`.replace(/\.\.$/, '.');
}
