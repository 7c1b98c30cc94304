import { valueOption } from '../../options/definitions.ts';
import {
  keyOption,
  pathOption,
  recordsPathOption,
  replicationKeyOption,
  type StreamOptions,
  sampleOption,
} from '../../options/stream-options.ts';

const SENT = "what its streams send is in its classes' code";

/** The options that give the answers of one stream of an API. */
export const apiStreamOptions: StreamOptions = {
  path: pathOption,
  'records-path': recordsPathOption,
  key: keyOption,
  'replication-key': replicationKeyOption,
  'bookmark-param': {
    ...valueOption('NAME', 'The request parameter that filters by the replication key'),
    answers: (bookmark_param: string) => ({ bookmark_param }),
    onlyOurs: SENT,
  },
  'bookmark-format': {
    ...valueOption(
      'FORMAT',
      'How that parameter writes a moment, or integer where the replication key is a counter such as an id',
    ),
    answers: (bookmark_format: string) => ({ bookmark_format }),
    onlyOurs: SENT,
  },
  pagination: {
    ...valueOption(
      'TYPE',
      "How it is cut into pages where that isn't as the connector has it: none, page, offset, link_header, keyset",
    ),
    answers: (type: string) => ({ pagination: { type } }),
    onlyOurs: SENT,
  },
  'response-format': {
    ...valueOption(
      'FORMAT',
      "What its responses are written in where that isn't as the connector has it: json, jsonl, csv, xml",
    ),
    answers: (response_format: string) => ({ response_format }),
    onlyOurs: SENT,
  },
  sample: sampleOption,
};
