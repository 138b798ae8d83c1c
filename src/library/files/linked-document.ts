/**
 * A document that was fetched through the platform is treated as a file: its name holds its token, and its
 * bytes hold its content, so that the same text is recognised.
 */
export const linkedName = ({ kind, token }: { kind: string; token: string }) =>
  `feishu:${kind}/${token}`;

/** Matches such names. */
export const linkedNamePattern = /^feishu:(?:docx|wiki)\/\w+$/;

export const linkedBytes = (document: object): Uint8Array =>
  new TextEncoder().encode(JSON.stringify(document));
