import { readdirSync } from 'node:fs';
import type { Command } from '../../src/bot/command.ts';
import { createCommands } from '../../src/bot/commands.ts';

const isCommand = (value: unknown): value is Command =>
  typeof value === 'object' && value !== null && 'usage' in value && 'read' in value;

/** What the handlers export as commands. */
async function declared(): Promise<Command[]> {
  const files = readdirSync('handlers', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .sort();
  const handlers = await Promise.all(
    files.map((file) => {
      const [area, topic] = file.replace('.ts', '').split('/');
      return import(`../../handlers/${area}/${topic}.ts`) as Promise<Record<string, unknown>>;
    }),
  );
  return handlers.flatMap((each) => Object.values(each)).filter(isCommand);
}

/** Every command there is, as its handler declares it. */
export const commands = createCommands();
for (const command of await declared()) commands.add(command);

export const commandNamed = (name: string): Command => {
  const command = commands.find(name);
  if (!command) throw new Error(`no command ${name}`);
  return command;
};
