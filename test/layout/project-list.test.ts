import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parse, stringify } from 'yaml';
import { readProjectSources, registerInProject } from '../../src/mage/project/list.ts';
import { assertRefused, edited } from '../python/assert-edit.ts';
import { HOSTILE_NAMES, registration } from './registration.ts';

const FILE = 'data_integrations/sources/metadata.yaml';
const register =
  (changes: Parameters<typeof registration>[0] = {}) =>
  (text: string | undefined) =>
    registerInProject(text, registration(changes), FILE);
const NEW = '- name: Acme CRM';

describe('the list of sources in a project', () => {
  it('is created, and begun in a file without it', () => {
    assert.equal(register()(undefined), `sources:\n${NEW}\n`);
    assert.equal(edited('# ours\n', register()), `# ours\nsources:\n${NEW}\n`);
    assert.equal(edited('# ours', register()), `# ours\nsources:\n${NEW}\n`);
    assert.equal(edited('other: 1\r\n', register()), `other: 1\r\nsources:\r\n${NEW}\r\n`);
    assert.equal(edited('---\n', register()), `---\nsources:\n${NEW}\n`);
  });

  it('is filled where it is empty', () => {
    assert.equal(edited('sources:  # none yet\nother: 1\n', register()), `sources:  # none yet\n${NEW}\nother: 1\n`);
    assert.equal(edited('sources:', register()), `sources:\n${NEW}\n`);
    for (const empty of ['[]', 'null', '~', '[\n]']) {
      assert.equal(register()(`sources: ${empty}  # none\nother: 1\n`), `sources:  # none\n${NEW}\nother: 1\n`);
      assert.equal(register()(`sources: ${empty}`), `sources:\n${NEW}\n`);
    }
  });

  it('keeps comments, order, indentation, quotes and line ends of the others', () => {
    const before = `# top\nsources:\n  # first\n  - uuid: "b"   # quoted\n    name: 'B: x'  # note\n\n  # end\nother: {a: 1}\n`;
    const after = before.replace('# note\n', `# note\n  ${NEW}\n`);
    assert.equal(edited(before, register()), after);
    assert.equal(edited(before.replaceAll('\n', '\r\n'), register()), after.replaceAll('\n', '\r\n'));
    assert.equal(edited('sources:\n- name: B', register()), `sources:\n- name: B\n${NEW}\n`);
    assert.equal(
      edited('sources:\n- name: |-\n    B\n\nother: 1\n', register()),
      `sources:\n- name: |-\n    B\n${NEW}\n\nother: 1\n`,
    );
  });

  it('stays on one line', () => {
    assert.equal(
      edited('sources: [{name: B}]  # few\n', register({ uuid: 'acme' })),
      'sources: [{name: B}, {name: Acme CRM, uuid: acme}]  # few\n',
    );
    assert.equal(
      edited('sources: [\n  {name: B},\n]\n', register()),
      'sources: [\n  {name: B},\n  {name: Acme CRM},\n]\n',
    );
  });

  it('names the class and the folder only where Mage cannot derive them', () => {
    assert.equal(
      register({ name: 'Acme (EU)', className: 'AcmeEU', uuid: 'acme_eu' })(''),
      'sources:\n- name: Acme (EU)\n  module_name: AcmeEU\n  uuid: acme_eu\n',
    );
  });

  it('holds any name as nothing but that name, for YAML 1.1 too', () => {
    for (const name of HOSTILE_NAMES)
      for (const before of ['sources:\n- name: B\n', 'sources: [{name: B}]\n']) {
        const after = edited(before, register({ name }));
        for (const version of ['1.1', '1.2'] as const) assert.equal(parse(after, { version }).sources[1].name, name);
      }
  });

  it('refuses another source of that name or uuid, and what it cannot edit', () => {
    assertRefused(
      () => register()('sources:\n- name: Other\n  uuid: acme_crm\n'),
      FILE,
      '"Other" with the uuid acme_crm is registered already',
    );
    const cases = [
      'sources: [\n',
      '- name: B\n',
      'sources: text\n',
      'a: 1\n---\nb: 1\n',
      '{sources: []}\n',
      'a: 1\n...\n',
      'sources: &s []\nother: *s\n',
    ];
    for (const text of cases)
      assertRefused(() => register()(text), FILE, 'by hand, add to the list sources: {name: Acme CRM}');
  });

  it('is read with what Mage derives; an entry without a name counts for nothing', () => {
    assert.deepEqual(readProjectSources('sources:\n- name: My Source\n- uuid: x\n-\n- name: B\n  module_name: C\n'), [
      { name: 'My Source', uuid: 'my_source', className: 'MySource' },
      { name: 'B', uuid: 'b', className: 'C' },
    ]);
    for (const text of ['', 'sources: [\n', '[]\n']) assert.deepEqual(readProjectSources(text), []);
  });

  it('takes nothing away from any list', () => {
    const text = fc.oneof(fc.string({ maxLength: 12 }), fc.constantFrom('a\nb', '# c', ' x ', "it's"));
    const entries = fc.array(fc.record({ name: text, uuid: text, extra: fc.array(text, { maxLength: 2 }) }), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(entries, fc.boolean(), fc.boolean(), (list, indentSeq, crlf) => {
        const yaml = stringify({ before: 1, sources: list, after: ['x'] }, { indentSeq, lineWidth: 0 });
        const before = crlf ? yaml.replaceAll('\n', '\r\n') : yaml;
        const after = edited(before, register());
        assert.deepEqual(parse(after), { ...parse(before), sources: [...parse(before).sources, { name: 'Acme CRM' }] });
      }),
    );
  });
});
