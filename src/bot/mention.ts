import { PersonId } from '../base/ids.ts';

/** How a card names somebody by our own number, until the adapter puts the platform's id in. */
export const mentionOf = (person: PersonId) => `<at id=person:${person}></at>`;

const mark = /<at id=person:(\d+)><\/at>/g;

/** The people whom a text names by our own numbers. */
export const mentionedIn = (text: string): PersonId[] =>
  [...text.matchAll(mark)].map(([, person]) => PersonId.parse(Number(person)));

/** The text with the platform's ids in the place of our numbers. */
export const withMentions = (text: string, idOf: (person: PersonId) => string): string =>
  text.replace(mark, (_, person: string) => `<at id=${idOf(PersonId.parse(Number(person)))}></at>`);
