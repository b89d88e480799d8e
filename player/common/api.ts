/** What the server refused, in its words. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly kind: string,
    message: string,
    readonly opensAt?: string,
    readonly closedAt?: string,
  ) {
    super(message);
  }
}

/** No answer came: the line, the gateway or the server. */
export class Unreachable extends Error {}

interface RefusalBody {
  readonly error?: {
    readonly kind?: string;
    readonly message?: string;
    readonly opens_at?: string;
    readonly closed_at?: string;
  };
}

async function refusalOf(response: Response): Promise<Refusal> {
  const body = (await response.json().catch(() => ({}))) as RefusalBody;
  const { kind = 'failure', message = '', opens_at, closed_at } = body.error ?? {};
  return new Refusal(response.status, kind, message, opens_at, closed_at);
}

/**
 * Asks the API and gives its JSON, undefined where the answer has no body.
 * Throws Refusal or Unreachable; an abort throws as fetch does.
 */
export async function ask<Answer>(
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
  path: string,
  body?: unknown,
  signal?: AbortSignal,
): Promise<Answer> {
  const request: RequestInit = { method, headers: { Accept: 'application/json' } };
  if (signal) request.signal = signal;
  if (method === 'POST' || method === 'PATCH') {
    request.headers = { ...request.headers, 'Content-Type': 'application/json' };
    request.body = JSON.stringify(body ?? {});
  }
  return answered<Answer>(path, request);
}

/** Sends a file as it is, whatever it holds. Gives and throws what `ask` does. */
export const sendFile = <Answer>(path: string, file: Blob, method: 'PUT' | 'POST' = 'PUT'): Promise<Answer> =>
  answered<Answer>(path, { method, headers: { Accept: 'application/json' }, body: file });

async function answered<Answer>(path: string, request: RequestInit): Promise<Answer> {
  let response: Response;
  try {
    response = await fetch(path, request);
  } catch (error) {
    if (request.signal?.aborted) throw error;
    throw new Unreachable(String(error));
  }
  if (!response.ok) throw await refusalOf(response);
  const answer = await response.text();
  return (answer ? JSON.parse(answer) : undefined) as Answer;
}
