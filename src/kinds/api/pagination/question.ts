import type { Ask } from '../../../answers/ask.ts';
import type { RawAnswers } from '../../../answers/raw-answers.ts';
import { askPageSize } from './page-size.ts';
import { PAGINATIONS } from './registry.ts';

const choices = PAGINATIONS.map(({ type, name }) => ({ value: type, name }));

/** Asks how long lists are cut into pages; `now` is what is answered already, and becomes the default. */
export async function askPagination(ask: Ask, now: RawAnswers = {}): Promise<RawAnswers> {
  const type = await ask.choice('pagination', {
    message: 'How does the API cut long lists into pages',
    default: now.type as string | undefined,
    choices,
  });
  return askDetails(ask, type, now);
}

/** Asks the same of one stream, whose response is a list without a place for what the connector looks for at `path`. */
export async function askListPagination(ask: Ask, path: string): Promise<RawAnswers> {
  const beside = PAGINATIONS.filter(({ looksBeside }) => looksBeside).map(({ type }) => type);
  const type = await ask.choice('list_pagination', {
    message: 'How is this list cut into pages',
    help: `a response that is a list itself has no ${path}`,
    choices: choices.filter(({ value }) => !beside.includes(value)),
  });
  return askDetails(ask, type, {});
}

async function askDetails(ask: Ask, type: string, now: RawAnswers): Promise<RawAnswers> {
  const pagination = PAGINATIONS.find(each => each.type === type);
  if (!pagination?.hasPages) return { type };
  const same = now.type === type ? now : {};
  const { page_size_param, page_size, ...others } = same;
  const answers = await pagination.ask(ask, others);
  const sized = 'page_size' in pagination.definition.entries ? await askPageSize(ask, same) : {};
  return { ...others, type, ...answers, ...sized };
}
