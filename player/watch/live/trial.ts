/** Requests that wait, one after the other. */
const REQUESTS = 3;
/** A part comes every second or so; a gateway that holds back or cuts off takes longer. */
const LONGEST_MS = 2600;
const NOT_YET = 503;

const NEXT_PART = /#EXT-X-PRELOAD-HINT:TYPE=PART,URI="(\d+)\.(\d+)\.m4s"/;

/**
 * Whether the line lets requests wait until the next part is there, and gives it at once: what low latency needs.
 * `index` is the address of a rendition's playlist. Undefined where nobody can say, as the stream stands still.
 */
export async function letsRequestsWait(index: string, signal: AbortSignal): Promise<boolean | undefined> {
  let address = index;
  for (let request = 0; request <= REQUESTS; request += 1) {
    const began = performance.now();
    const response = await fetch(address, { signal, cache: 'no-store' }).catch(() => undefined);
    if (response?.status === NOT_YET) return undefined;
    const playlist = response?.ok ? await response.text().catch(() => undefined) : undefined;
    if (playlist === undefined || performance.now() - began > LONGEST_MS) return false;
    const [, number, part] = NEXT_PART.exec(playlist) ?? [];
    if (number === undefined) return undefined;
    address = `${index}?_HLS_msn=${number}&_HLS_part=${part}`;
  }
  return true;
}
