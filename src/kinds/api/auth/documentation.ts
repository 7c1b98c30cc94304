import { markdownCode } from '../../../base/markdown.ts';
import type { ApiModel } from '../model.ts';

/** What the README says of where the connector reads from, and how requests are authenticated. */
export function authNotes({ auth, baseUrl, clientCertificate, streams }: ApiModel): string[] {
  const from = `The connector reads from ${markdownCode(baseUrl)}`;
  const certificate = clientCertificate ? ' It shows the API its `client_certificate`.' : '';
  const notes = new Set(auth.all.flatMap(scheme => scheme.notes));
  const own = auth.own.map(({ scheme, streams: positions }) => {
    const names = positions.map(index => markdownCode(String(streams[index]?.name)));
    return `For ${names.join(', ')}, it ${scheme?.sentence ?? 'has no authentication'}.`;
  });
  return [[`${from}${schemesText(auth)}.${certificate}`, ...own].join(' '), ...notes];
}

function schemesText({ schemes, choice }: ApiModel['auth']): string {
  const [first] = schemes;
  if (!first) return ' without authentication';
  if (!choice) return ` and ${first.sentence}`;
  const options = schemes.map(({ option, sentence }) => `with ${markdownCode(String(option))}, it ${sentence}`);
  return `. \`auth_type\` says how requests are authenticated: ${options.join('; ')}`;
}
