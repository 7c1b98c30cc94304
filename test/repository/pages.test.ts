import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { answersDocs } from '../../scripts/answers-docs.ts';
import { anchorsOf, linksOf, npmScripts, PAGES, ROOT, textOf } from './markdown.ts';

const { scripts } = JSON.parse(textOf('package.json'));

describe('the pages of the repository', () => {
  for (const page of PAGES)
    it(`${page}: has links that lead somewhere, and runs scripts that there are`, () => {
      const markdown = textOf(page);
      for (const link of linksOf(markdown).filter(target => !/^[a-z]+:/.test(target))) {
        const [path = '', anchor] = link.split('#');
        const target = path === '' ? join(ROOT, page) : resolve(ROOT, dirname(page), path);
        assert.ok(existsSync(target), link);
        if (anchor) assert.ok(anchorsOf(textOf(target.slice(ROOT.length + 1))).has(anchor), link);
      }
      for (const name of npmScripts(markdown)) assert.ok(name in scripts, `npm run ${name}`);
    });

  it('docs/answers.md is what the definitions give: npm run docs', async () => {
    assert.equal(textOf('docs/answers.md'), await answersDocs());
  });
});
