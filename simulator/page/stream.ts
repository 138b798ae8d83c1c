import type { PageEvent } from '../contract.ts';

interface Hears {
  event(event: PageEvent): void;
  lost(): void;
  /** The stream stands again after it was lost: what was missed is to be read anew. */
  back(): void;
}

const pause = 1500;

/** Listens until the returned function is called, through restarts of the server as well. */
export function openStream(address: string, hears: Hears): () => void {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isLost = false;

  function open(): void {
    source = new EventSource(address);
    source.onopen = () => {
      if (isLost) hears.back();
      isLost = false;
    };
    source.onmessage = ({ data }: MessageEvent<string>) => {
      hears.event(JSON.parse(data) as PageEvent);
    };
    source.onerror = () => {
      if (!isLost) hears.lost();
      isLost = true;
      // A browser repeats by itself after a cut, not after an answer that is no stream.
      if (source?.readyState === EventSource.CLOSED) timer = setTimeout(open, pause);
    };
  }
  open();
  return () => {
    clearTimeout(timer);
    source?.close();
  };
}
