import { type Decoded, decode } from './decode.ts';
import { endingOf } from './claims.ts';
import type { OpenedFile } from './types.ts';
import { readWorkbook, type Sheet } from './workbook.ts';

export function openFile(name: string, bytes: Uint8Array): OpenedFile {
  let text: Decoded | undefined;
  let sheets: Promise<Sheet[]> | undefined;
  return {
    name,
    ending: endingOf(name),
    bytes,
    text: () => (text ??= decode(bytes)),
    sheets: () => (sheets ??= readWorkbook(bytes)),
  };
}
