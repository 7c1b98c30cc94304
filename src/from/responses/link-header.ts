const LINK = /<([^>]*)>((?:[^",]|"(?:[^"\\]|\\.)*")*)/g;

/** The address that a Link header has for the next page (RFC 8288). */
export function linkedNext(header: string): string | undefined {
  for (const [, address, params = ''] of header.slice(0, 20_000).matchAll(LINK)) {
    const relations = /;\s*rel\s*=\s*(?:"([^"]*)"|([^\s;"]+))/i.exec(params);
    if ((relations?.[1] ?? relations?.[2] ?? '').toLowerCase().split(/\s+/).includes('next')) return address;
  }
  return undefined;
}
