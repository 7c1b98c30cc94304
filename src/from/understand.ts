import * as v from 'valibot';
import { streamEntries } from '../answers/stream.ts';
import { UserError } from '../base/problems.ts';
import { chosenStreams } from './choose.ts';
import type { DescribedApi, DescribedStream } from './described.ts';
import { BOUNDS } from './live/client.ts';
import { configuredValues } from './live/credentials.ts';
import { settleLive } from './live/settle.ts';
import type { FromGiven } from './options.ts';
import { sharePaging } from './paging.ts';
import { learnRecorded } from './responses/recorded.ts';
import { openSource, readerFor } from './source.ts';
import { withParts } from './with-answers.ts';

/** Reads what `--from` names, and takes the streams of it that are wanted. Throws a UserError where there are none. */
export async function readDescribed(given: FromGiven & { readonly from: string }, cwd: string): Promise<DescribedApi> {
  const source = await openSource(given.from, cwd, given.headers);
  const api = await readerFor(source).read(source);
  if (api.streams.length === 0)
    throw new UserError({
      where: source.name,
      message: 'has no list of records that could be a stream',
      hint: api.notes.join('; ') || undefined,
    });
  const streams = named(api.streams, given.called);
  return { ...api, streams: chosenStreams(streams, given.streams ?? given.called) };
}

/** The only stream there is has the name that it shall be called by. */
function named(streams: readonly DescribedStream[], name: string | undefined): readonly DescribedStream[] {
  const [only, ...others] = streams;
  const isName = name !== undefined && name !== 'all' && v.is(streamEntries.name, name);
  return only && others.length === 0 && isName ? [withParts(only, { name })] : streams;
}

/** Settles what is left open, and takes one pagination for all streams that don't differ. */
export async function settled(api: DescribedApi, given: FromGiven, cwd: string): Promise<DescribedApi> {
  return sharePaging(await learned(api, given, cwd));
}

/** Learns what is left open from responses that were recorded, and from the API's own, unless it isn't to be asked. */
export async function learned(api: DescribedApi, given: FromGiven, cwd: string): Promise<DescribedApi> {
  const seen = api.streams.map(learnRecorded);
  const differences = seen.flatMap(({ stream, differences: all }) => all.map(text => `${stream.name}: ${text}`));
  const recorded = { ...api, streams: seen.map(({ stream }) => stream) };
  if (given.offline) return { ...recorded, notes: [...api.notes, ...differences] };
  const configured = configuredValues(given.config, cwd, process.env);
  const { streams, notes } = await settleLive(recorded, configured, BOUNDS);
  return { ...recorded, streams, notes: [...api.notes, ...differences, ...notes] };
}
