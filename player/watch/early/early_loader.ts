import Hls, { type HlsConfig, type LoaderCallbacks, type LoaderConfiguration, type LoaderContext } from 'hls.js';
import type { EarlyLoads, Loaded } from './early_loads.ts';

/** hls.js's own loader, which takes what is on its way already from `early`. */
export function loaderAfter(early: EarlyLoads): HlsConfig['loader'] {
  return class extends Hls.DefaultConfig.loader {
    #isGone = false;

    override load(context: LoaderContext, config: LoaderConfiguration, callbacks: LoaderCallbacks<LoaderContext>): void {
      const begun = early.take(context.url);
      if (!begun) return super.load(context, config, callbacks);
      begun.then(
        (loaded) => this.#isGone || this.#give(loaded, context, callbacks),
        // It is asked for in the usual way, which tries again and tells what is wrong.
        () => this.#isGone || super.load(context, config, callbacks),
      );
    }

    override abort(): void {
      this.#isGone = true;
      super.abort();
    }

    override destroy(): void {
      this.#isGone = true;
      super.destroy();
    }

    #give({ bytes, began, first, end }: Loaded, context: LoaderContext, callbacks: LoaderCallbacks<LoaderContext>): void {
      Object.assign(this.stats, { loaded: bytes.byteLength, total: bytes.byteLength, chunkCount: 1 });
      Object.assign(this.stats.loading, { start: began, first, end });
      const data = context.responseType === 'arraybuffer' ? bytes : new TextDecoder().decode(bytes);
      callbacks.onSuccess({ url: new URL(context.url, location.href).href, data, code: 200 }, this.stats, context, null);
    }
  };
}
