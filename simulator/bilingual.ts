/** A sentence of the platform's own in both languages; the page shows that of its reader. */
export interface Bilingual {
  text: string;
  en: string;
}

export const both = (text: string, en: string): Bilingual => ({ text, en });
