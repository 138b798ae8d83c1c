import type { Locale } from './talk.ts';

/** A few words in both languages. */
export type Both = Readonly<Record<Locale, string>>;

export const both = (zh: string, en: string): Both => ({ 'zh-CN': zh, 'en-US': en });

/** The same done to both. */
export const inEach = (say: (locale: Locale) => string): Both => both(say('zh-CN'), say('en-US'));
