import ja from '../../player/messages/ja.json';

/** Gives the modules under test a page in Japanese: they look for its data block. */
export function openPage(): void {
  const textContent = JSON.stringify({ language: 'ja', zone: 'Asia/Tokyo', now: '2021-10-25T00:00:00Z', texts: ja });
  Object.assign(globalThis, { document: { getElementById: () => ({ textContent }) } });
}
