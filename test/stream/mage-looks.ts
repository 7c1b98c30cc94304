import type { Connector } from '../framework/connector.ts';
import { flake8 } from '../framework/flake8.ts';
import { readAnswer } from '../framework/output.ts';

/** The streams that a connector discovers, sorted. */
export async function names(connector: Connector): Promise<string[]> {
  const found = readAnswer(await connector.discoverStreams()) as { tap_stream_id: string }[];
  return found.map(stream => stream.tap_stream_id).sort();
}

/** What flake8 finds in a connector, wherever in its files: lines move when a stream is added. */
export async function findings(folder: string): Promise<string[]> {
  return [...new Set((await flake8(folder)).map(line => line.replace(/:\d+:\d+:/, '').replace(folder, '')))];
}
