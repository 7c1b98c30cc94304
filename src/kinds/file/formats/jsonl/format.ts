import { fileFormat } from '../format.ts';

/** JSON Lines: a line is one document. */
export const jsonl = fileFormat({
  name: 'jsonl',
  summary: 'JSON Lines',
  title: 'JSON Lines: an object in each line',
  answers: {},
  streamAnswers: {},
  isTyped: true,
  ask: async () => ({}),
  askStream: async () => ({}),
  changes: [],
  sample: () => ({ format: 'jsonl' }),
  config: () => [],
  note: 'Each line of a JSON Lines file is an object; empty lines are skipped. A line that is anything else ends the run with an error that names the file and the line.',
  source: () => ({ features: [{ module: 'kinds/file/formats/jsonl/source.py', class: 'JsonLines' }], values: {} }),
  settings: () => ({}),
});
