import type { HashedFile } from './rules.ts';

/** Files of the folder that could not be read: while their bytes are the same they are not read again. */
export function createFailedFiles() {
  const hashes = new Map<string, string>();
  return {
    has: ({ path, hash }: HashedFile) => hashes.get(path) === hash,
    count: () => hashes.size,
    add: ({ path, hash }: HashedFile) => void hashes.set(path, hash),
    remove: (path: string) => void hashes.delete(path),

    /** Keeps only those that still differ from the library: the others are gone, or as the library has them. */
    keepOnly(different: readonly HashedFile[]): void {
      const paths = new Set(different.map(({ path }) => path));
      for (const path of hashes.keys()) if (!paths.has(path)) hashes.delete(path);
    },
  };
}
export type FailedFiles = ReturnType<typeof createFailedFiles>;
