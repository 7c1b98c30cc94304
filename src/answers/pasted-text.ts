/** The beginning of a curl command, as it stands in a shell or in a page. */
const CURL = /^(?:[$>]\s+)?curl(?:\.exe)?\s/;
const ADDRESS = /https?:\/\/[^\s'"]+/;

/** True for a curl command. */
export function isCommand(text: string): boolean {
  return CURL.test(text.trimStart());
}

/** Is more of it to come? A line that ends in a backslash or within quotes, or JSON that isn't whole; nothing after an empty line. */
export function isUnfinished(text: string): boolean {
  if (text.trim() === '' || text.endsWith('\n')) return false;
  if (/[\\^]$/.test(text)) return true;
  if (isCommand(text)) return isQuoted(text);
  return /^\s*[[{]/.test(text) && !isJson(text);
}

/** True where a quote of a shell is still open. */
function isQuoted(text: string): boolean {
  const outside = text.replaceAll(/\\[\s\S]|'[^']*'|"(?:\\[\s\S]|[^"\\])*"/g, '');
  return /['"]/.test(outside);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Of a text, what no secret is in: the beginning of a command and the address in it, an address without its query, or a file. */
export function concealed(text: string): string {
  const whole = text.trim();
  if (/^[[{]/.test(whole)) return `${whole[0]} …`;
  const address = ADDRESS.exec(whole)?.[0];
  const url = address !== undefined && URL.canParse(address) ? new URL(address) : undefined;
  const place = url && `${url.origin}${url.pathname}`;
  if (isCommand(whole)) return ['curl', place, '…'].filter(Boolean).join(' ');
  if (place !== undefined && whole.startsWith(address ?? '')) return whole === place ? place : `${place} …`;
  const [first = '', ...rest] = whole.split(/\s+/);
  return rest.length > 0 ? `${first.slice(0, 60)} …` : first;
}
