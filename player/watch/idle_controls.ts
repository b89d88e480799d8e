const IDLE_MS = 2000;

/** Marks `player` with `data-controls` while somebody moves over it or presses its keys, and for a moment after. */
export function watchForIdleness(player: HTMLElement, signal: AbortSignal): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const wake = () => {
    player.toggleAttribute('data-controls', true);
    clearTimeout(timer);
    timer = setTimeout(() => player.toggleAttribute('data-controls', false), IDLE_MS);
  };
  for (const kind of ['pointermove', 'pointerdown', 'keydown', 'focusin'] as const) player.addEventListener(kind, wake, { signal, passive: true });
  signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
  wake();
}
