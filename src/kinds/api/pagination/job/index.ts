import * as v from 'valibot';
import { fields, line, list, whole } from '../../../../answers/fields.ts';
import { placeholderNames } from '../../../../base/placeholders.ts';
import { tuple } from '../../../../python/compose/values.ts';
import { pathValue, valuePath } from '../../../../records/response-path.ts';
import { type PaginationParts, paginationType } from '../pagination.ts';

const address = (description: string) =>
  v.optional(
    v.pipe(
      line(description),
      v.regex(/^\/?(?:[^\s?#{}"'<>\\^`|]|\{[a-z_]+\})*$/, 'must be a path such as /reports/{job}'),
      v.transform(path => path.replace(/^\/+/, '')),
    ),
  );

const definition = fields({
  type: v.literal('job'),
  job_path: valuePath(
    "Where the answer to the stream's own request has the job: its id, or the address that tells of it",
  ),
  status_url: address(
    'The path below the base URL that tells of a job, such as /reports/{job}; without it, the address at job_path',
  ),
  status_path: valuePath('Where that says how the job is'),
  done: list(line('A value'), 'What stands there when it is done'),
  failed: v.optional(list(line('A value'), 'What stands there when it has failed')),
  result_path: v.optional(valuePath('Where a job that is done has the id or the address of its result')),
  result_url: address(
    'The path of the result below the base URL, with {job} or {result}; without it and result_path, the records stand beside the status',
  ),
  download_path: v.optional(
    valuePath('Where the answer of result_url has the address of the file, if it is none itself'),
  ),
  poll_seconds: v.optional(whole('How long to wait before a job is asked about again', 1), 10),
});

type JobAnswer = v.InferOutput<typeof definition>;

/** No pages: the API makes the records in a job, which is asked for, waited for, and fetched. */
export const job = paginationType(definition, {
  name: 'By jobs, which are asked for, waited for, and fetched',
  looksBeside: false,
  hasPages: true,
  followsAddresses: false,
  places: {},
  ask: async (ask, now) => ({
    job_path: await ask.text('job_path', {
      message: 'Where does the answer have the id of the job',
      default: now.job_path as string | undefined,
    }),
    status_url: await ask.text('status_url', {
      message: 'Which path tells of a job',
      help: 'such as /reports/{job}',
      default: now.status_url as string | undefined,
    }),
    status_path: await ask.text('status_path', {
      message: 'Where does that say how the job is',
      default: now.status_path as string | undefined,
    }),
    done: [
      await ask.text('done', { message: 'What stands there when it is done', default: (now.done as string[])?.[0] }),
    ],
    result_url: await ask.text('result_url', {
      message: 'Which path has the result',
      help: 'such as /reports/{job}/rows',
      default: now.result_url as string | undefined,
    }),
  }),
  pageSize: () => ({}),
  report: reportJob,
  nextPath: () => undefined,
  paths: ({ job_path, status_path, result_path, download_path }) => [job_path, status_path, result_path, download_path],
  params: () => [],
  paramsIn: () => undefined,
  sentence: ({ poll_seconds }) =>
    `Records are made in a job: it is asked for, asked about every ${poll_seconds} seconds, as long as one may wait, and fetched, also where it is packed by gzip or zip.`,
  stream: answer => [fileFeature(answer) ?? { ...JOBS, class: 'Jobs', values: jobValues(answer) }],
  files: fileFeature,
  offline: answer => [
    fileFeature(answer)
      ? { module: 'kinds/api/pagination/job/fake.py', class: 'FakeJobResults' }
      : { module: 'kinds/api/pagination/job/fake_beside.py', class: 'FakeJobs' },
  ],
});

const JOBS = { module: 'kinds/api/pagination/job/job.py' };

function jobValues(answer: JobAnswer) {
  return {
    JOB_PATH: pathValue(answer.job_path),
    STATUS_URL: answer.status_url ?? '',
    STATUS_PATH: pathValue(answer.status_path),
    DONE: tuple(answer.done),
    FAILED: tuple(answer.failed ?? []),
    POLL_SECONDS: answer.poll_seconds,
  };
}

/** What reads the file of a job; undefined where its records stand beside its status. */
function fileFeature(answer: JobAnswer) {
  const { result_path, result_url, download_path } = answer;
  if (result_path === undefined && result_url === undefined) return undefined;
  const values = {
    ...jobValues(answer),
    RESULT_PATH: pathValue(result_path ?? ''),
    RESULT_URL: result_url ?? '',
    DOWNLOAD_PATH: pathValue(download_path ?? ''),
  };
  return { ...JOBS, class: 'JobFiles', values };
}

function reportJob(answer: JobAnswer, report: Parameters<PaginationParts<JobAnswer>['report']>[1]): void {
  const { status_url = '', result_url = '', result_path, download_path, done, failed = [] } = answer;
  const names = { status_url: ['job'], result_url: ['job', 'result'] };
  for (const [key, text] of Object.entries({ status_url, result_url }))
    for (const name of placeholderNames([text]))
      if (!names[key as keyof typeof names].includes(name))
        report(key, `has {${name}}`, key === 'status_url' ? 'it has {job} alone' : 'it has {job} and {result} alone');
  if (status_url !== '' && !placeholderNames([status_url]).has('job'))
    report('status_url', 'has no {job}, so that it would tell of any');
  if (placeholderNames([result_url]).has('result') && result_path === undefined)
    report('result_path', 'is missing', 'it says where {result} of result_url stands');
  if (result_path !== undefined && result_url !== '' && !placeholderNames([result_url]).has('result'))
    report('result_url', 'has no {result}, which result_path is for');
  if (download_path !== undefined && result_url === '') report('download_path', 'has no use without a result_url');
  if (done.length === 0) report('done', 'must have a value');
  const both = done.find(value => failed.includes(value));
  if (both !== undefined) report('failed', `has ${both}, as done has`);
}
