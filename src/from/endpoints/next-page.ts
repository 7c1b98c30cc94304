import { pathText } from '../../base/paths.ts';
import type { Field } from './found-list.ts';
import { type Found, type Paging, pathAnswer } from './paging-facts.ts';
import { purposeOf } from './paging-words.ts';
import { bare } from './words.ts';

/** A Link header that the response is said to have. */
export function linkHeader({ facts, size }: Found): Paging | undefined {
  if (!facts.linkHeader) return undefined;
  return {
    answer: { type: 'link_header', omitted_at_end: true, ...size.answer },
    grade: 'said',
    evidence: 'the response has a Link header',
    params: facts.params.filter(({ name }) => purposeOf(name) === 'page').map(({ name }) => name),
    doubts: size.doubts,
  };
}

/** A cursor for a response that is nothing but a list can only come from a header, which is Link by convention. */
export function headerAlone({ params, facts, size }: Found): Paging | undefined {
  const param = params.get('cursor');
  if (!param || !facts.isBare) return undefined;
  return {
    answer: { type: 'link_header', omitted_at_end: true, ...size.answer },
    grade: 'guessed',
    evidence: `the parameter ${param.name}, and a response that is a list alone`,
    params: [param.name],
    doubts: ['that a Link header leads on is a guess', ...size.doubts],
  };
}

/** A parameter that takes the key of the last record. */
export function keyset({ params, field, facts, size }: Found): Paging | undefined {
  const param = params.get('keyset');
  if (!param || facts.keyField === undefined) return undefined;
  const more = field('more');
  return {
    answer: {
      type: 'keyset',
      keyset_param: param.name,
      keyset_field: facts.keyField,
      ...pathAnswer('has_more_path', more),
      ...size.answer,
    },
    grade: more ? 'said' : 'guessed',
    evidence: more ? `${param.name}, and ${pathText(more.path)} in the response` : `the parameter ${param.name}`,
    params: [param.name, ...facts.params.map(({ name }) => name).filter(name => bare(name) === 'endingbefore')],
    doubts: size.doubts,
  };
}

/** A parameter that takes what the response has for the next page. */
export function cursor({ params, field, facts, size }: Found): Paging | undefined {
  const param = params.get('cursor') ?? (field('offset') ? params.get('offset') : undefined);
  if (!param) return undefined;
  const next = field('cursor', candidate => isCursor(candidate) && candidate.shape.type !== 'boolean');
  const header = facts.headers.find(
    name => /next|cursor|continuation/i.test(name) && /cursor|token|page|continuation/i.test(name),
  );
  const more = field('more', ({ shape }) => shape.type !== 'string');
  if (!next && header === undefined) return undefined;
  return {
    answer: {
      type: 'cursor',
      cursor_param: param.name,
      ...(next ? { cursor_path: pathText(next.path) } : { cursor_header: header }),
      ...pathAnswer('has_more_path', more),
      ...omitted(next, more),
      ...(param.place === 'body' ? { cursor_in: 'body' } : {}),
      ...size.answer,
    },
    grade: next && /next|end|continu/.test(bare(pathText(next.path))) ? 'said' : 'inferred',
    evidence: `the parameter ${param.name}, and ${next ? pathText(next.path) : `the header ${header}`} of the response`,
    params: [param.name],
    doubts: size.doubts,
  };
}

/** A field called `next` may be an address, which is no cursor. */
function isCursor({ shape, name }: Field): boolean {
  return !isAddress(shape.format, shape.description, shape.example) && !/url|uri|href|link/i.test(name);
}

function isAddress(format: string | undefined, description: string, example: unknown): boolean {
  return (
    /^ur[il]/.test(format ?? '') ||
    /^(?:https?:\/)?\//.test(String(example ?? '')) ||
    /\b(?:url|uri|link)\b/i.test(description)
  );
}

/** The address of the next page, in the response. */
export function nextAddress({ params, field, facts, size }: Found): Paging | undefined {
  const next = field('address', ({ shape }) => shape.type === 'string' || shape.type === undefined);
  if (!next) return undefined;
  const text = pathText(next.path);
  const { format, description, example } = next.shape;
  const sure = isAddress(format, description, example) || /url|uri|href|link/i.test(text);
  // Without such a sign, `next` may as well be a number or a cursor.
  if (!sure && (params.has('cursor') || params.has('page'))) return undefined;
  return {
    answer: { type: 'next_url', next_url_path: text, ...omitted(next), ...size.answer },
    grade: sure ? 'said' : 'guessed',
    evidence: `${text} of the response has the address of the next page`,
    params: facts.params
      .filter(({ name }) => ['page', 'offset', 'cursor'].includes(purposeOf(name) ?? ''))
      .map(({ name }) => name),
    doubts: size.doubts,
  };
}

/** A value that the response need not have, and that is never null, is left out at the end. */
function omitted(next: Field | undefined, more?: Field): { readonly omitted_at_end?: true } {
  return next && !next.required && !next.shape.nullable && !more ? { omitted_at_end: true } : {};
}
