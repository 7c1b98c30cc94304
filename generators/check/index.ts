import Generator from 'yeoman-generator';
import { checkConnector } from '../../src/check/check.ts';
import { checkReport } from '../../src/check/report.ts';
import { checkOptions } from '../../src/options/definitions.ts';
import { givenOptions } from '../../src/options/given-options.ts';
import { prepare } from '../../src/yeoman/command-line.ts';

type GeneratorArguments = ConstructorParameters<typeof Generator>;

/** `yo mage-connector:check`: says whether a connector is what its answers give. */
export default class CheckGenerator extends Generator {
  constructor(args: GeneratorArguments[0], options: GeneratorArguments[1], features?: GeneratorArguments[2]) {
    super(args, options, { ...features, tasksMatchingPriority: true, customInstallTask: true });
    prepare(this, checkOptions);
  }

  async end(): Promise<void> {
    const given = givenOptions(this.options);
    const checked = await checkConnector(given.connector, this.contextRoot);
    const report = checkReport(checked, given.json);
    if (given.json) process.stdout.write(`${report}\n`);
    else this.log(report);
    if (checked.findings.length > 0) process.exitCode = 1;
  }
}
