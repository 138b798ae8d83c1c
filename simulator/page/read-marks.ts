const place = 'xueban.simulator.seen';
type Marks = Record<string, number>;

/** Up to when each person has read each chat, kept in this browser. */
export const seen = {
  upTo: (person: string, chat: string): number => read()[key(person, chat)] ?? 0,
  mark(person: string, chat: string, at: number): void {
    const marks = read();
    if ((marks[key(person, chat)] ?? 0) >= at) return;
    localStorage.setItem(place, JSON.stringify({ ...marks, [key(person, chat)]: at }));
  },
};

const key = (person: string, chat: string) => `${person} ${chat}`;

function read(): Marks {
  try {
    return JSON.parse(localStorage.getItem(place) ?? '{}') as Marks;
  } catch {
    return {};
  }
}
