import { UserError } from '../../base/problems.ts';
import type { DescribedApi } from '../described.ts';
import type { Source } from '../reader.ts';
import { describeRequests } from '../requests/describe.ts';
import { curlRequests } from './command.ts';
import { shellCommands } from './words.ts';

/** Describes the API that commands of curl ask. Throws a UserError with all that is wrong with them. */
export async function readCurl({ text, name }: Source): Promise<DescribedApi> {
  const commands = shellCommands(text.replace(/^\s*[$>]\s+/gm, ''), name);
  const ours = commands
    .map(words => words.slice(words.findIndex(word => isCurl(word))))
    .filter(([word]) => isCurl(word));
  if (ours.length === 0) throw new UserError({ where: name, message: 'has no curl command' });
  const requests = ours.flatMap(words => curlRequests(words, name));
  return describeRequests(requests, { source: 'the curl command', notes: [] });
}

function isCurl(word = ''): boolean {
  return /(?:^|[\\/])curl(?:\.exe)?$/.test(word);
}
