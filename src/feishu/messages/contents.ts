import type { Content } from '../../bot/talk.ts';
import type { Accounts } from '../accounts/accounts.ts';
import type { ApiClient } from '../api/api-client.ts';
import { failureWith } from '../api/failure.ts';
import { entityContent } from './card-entities.ts';
import { cardJson } from './card-json.ts';

/** A message's content as the platform takes it. */
export interface PlatformContent {
  msg_type: string;
  content: string;
}

const largestCard = 30 * 1024;
const largestText = 150 * 1024;
const mostElements = 200;

/** Puts contents into the platform's form; a file is uploaded for it. Throws a PlatformError. */
export function createContents({ call }: ApiClient, accounts: Pick<Accounts, 'openIdOf'>) {
  return async function contentOf(content: Content): Promise<PlatformContent> {
    if ('card' in content) {
      if (content.entity !== undefined) return entityContent(content.entity);
      if (elementsIn(content.card) > mostElements)
        throw failureWith({ msg: `over ${mostElements} elements` });
      return sized('interactive', await cardJson(content.card, accounts.openIdOf), largestCard);
    }
    if ('text' in content) {
      // In a text `<at …>` would mention people.
      const text = content.text.replace(/<(?=\/?at\b)/giu, '＜');
      return sized('text', JSON.stringify({ text }), largestText);
    }
    const { name, bytes } = content.file;
    const file = Buffer.from(bytes);
    const data = { file_type: 'stream' as const, file_name: name, file };
    const uploaded = await call('file', (client) => client.im.file.create({ data }));
    if (!uploaded?.file_key) throw failureWith({ msg: 'no file key' });
    return { msg_type: 'file', content: JSON.stringify({ file_key: uploaded.file_key }) };
  };
}

/** Whatever carries a tag counts, as the platform counts. */
function elementsIn(part: unknown): number {
  if (typeof part !== 'object' || part === null) return 0;
  const own = 'tag' in part && !Array.isArray(part) ? 1 : 0;
  return Object.values(part).reduce((sum: number, each) => sum + elementsIn(each), own);
}

function sized(msg_type: string, content: string, most: number): PlatformContent {
  if (Buffer.byteLength(content) > most) throw failureWith({ msg: `over ${most} bytes` });
  return { msg_type, content };
}
