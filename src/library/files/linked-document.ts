/**
 * A document that was read through the platform goes the way of a file: under a name that keeps its token,
 * and with bytes that say what was read, so that the same text is known again.
 */
export const linkedName = ({ kind, token }: { kind: string; token: string }) =>
  `feishu:${kind}/${token}`;

/** By such a name one is known. */
export const linkedNamePattern = /^feishu:(?:docx|wiki)\/\w+$/;

export const linkedBytes = (document: object): Uint8Array =>
  new TextEncoder().encode(JSON.stringify(document));
