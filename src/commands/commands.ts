import type { Command } from '../changes/command.ts';
import { checkCommand } from '../check/command.ts';
import { connectorCommand } from '../connector/command.ts';
import { withBegunStreams, withDescribedStreams, withDescriptions } from '../from/command.ts';
import { KINDS } from '../kinds/registry.ts';
import { schemaCommand } from '../refresh/command.ts';
import { streamCommand } from '../streams/command.ts';
import { verifyCommand } from '../verify/command.ts';
import { menuCommand } from './menu-command.ts';

/** The commands that have a name, in the order of the menu and of the help. */
export const NAMED_COMMANDS: readonly Command[] = [
  ...KINDS.map(kind => (kind.isDescribed ? withDescriptions(connectorCommand(kind)) : connectorCommand(kind))),
  withDescribedStreams(streamCommand),
  withBegunStreams(schemaCommand),
  checkCommand,
  verifyCommand,
];

/** All commands: bin and its help, the menu, the build and the published JSON Schema read this table. */
export const COMMANDS: readonly Command[] = [menuCommand(NAMED_COMMANDS), ...NAMED_COMMANDS];

/** The command of that name. */
export function commandNamed(name: string): Command {
  const command = COMMANDS.find(other => other.name === name);
  if (!command) throw new Error(`there is no command ${name}`);
  return command;
}
