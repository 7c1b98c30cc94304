import { encodedText, responseFormat } from '../format.ts';

/** XML: elements as mappings of their attributes and children. */
export const xml = responseFormat({
  name: 'xml',
  entries: {},
  accept: 'application/xml, text/xml',
  typed: false,
  flat: true,
  elements: true,
  bare: false,
  client: () => ({ module: 'kinds/api/formats/xml/decode.py', class: 'Xml', values: {} }),
  encoded: encodedText,
  fake: () => [{ module: 'kinds/api/formats/xml/fake.py', class: 'FakeXml', values: {} }],
});
