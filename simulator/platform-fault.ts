/** A "no" of the platform: an HTTP status and the body that goes with it. */
export class PlatformFault extends Error {
  override readonly name = 'PlatformFault';
  constructor(
    readonly code: number,
    message: string,
    readonly status = 400,
    readonly headers: Record<string, string> = {},
  ) {
    super(message);
  }
}

export const badParameter = (what: string) =>
  new PlatformFault(230001, `Your request contains an invalid request parameter: ${what}`);

/** How the platform wraps a complaint about a card: the code that matters stands inside the text. */
export function cardFault(code: number, message: string, value = ''): PlatformFault {
  const inner = `ErrCode: ${code}; ErrMsg: ${message}; ErrorValue: ${value};`;
  return new PlatformFault(230099, `Failed to create card content, ext=${inner}`);
}
