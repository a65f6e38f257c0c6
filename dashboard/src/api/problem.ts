import type { ErrorBody } from './types';

/** What went wrong with a call, in words a person can read. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly details: readonly string[];
  readonly traceId: string | null;

  constructor(status: number, body: Partial<ErrorBody>) {
    super(body.description || body.message || sayStatus(status));
    this.name = 'Problem';
    this.status = status;
    this.code = body.code ?? '';
    this.details = body.errors ?? [];
    this.traceId = body.trace_id ?? null;
  }
}

export function isProblem(error: unknown, status: number): error is Problem {
  return error instanceof Problem && error.status === status;
}

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** The data of an answer; anything else becomes a Problem, a dead network included (status 0). */
export async function unwrap<T>(call: Promise<Answer<T>>): Promise<T> {
  let answer: Answer<T>;
  try {
    answer = await call;
  } catch (cause) {
    // A query that is no longer wanted was cancelled: that is no problem to show.
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    // What confirms an act may fail before anything is sent.
    throw cause instanceof Problem ? cause : new Problem(0, {});
  }
  if (answer.response.ok && answer.data !== undefined) return answer.data;
  throw new Problem(answer.response.status, isErrorBody(answer.error) ? answer.error : {});
}

function isErrorBody(body: unknown): body is Partial<ErrorBody> {
  return typeof body === 'object' && body !== null && 'code' in body;
}

function sayStatus(status: number): string {
  if (status === 0) return 'The server could not be reached. Check the connection and try again.';
  if (status === 429) return 'Too many requests. Wait a moment and try again.';
  if (status >= 500) return `The server failed to answer (status ${status}).`;
  return `The server refused the request (status ${status}).`;
}
