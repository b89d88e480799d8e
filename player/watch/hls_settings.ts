import type { HlsConfig, RetryConfig } from 'hls.js';
import { loaderAfter } from './early/early_loader.ts';
import type { Grant } from './grant.ts';
import { TARGET_LATENCY_S, type LatencyChoice } from './live/latency.ts';

/** Statuses after which a new grant may help, or tells why nothing does. */
const ASK_AGAIN = new Set([401, 403, 404, 410]);
const NEW_GRANTS_A_REQUEST = 2;
/** What is waited for at the edge of a stream has not come. */
const NOTHING_NEW = 503;

/** Gateways of town halls hold a body until they have all of it: the first byte may be late. */
const FIRST_BYTE_MS = 30_000;
const WHOLE_MS = 120_000;

function patient(grant: () => Grant, latency: LatencyChoice): RetryConfig {
  return {
    maxNumRetry: 8,
    retryDelayMs: 1000,
    maxRetryDelayMs: 15_000,
    backoff: 'exponential',
    shouldRetry: (_settings, count, _timeout, response, retry) => {
      if (response?.code === NOTHING_NEW) latency.pause();
      if (!response || !ASK_AGAIN.has(response.code ?? 0)) return retry;
      void grant().renew();
      return count < NEW_GRANTS_A_REQUEST;
    },
  };
}

/** How hls.js plays here: it starts light, holds little, is patient, and every request carries the grant of the moment. */
export function hlsSettings(grant: () => Grant, latency: LatencyChoice): Partial<HlsConfig> {
  const policy = () => {
    const retry = patient(grant, latency);
    return {
      default: { maxTimeToFirstByteMs: FIRST_BYTE_MS, maxLoadTimeMs: WHOLE_MS, timeoutRetry: retry, errorRetry: retry },
    };
  };
  const early = globalThis.kirokuEarly;
  return {
    ...(early && { loader: loaderAfter(early) }),
    // A worker from a blob is refused by our content security policy, and CMAF needs none.
    enableWorker: false,
    startLevel: 0,
    abrEwmaDefaultEstimate: 300_000,
    capLevelToPlayerSize: true,
    maxBufferLength: 30,
    maxMaxBufferLength: 60,
    maxBufferSize: 30_000_000,
    backBufferLength: 60,
    manifestLoadPolicy: policy(),
    playlistLoadPolicy: policy(),
    fragLoadPolicy: policy(),
    lowLatencyMode: latency.now === 'low',
    liveSyncDuration: TARGET_LATENCY_S[latency.now],
    xhrSetup: async (xhr, url) => {
      xhr.open('GET', latency.address(await grant().current(url)), true);
    },
  };
}
