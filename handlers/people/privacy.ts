import {
  askDelete,
  confirmDelete,
  everythingFile,
  exportStored,
  forgottenCard,
  storedCard,
  sureCard,
} from '../../cards/people/privacy.ts';
import { sentPrivately } from '../../cards/people/record.ts';
import type { Bot } from '../../src/bot/bot.ts';
import { privately } from '../../src/bot/privately.ts';
import type { Card, Content, Reader } from '../../src/bot/talk.ts';
import { Refusal } from '../../src/base/errors.ts';
import type { PersonId } from '../../src/base/ids.ts';
import type { Privacy } from '../../src/people/privacy/service.ts';
import { both } from '../../src/bot/both.ts';
import { defineCommand } from '../../src/bot/command.ts';
import { choice } from '../../src/bot/parts/choice.ts';
import { maybe } from '../../src/bot/parts/part.ts';

const what = choice(both('要做什么', 'what to do'), {
  export: { word: both('导出', 'export') },
  delete: { word: both('删除', 'delete') },
  confirm: {
    word: both('确认删除', 'delete confirm'),
    also: ['删除确认', '删除 确认'],
    unlisted: true,
  },
});

export const privacyCommand = defineCommand({
  name: 'privacy',
  word: both('隐私', 'privacy'),
  who: 'anyone',
  does: both('看存了我的哪些信息', 'what is stored about you'),
  example: both('隐私', 'privacy'),
  glued: (rest) => /^(?:导出|删除|确认删除)$/.test(rest),
  inOwnWords: {
    toSee:
      /(?:把|将)?(?:我的?|关于我的?|本人)(?:所有|全部)?的?(?:个人)?(?:数据|信息|记录|资料|聊天记录).{0,4}(?:都|全|全部)?(?:删|清|注销|抹)|(?:删除?|清除|清空|注销|抹掉)(?:掉|了)?(?:我的?|关于我|本人).{0,6}(?:数据|信息|记录|资料|账号)?|(?:你|你们|机器人|学伴|系统)?(?:都)?(?:存|记|保存|记录|收集|掌握|知道)(?:了|着)?(?:我|关于我)的?(?:什么|哪些|啥)|(?:delete|erase|remove) (?:all )?my data|what do you (?:know|store|keep) about me/i,
  },
  parts: { what: maybe(what) },
});

interface PrivacyRequest {
  from: PersonId;
  reader: Reader;
}

/** 隐私: what is stored about the person who asks; to see, to take along, to delete. */
export function registerPrivacy({ bot, privacy }: { bot: Bot; privacy: Privacy }) {
  const file = async ({ from, reader }: PrivacyRequest): Promise<Content> =>
    everythingFile(reader, await privacy.everything(from));
  const forget = async ({ from, reader }: PrivacyRequest): Promise<Card> =>
    forgottenCard(reader, await privacy.forget(from));
  const show = async ({ from, reader }: PrivacyRequest): Promise<Card> =>
    storedCard(reader, from, await privacy.stored(from));

  bot.onCommand(privacyCommand, async (said) => {
    const { from, place, parts, reader } = said;
    if (parts.what === 'export') {
      const send = [{ to: { person: from }, content: await file(said) }];
      return place.kind === 'group' ? { send, text: sentPrivately(reader) } : { send };
    }
    const isSure = parts.what === 'confirm';
    const asks = parts.what === 'delete';
    const card = isSure ? await forget(said) : asks ? sureCard(reader, from) : await show(said);
    return privately(said, { card }, sentPrivately(reader));
  });

  bot.onPress(exportStored, async (press) => {
    checkOwn(press.from, press.value.person);
    return { send: [{ to: { person: press.from }, content: await file(press) }] };
  });

  bot.onPress(askDelete, ({ from, value, reader }) => {
    checkOwn(from, value.person);
    return Promise.resolve({
      send: [{ to: { person: from }, content: { card: sureCard(reader, from) } }],
    });
  });

  bot.onPress(confirmDelete, async (press) => {
    checkOwn(press.from, press.value.person);
    return { replace: await forget(press) };
  });
}

/** Nobody deletes or fetches anything by a card that was made for somebody else. */
function checkOwn(from: PersonId, person: number) {
  if (from !== person) throw new Refusal('BUTTON_UNKNOWN');
}
