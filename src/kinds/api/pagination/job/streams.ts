import type { Report } from '../../../../connector/kind.ts';
import type { ApiStreamModel } from '../../model.ts';
import type { Pagination } from '../pagination.ts';

/** Refuses what the requests about a job would lack. */
export function reportJobs(streams: readonly ApiStreamModel[], inherited: Pagination, report: Report): void {
  for (const { name, headers, graphql, pagination = inherited } of streams) {
    if (pagination.type !== 'job') continue;
    if (Object.keys(headers).length > 0)
      report(
        ['streams'],
        `${name} has headers of its own, which what is asked about its job has not`,
        'give them to the connector',
      );
    if (graphql !== undefined)
      report(['streams'], `${name} has a GraphQL query, and jobs are told of by addresses`, 'leave out the job');
  }
}
