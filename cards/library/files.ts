import { z } from 'zod';
import { defineAction } from '../../src/bot/action.ts';
import type { Card, CardElement, Reader } from '../../src/bot/talk.ts';
import { BranchId, UploadId } from '../../src/base/ids.ts';
import type { Branch } from '../../src/people/roster/types.ts';
import { button, buttonRow, note, plain, slip } from '../bot/kit.ts';
import { dayAndTime } from '../bot/times.ts';
import { inBoth, shorten } from '../bot/words.ts';

export const confirmUpload = defineAction(
  'library.confirm',
  z.object({ upload: UploadId, branch: BranchId, committee: z.boolean().optional() }),
);
export const dropUpload = defineAction('library.drop', z.object({ upload: UploadId }));

const words = inBoth(
  {
    linked: '飞书文档',
    reading: (name: string) => `正在读取《${name}》，读完就发给你看。`,
    confirmCommittee: '只给支委会',
    committee: '「只给支委会」：只有本支部担任职务的人（现在是书记）能在私聊里问到。',
    until: (time: string) => `还没有保存。${time} 之前不确认就会自动删除。`,
    confirm: '确认入库',
    confirmIn: (branch: string) => `确认入库 · ${branch}`,
    drop: '放弃',
    keeping: (title: string) => `《${title}》已确认，正在入库，好了告诉你。`,
    confirmed: '已确认，正在入库',
    dropped: (title: string) => `已放弃《${title}》，没有保存。`,
    droppedToast: '已放弃，没有保存',
  },
  {
    linked: 'Feishu document',
    reading: (name) => `Reading "${name}"; I will show you when it is done.`,
    confirmCommittee: 'Committee only',
    committee:
      '"Committee only": only those who hold a role in the branch (its secretaries now) can ask it, in private.',
    until: (time) => `Nothing is stored yet. Unless confirmed by ${time}, it is deleted.`,
    confirm: 'Add to library',
    confirmIn: (branch) => `Add to ${branch}`,
    drop: 'Drop',
    keeping: (title) =>
      `"${title}" is confirmed and being added; I will tell you when it is there.`,
    confirmed: 'Confirmed, being added',
    dropped: (title) => `"${title}" was dropped; nothing was stored.`,
    droppedToast: 'Dropped; nothing was stored',
  },
);

/** A file's name; a document of the platform is named as such, since its token means nothing to people. */
export const nameShown = ({ locale }: Reader, name: string): string =>
  name.startsWith('feishu:') ? words[locale].linked : name;

/** Said when reading takes a while. */
export function readingLine({ locale }: Reader, name: string): string {
  return words[locale].reading(name);
}

interface UploadChoices {
  upload: UploadId;
  /** The branches it can be added to. */
  open: Branch[];
  /** The sender serves one branch, so its button needs no name. */
  isOne: boolean;
  until: Date;
  /** It can be added for the committee alone. */
  canNarrow?: boolean;
}

/** The buttons to confirm or reject a file; none where no branch can add it. */
export function uploadDecisions(
  reader: Reader,
  { upload, open, isOne, until, canNarrow = false }: UploadChoices,
): CardElement[] {
  const say = words[reader.locale];
  if (open.length === 0) return [];
  const confirms = open
    .slice(0, 8)
    .map((branch) =>
      button(
        isOne ? say.confirm : say.confirmIn(shorten(branch.name, 20)),
        confirmUpload.with({ upload, branch: branch.id }),
      ),
    );
  // With several branches there is room for one question only.
  const [only] = isOne && canNarrow ? open : [];
  const narrow = only
    ? [
        button(
          say.confirmCommittee,
          confirmUpload.with({ upload, branch: only.id, committee: true }),
          'default',
        ),
      ]
    : [];
  const drop = button(say.drop, dropUpload.with({ upload }), 'default');
  return [
    buttonRow([...confirms, ...narrow, drop]),
    ...(only ? [note(say.committee)] : []),
    note(say.until(dayAndTime(reader, until))),
  ];
}

/** The preview after 确认入库: its buttons are gone. */
export function keepingCard({ locale }: Reader, title: string): Card {
  const line = words[locale].keeping(title);
  return slip(line, [plain(line)]);
}

/** The preview after 放弃. */
export function droppedCard({ locale }: Reader, title: string): Card {
  const line = words[locale].dropped(title);
  return slip(line, [plain(line)]);
}

export const confirmedToast = ({ locale }: Reader) => words[locale].confirmed;
export const droppedToast = ({ locale }: Reader) => words[locale].droppedToast;
