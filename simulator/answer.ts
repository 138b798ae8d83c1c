/** What came back from the app, or why nothing did. */
export type Answer = { status: number; body: string } | { failed: 'timeout' | 'connection' };
