import assert from 'node:assert/strict';
import { parse } from 'yaml';
import { addToNavigation } from '../../src/mage/core/docs-navigation.ts';
import { addToOverview } from '../../src/mage/core/docs-overview.ts';
import { documentationPage } from '../../src/mage/core/docs-page.ts';
import { assertRefused, edited } from '../python/assert-edit.ts';
import { HOSTILE_NAMES, registration } from './registration.ts';

const page = (uuid: string) => `"data-integrations/sources/${uuid}"`;
const NAVIGATION = `{
  "groups": [
    {"pages": [ ${page('custom_source')}, {"pages": [${page('instagram')}, ${page('xero')}]} ]},
    {
      "pages": [
        ${page('overview')},
        ${page('airtable')},
        ${page('zendesk')}
      ]
    }
  ]
}
`;

describe('the navigation of the documentation', () => {
  const add = (uuid: string) => (text: string) => addToNavigation(text, registration({ uuid }));

  it('gets the page at its sorted place in the group of the open-source sources, and no other byte changes', () => {
    assert.equal(
      edited(NAVIGATION, add('acme')),
      NAVIGATION.replace(page('airtable'), `${page('acme')},\n        ${page('airtable')}`),
    );
    assert.equal(
      edited(NAVIGATION, add('zoom')),
      NAVIGATION.replace(page('zendesk'), `${page('zendesk')},\n        ${page('zoom')}`),
    );
    assert.equal(
      edited(NAVIGATION, add('xero')),
      NAVIGATION.replace(page('zendesk'), `${page('xero')},\n        ${page('zendesk')}`),
    );
  });

  it('is kept compact or with CRLF', () => {
    assert.equal(
      edited(`[${page('overview')},${page('b')}]`, add('a')),
      `[${page('overview')},${page('a')},${page('b')}]`,
    );
    assert.equal(edited(NAVIGATION.replaceAll('\n', '\r\n'), add('b')), add('b')(NAVIGATION).replaceAll('\n', '\r\n'));
  });

  it('is refused if it is broken, or has none or several such groups', () => {
    const parts = ['docs/docs.json', `"data-integrations/sources/acme",`];
    assertRefused(() => add('acme')('{"pages": ['), 'not valid JSON', ...parts);
    assertRefused(() => add('acme')(`[${page('airtable')}]`), 'no group has', ...parts);
    assertRefused(() => add('acme')(`[[${page('overview')}], [${page('overview')}]]`), 'several groups have', ...parts);
  });
});

const OVERVIEW = `# Overview

## Sources

- [Technical documentation](/data-integrations/sources/overview)

### Available sources

- [Airtable](/data-integrations/sources/airtable)
- [Zendesk](/data-integrations/sources/zendesk)
- _Shopify (coming soon)_

### Sources available in Mage Pro

- [Xero](/data-integrations/sources/xero)
`;

describe('the overview of the documentation', () => {
  const add =
    (name: string, uuid = 'acme') =>
    (text: string) =>
      addToOverview(text, registration({ name, uuid }));

  it('gets a link at its sorted place under the available sources', () => {
    assert.equal(
      edited(OVERVIEW, add('acme CRM')),
      OVERVIEW.replace('- [Airtable]', '- [acme CRM](/data-integrations/sources/acme)\n- [Airtable]'),
    );
    assert.equal(
      edited(OVERVIEW, add('Zoom')),
      OVERVIEW.replace('- _Shopify', '- [Zoom](/data-integrations/sources/acme)\n- _Shopify'),
    );
    const crlf = OVERVIEW.replaceAll('\n', '\r\n');
    assert.equal(edited(crlf, add('Box')), add('Box')(OVERVIEW).replaceAll('\n', '\r\n'));
  });

  it('holds a name as text, and finds its place again by it', () => {
    for (const name of HOSTILE_NAMES) {
      const line = edited(OVERVIEW, add(name))
        .split('\n')
        .find(text => text.endsWith('(/data-integrations/sources/acme)'));
      assert.equal(/(?<!\\)(\\\\)*[{}<>]|(?<!\\)(\\\\)*\](?!\()/.test(line ?? '{'), false, line);
    }
    const both = add('zz', 'zz')(add('{a}', 'a')(OVERVIEW));
    assert.ok(both.indexOf('[zz]') < both.indexOf('[\\{a\\}]'), both);
  });

  it('is refused without that heading or its list', () => {
    const parts = ['docs/data-integrations/overview.mdx', '- [Acme](/data-integrations/sources/acme)'];
    assertRefused(() => add('Acme')('# Overview\n'), 'no heading', ...parts);
    assertRefused(() => add('Acme')(OVERVIEW + OVERVIEW), 'several headings', ...parts);
    assertRefused(
      () => add('Acme')('### Available sources\n\n### Next\n- [A](/data-integrations/sources/a)\n'),
      'no source in the list',
      ...parts,
    );
  });
});

describe('the documentation page', () => {
  it('has any name and description as its title and description', () => {
    for (const name of HOSTILE_NAMES) {
      const [, matter = '', body] = documentationPage(
        registration({ name, description: `${name} ${'long '.repeat(40)}end` }),
      ).split(/^---\n/m);
      assert.deepEqual(parse(matter), { title: name, description: `${name} ${'long '.repeat(40)}end` });
      assert.match(matter, /^title: ".*"\ndescription: ".*"\n$/);
      assert.equal(body, '\n## Configuration\n');
    }
    assert.match(documentationPage(registration({ description: '' })), /^---\ntitle: "Acme CRM"\n---\n/);
  });
});
