const { existsSync, readFileSync } = require('node:fs');
const { reporters } = require('mocha');

/** Mocha's own report, why tests were skipped, and a last line that says in plain words how many ran. */
module.exports = class Reporter extends reporters.Spec {
  epilogue() {
    super.epilogue();
    const { passes, failures, pending } = this.stats;
    for (const [reason, titles] of skipped()) console.log(`skipped: ${reason}\n  ${[...titles].join('\n  ')}\n`);
    console.log(`${passes} passed, ${failures} failed, ${pending} skipped`);
  }
};

/** What test/framework/needs.ts has noted, in whichever process: by each reason, the titles of suites and tests. */
function skipped() {
  const { TEST_NOTES: notes } = process.env;
  const titles = new Map();
  for (const line of notes && existsSync(notes) ? readFileSync(notes, 'utf8').trim().split('\n') : []) {
    const { reason, title } = JSON.parse(line);
    titles.set(reason, (titles.get(reason) ?? new Set()).add(title));
  }
  return titles;
}
