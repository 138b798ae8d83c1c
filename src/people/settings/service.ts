import type { Clock } from '../../base/clock.ts';
import type { Db } from '../../database/db.ts';
import type { BranchId } from '../../base/ids.ts';
import type { SecretaryScope } from '../roster/types.ts';
import type { Setting, SettingValue } from './types.ts';

interface SettingsNeeds {
  db: Db;
  clock: Clock;
}
interface Changing<Value extends SettingValue> {
  scope: SecretaryScope;
  branch: BranchId;
  setting: Setting<Value>;
  value: Value;
}

/** What branches decide for themselves. A branch that has decided nothing does everything in the usual way. */
export function createSettings({ db, clock }: SettingsNeeds) {
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

    /** Decides it for a branch. Saying the same again changes nothing. */
    async change<Value extends SettingValue>(changing: Changing<Value>): Promise<void> {
      const { scope, branch: branchId, setting, value } = changing;
      scope.require(branchId);
      const decided = { value: setting.schema.parse(value), changedAt: clock.now() };
      await db.client.branchSetting.upsert({
        where: { branchId_name: { branchId, name: setting.name } },
        create: { branchId, name: setting.name, ...decided },
        update: decided,
      });
    },
  };
}
export type Settings = ReturnType<typeof createSettings>;
