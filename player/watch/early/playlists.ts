/** As much of HLS as is needed to know what a player asks for first. */

export const isMultivariant = (playlist: string): boolean => playlist.includes('#EXT-X-STREAM-INF:');

const resolved = (uri: string | undefined, base: URL): URL | undefined => (uri ? new URL(uri, base) : undefined);

/** The indexes of the lightest variant and of its sound. */
export function presentedIn(playlist: string, base: URL): URL[] {
  const variants = [...playlist.matchAll(/^#EXT-X-STREAM-INF:(.*)\r?\n(?!#)(.+?)\r?$/gm)].map(([, attributes = '', uri]) => ({
    bandwidth: Number(/(?:^|,)BANDWIDTH=(\d+)/.exec(attributes)?.[1]),
    sound: /(?:^|,)AUDIO="([^"]*)"/.exec(attributes)?.[1],
    uri,
  }));
  const [lightest] = variants.sort((one, other) => one.bandwidth - other.bandwidth);
  if (!lightest) return [];
  const media = [...playlist.matchAll(/^#EXT-X-MEDIA:(.*)$/gm)].map(([, attributes = '']) => attributes);
  const sound = media.find((each) => /TYPE=AUDIO/.test(each) && each.includes(`GROUP-ID="${lightest.sound}"`));
  const uris = [lightest.uri, sound && /(?:^|,)URI="([^"]*)"/.exec(sound)?.[1]];
  return uris.map((uri) => resolved(uri, base)).filter((url) => url !== undefined);
}

/** What all segments of an index begin with. */
export function mapOf(playlist: string, base: URL): URL | undefined {
  return resolved(/^#EXT-X-MAP:.*URI="([^"]*)"/m.exec(playlist)?.[1], base);
}

/** The segment that holds a second; undefined behind the last. */
export function segmentAt(playlist: string, base: URL, second: number): URL | undefined {
  let end = 0;
  for (const [, seconds, uri] of playlist.matchAll(/^#EXTINF:([\d.]+).*\r?\n(?:#.*\n)*(.+?)\r?$/gm)) {
    end += Number(seconds);
    if (second < end) return resolved(uri, base);
  }
  return undefined;
}
