import type { Clock } from '../clock.ts';
import type { Db } from '../db.ts';
import type { BranchId, PersonId } from '../ids.ts';
import type { Roster } from '../roster/service.ts';
import type { Setting, SettingValue } from './types.ts';

interface SettingsNeeds {
  db: Db;
  clock: Clock;
  roster: Roster;
}
interface Changing<Value extends SettingValue> {
  branch: BranchId;
  by: PersonId;
  setting: Setting<Value>;
  value: Value;
}

/** What branches decide for themselves. A branch that has decided nothing does everything in the usual way. */
export function createSettings({ db, clock, roster }: SettingsNeeds) {
  const valueOf = <Value extends SettingValue>(setting: Setting<Value>, stored: unknown): Value => {
    const read = setting.schema.safeParse(stored);
    return read.success ? read.data : setting.usual;
  };

  return {
    /** How this branch has it. */
    async read<Value extends SettingValue>(
      branch: BranchId,
      setting: Setting<Value>,
    ): Promise<Value> {
      const where = { branchId_name: { branchId: branch, name: setting.name } };
      const row = await db.client.branchSetting.findUnique({ where });
      return valueOf(setting, row?.value);
    },

    /** The same for several settings in one query, in their order. */
    async readAll(branch: BranchId, settings: readonly Setting[]): Promise<SettingValue[]> {
      const rows = await db.client.branchSetting.findMany({ where: { branchId: branch } });
      const stored = new Map(rows.map(({ name, value }) => [name, value]));
      return settings.map((setting) => valueOf(setting, stored.get(setting.name)));
    },

    /** Decides it for a branch, whose secretary `by` must be. Saying the same again changes nothing. */
    change: <Value extends SettingValue>({ branch, by, setting, value }: Changing<Value>) =>
      db.atomic(async () => {
        await roster.requireSecretary(by, branch);
        const decided = { value: setting.schema.parse(value), changedAt: clock.now() };
        await db.client.branchSetting.upsert({
          where: { branchId_name: { branchId: branch, name: setting.name } },
          create: { branchId: branch, name: setting.name, ...decided },
          update: decided,
        });
      }),
  };
}
export type Settings = ReturnType<typeof createSettings>;
