import * as v from 'valibot';
import { hasAsciiWords } from '../base/names.ts';
import type { Ask } from './ask.ts';
import { connectorEntries } from './connector.ts';
import type { RawAnswers } from './raw-answers.ts';
import { streamEntries } from './stream.ts';

/** Asks what every connector is asked: its name, and its folder only where none can be made of the name. */
export async function askConnector(ask: Ask, given: RawAnswers, example: string): Promise<RawAnswers> {
  const name =
    given.name ??
    (await ask.text('name', {
      message: 'What is the connector called',
      help: `as Mage's source list shows it, such as ${example}`,
      check: connectorEntries.name,
    }));
  const needsUuid = !hasAsciiWords(String(name));
  const uuid =
    needsUuid &&
    (await ask.text('uuid', {
      message: 'What is its folder called',
      help: 'Latin letters, digits and _, such as acme_crm',
      check: connectorEntries.uuid,
    }));
  const description = await ask.text('description', {
    message: 'What does it read',
    help: 'a sentence for its README; empty for none',
    check: connectorEntries.description,
    optional: true,
  });
  return { name, ...(uuid && { uuid }), ...(description && { description }) };
}

/** Asks for a stream's name, unless it was given, and refuses one that the connector has. */
export async function askStreamName(
  ask: Ask,
  given: RawAnswers,
  example: string,
  streams: unknown,
): Promise<{ name: unknown }> {
  if (given.name !== undefined) return { name: given.name };
  const taken = (Array.isArray(streams) ? streams : []).map(stream => String(stream.name));
  const check = v.pipe(
    streamEntries.name,
    v.check(name => !taken.includes(name), 'is the name of a stream that is there already'),
  );
  return {
    name: await ask.text('stream', {
      message: 'What is the stream called',
      help: `usually the destination's table, such as ${example}`,
      check,
    }),
  };
}
