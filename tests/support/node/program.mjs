// Programs that tests start: to their end with a limit on their time, or as servers until a test is done with them.
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** A port of the loopback that nothing listens on at this moment. */
export async function freePort() {
    const probe = createServer();
    await new Promise((resolve, reject) => probe.once('error', reject).listen(0, '127.0.0.1', resolve));
    const { port } = probe.address();
    await new Promise((resolve) => probe.close(resolve));
    return port;
}

/** Waits until `condition` gives a true value, and gives it. Throws after `limit` milliseconds, naming `what`. */
export async function eventually(what, condition, limit = 20_000) {
    const end = Date.now() + limit;
    for (;;) {
        const value = await condition();
        if (value) return value;
        if (Date.now() > end) throw new Error(`still not so after ${limit} ms: ${what}`);
        await delay(25);
    }
}

/**
 * Runs a program to its end.
 * Gives `{ code, signal, output: Buffer, errors: string, timedOut, leftProcesses, seconds }`; throws only where it cannot be started.
 * `timeout` in milliseconds ends it (and what it started) by SIGKILL. `input` goes to its standard input; `onOutput` sees
 * each piece of its standard output as it comes. `leftProcesses`: something that it started still runs.
 */
export function runProgram(command, args, { timeout = 60_000, input, cwd, env, onOutput } = {}) {
    return new Promise((resolve, reject) => {
        const started = Date.now();
        const child = spawn(command, args, { cwd, env: env ?? process.env, detached: true });
        const output = [];
        const errors = [];
        let timedOut = false;
        const limit = setTimeout(() => {
            timedOut = true;
            killGroup(child, 'SIGKILL');
        }, timeout);
        child.stdout.on('data', (bytes) => {
            output.push(bytes);
            onOutput?.(bytes);
        });
        child.stderr.on('data', (bytes) => errors.push(bytes));
        child.stdin.on('error', () => {}); // It need not read what it is given.
        child.stdin.end(input);
        child.once('error', (error) => {
            clearTimeout(limit);
            reject(error);
        });
        child.once('close', (code, signal) => {
            clearTimeout(limit);
            const seconds = (Date.now() - started) / 1000;
            const leftProcesses = groupRuns(child);
            const [said, complained] = [Buffer.concat(output), Buffer.concat(errors).toString()];
            resolve({ code, signal, output: said, errors: complained, timedOut, leftProcesses, seconds });
        });
    });
}

/**
 * Starts a server and waits until `address` answers HTTP at all.
 * Gives `{ process, address, said(), stop() }`: `said` is what it wrote so far, `stop` ends it by SIGTERM (SIGKILL after 10 s).
 */
export async function startServer(command, args, address, { cwd, env, limit = 20_000 } = {}) {
    const child = spawn(command, args, { cwd, env: env ?? process.env, stdio: ['ignore', 'pipe', 'pipe'] });
    const words = [];
    child.stdout.on('data', (bytes) => words.push(bytes));
    child.stderr.on('data', (bytes) => words.push(bytes));
    const said = () => Buffer.concat(words).toString();
    let over;
    const ended = new Promise((resolve) => {
        child.once('error', (error) => resolve((over = String(error))));
        child.once('close', (code, signal) => resolve((over = `it ended (${code ?? signal})`)));
    });
    const stop = async () => {
        if (over) return;
        child.kill('SIGTERM');
        const late = setTimeout(() => child.kill('SIGKILL'), 10_000);
        await ended;
        clearTimeout(late);
    };
    const answers = async () => {
        if (over) throw new Error(`${command}: ${over}\n${said()}`);
        return fetch(address).then(() => true, () => false);
    };
    try {
        await eventually(`${command} answers at ${address}`, answers, limit);
    } catch (error) {
        await stop();
        throw error;
    }
    return { process: child, address, said, stop };
}

function groupRuns(child) {
    try {
        return process.kill(-child.pid, 0);
    } catch {
        return false;
    }
}

function killGroup(child, signal) {
    try {
        process.kill(-child.pid, signal);
    } catch {
        child.kill(signal); // The group is gone already.
    }
}
