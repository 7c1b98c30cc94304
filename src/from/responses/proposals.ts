import { isEqual } from 'lodash-es';
import type { DescribedStream } from '../described.ts';
import { recordsIn } from './records.ts';
import { pagingSigns } from './signs.ts';

/** A whole answer to how pages go on, and how it is offered. */
export interface PagingProposal {
  readonly pagination: Readonly<Record<string, unknown>>;
  readonly name: string;
}

/** What APIs do most often; that there are no pages comes last, since it would be page one alone. */
const USUAL: readonly PagingProposal[] = [
  { pagination: { type: 'page', page_param: 'page' }, name: 'Page numbers: ?page=2' },
  { pagination: { type: 'offset', offset_param: 'offset' }, name: 'Offsets: ?offset=100' },
  { pagination: { type: 'link_header' }, name: 'Link headers, with the address of the next page' },
  { pagination: { type: 'none' }, name: 'Not at all: one response has everything' },
];

/** What may be proposed of how pages go on: what recorded responses speak for, and what is usual. */
export function pagingProposals(streams: readonly DescribedStream[]): PagingProposal[] {
  const shown = streams.flatMap(({ responses, answers, parameters }) =>
    responses.slice(0, 1).flatMap(response => {
      const seen = recordsIn(response.body, answers.records_path);
      if (!seen?.isList) return [];
      const signs = pagingSigns({ response, recordsPath: seen.path.value, records: seen.records, parameters });
      return signs
        .filter(({ isShown }) => isShown)
        .map(({ pagination, evidence }) => ({ pagination, name: `${by(pagination)}: ${evidence}` }));
    }),
  );
  return [...shown, ...USUAL].filter(
    ({ pagination }, index, all) => all.findIndex(other => isEqual(other.pagination, pagination)) === index,
  );
}

/** `cursor (after)` */
function by(pagination: PagingProposal['pagination']): string {
  const param = Object.entries(pagination).find(([name]) => /^(?:cursor|keyset|page|offset)_param$/.test(name))?.[1];
  return param === undefined ? String(pagination.type) : `${pagination.type} (${param})`;
}
