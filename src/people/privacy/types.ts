/** How much is stored about a person, by kind. */
export interface Stored {
  groups: number;
  roles: number;
  asked: number;
  answered: number;
  comings: number;
  leaves: number;
  madeUp: number;
  opened: number;
  studied: number;
  marked: number;
  messages: number;
}

/** What a deletion did. */
export interface Forgotten {
  studied: number;
  marked: number;
  withdrawn: number;
  reasons: number;
}

/** Everything stored about a person: rows by table, and what the numbers in them mean. */
export interface StoredData {
  exportedAt: string;
  person: unknown;
  tables: Record<string, unknown[]>;
  names: Record<'branch' | 'chat' | 'round', Record<string, string>>;
}
