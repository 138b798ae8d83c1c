/** A "no" for the person at the page or in a test: something a client would not let them do. */
export class Fault extends Error {
  override readonly name = 'Fault';
  constructor(
    zh: string,
    readonly en = zh,
  ) {
    super(zh);
  }
}
