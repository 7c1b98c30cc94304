import assert from 'node:assert/strict';
import { addRequirements } from '../../src/mage/requirements.ts';
import { edited } from '../python/assert-edit.ts';

const add =
  (...packages: string[]) =>
  (text: string) =>
    addRequirements(text, packages);

describe('addRequirements', () => {
  it('keeps a sorted file sorted, in any case and form of a name', () => {
    const before =
      "# Mage\nBackoff\nhttpx[http2]>=0.27\nrequests~=2.31.0\nrequests_mock==1.10.0; python_version < '3.12'\nzenpy\n";
    assert.equal(edited(before, add('oracledb>=2')), before.replace('requests~', 'oracledb>=2\nrequests~'));
    assert.equal(edited(before, add('attrs')), before.replace('Backoff', 'attrs\nBackoff'));
    assert.equal(edited(before, add('zzz')), `${before}zzz\n`);
  });

  it('adds nothing that is there under another spelling or version', () => {
    const before =
      'Google.Cloud_Storage==2.5.0\npsycopg2==2.9.3\nwheel @ https://x.test/wheel.whl\ngit+https://x.test/a.git#egg=My_Pkg\n';
    assert.equal(add('google-cloud-storage>=3', 'psycopg2-binary>=2.9', 'wheel', 'my-pkg')(before), before);
    assert.equal(add('psycopg2>=2.9')('psycopg2-binary==2.9.3\n'), 'psycopg2-binary==2.9.3\n');
    assert.equal(edited('# duckdb\n-r duckdb.txt\n', add('duckdb')), '# duckdb\n-r duckdb.txt\nduckdb\n');
  });

  it('adds to the end of an unsorted file, with the line ends that it has', () => {
    assert.equal(edited('zenpy\r\nattrs', add('duckdb')), 'zenpy\r\nattrs\r\nduckdb\r\n');
    assert.equal(edited('attrs', add('duckdb')), 'attrs\nduckdb\n');
    assert.equal(add('b', 'a')(''), 'a\nb\n');
    assert.equal(addRequirements(undefined, ['b']), 'b\n');
  });

  it('leaves hashes with their requirement', () => {
    const before = 'attrs==1 \\\n    --hash=sha256:a \\\n    --hash=sha256:b\nzenpy==1 \\\n    --hash=sha256:c\n';
    assert.equal(edited(before, add('duckdb')), before.replace('zenpy', 'duckdb\nzenpy'));
    assert.equal(edited(before, add('zzz')), `${before}zzz\n`);
  });
});
