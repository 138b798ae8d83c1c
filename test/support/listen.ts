import type { Db } from '../../src/database/db.ts';

/** The texts of all plain statements from now on, in order. */
export function listen(db: Db): readonly string[] {
  const texts: string[] = [];
  const sql = db.sql.bind(db);
  db.sql = (text, ...values) => {
    texts.push(text);
    return sql(text, ...values);
  };
  return texts;
}
