// Debian's Chromium through playwright-core. The packages of all browser tests stand in tests/browser.
import { createRequire } from 'node:module';

const packages = createRequire(new URL('../../browser/package.json', import.meta.url));

/** The path of a file of a package that browser tests use: `packageFile('hls.js/dist/hls.min.js')`. */
export const packageFile = (name) => packages.resolve(name);

/** Starts Chromium without a window; it plays without being clicked and asks nothing of the network by itself. The caller closes it. */
export function launchChromium(options = {}) {
    const { chromium } = packages('playwright-core');
    return chromium.launch({
        executablePath: '/usr/bin/chromium',
        headless: true,
        ...options,
        args: [
            '--no-sandbox',
            '--autoplay-policy=no-user-gesture-required',
            '--disable-dev-shm-usage',
            '--disable-gpu',
            '--mute-audio',
            '--disable-background-networking',
            '--disable-component-update',
            '--disable-sync',
            '--no-first-run',
            ...(options.args ?? []),
        ],
    });
}
