/** Query threads with balanced queues: a question goes to the thread with the fewest waiting. */
import type { Worker } from 'node:worker_threads';
import type { Generation } from './generation.ts';
import type { NearestRows, QueryEngine } from './query-engine.ts';
import type { SearchAnswer, SimilarAnswer, Suggestion } from './search-contract.ts';
import type { WorkerAnswer, WorkerQuestion, WorkerReply, WorkerRequest } from './worker-messages.ts';

interface Waiting {
  readonly resolve: (reply: WorkerReply) => void;
  readonly reject: (error: Error) => void;
}

interface QueryThread {
  readonly worker: Worker;
  readonly waiting: Map<number, Waiting>;
}

export interface WorkerPoolEffects {
  readonly log: (line: string) => void;
  readonly startThread: (generation: Generation) => Worker;
}

export function startWorkerPool(first: Generation, size: number, effects: WorkerPoolEffects): QueryEngine {
  const pool = new WorkerPool(first, effects);
  pool.start(size);
  return {
    // The worker answers each kind of question with its kind of reply.
    search: async (request, query) => (await pool.ask({ kind: 'search', request, query })) as SearchAnswer,
    suggest: async (key, limit) => (await pool.ask({ kind: 'suggest', key, limit })) as readonly Suggestion[],
    similar: async (request) => (await pool.ask({ kind: 'similar', request })) as SimilarAnswer,
    nearest: async (words) => (await pool.ask({ kind: 'nearest', words })) as NearestRows,
    swap: (generation) => pool.swap(generation),
    close: () => pool.close(),
  };
}

class WorkerPool {
  readonly #threads = new Set<QueryThread>();
  readonly #effects: WorkerPoolEffects;
  #generation: Generation;
  #asked = 0;
  #closing = false;

  constructor(generation: Generation, effects: WorkerPoolEffects) {
    this.#generation = generation;
    this.#effects = effects;
  }

  start(size: number): void {
    for (let i = 0; i < size; i++) this.#startThread();
  }

  ask(question: WorkerQuestion): Promise<WorkerReply> {
    const thread = this.#leastBusy();
    if (thread === undefined) return Promise.reject(new Error('search: the index is closed'));
    const number = this.#asked++;
    return new Promise((resolve, reject) => {
      thread.waiting.set(number, { resolve, reject });
      send(thread.worker, { kind: 'question', number, question });
    });
  }

  swap(generation: Generation): void {
    this.#generation = generation;
    for (const { worker } of this.#threads) send(worker, { kind: 'generation', generation });
  }

  /** Ends the threads; questions that still wait are rejected. */
  async close(): Promise<void> {
    this.#closing = true;
    await Promise.all([...this.#threads].map(({ worker }) => worker.terminate()));
  }

  #leastBusy(): QueryThread | undefined {
    let best: QueryThread | undefined;
    if (this.#closing) return undefined;
    for (const thread of this.#threads)
      if (best === undefined || thread.waiting.size < best.waiting.size) best = thread;
    return best;
  }

  #startThread(): void {
    const thread: QueryThread = { worker: this.#effects.startThread(this.#generation), waiting: new Map() };
    this.#threads.add(thread);
    thread.worker.on('message', (answer: WorkerAnswer) => settle(thread, answer));
    thread.worker.on('error', (error) => this.#effects.log(`search: a query thread failed (${error.message})`));
    thread.worker.on('exit', (code) => this.#onExit(thread, code));
  }

  /** A thread that dies takes its questions with it; the others go on, and a new one takes its place. */
  #onExit(thread: QueryThread, code: number): void {
    this.#threads.delete(thread);
    for (const { reject } of thread.waiting.values()) {
      reject(
        new Error(this.#closing ? 'search: the index was closed' : `search: the query thread ended (code ${code})`),
      );
    }
    if (this.#closing) return;
    this.#effects.log(
      `search: a query thread ended (code ${code}) with ${thread.waiting.size} questions; a new one is started`,
    );
    this.#startThread();
  }
}

function send(worker: Worker, message: WorkerRequest): void {
  worker.postMessage(message);
}

function settle(thread: QueryThread, answer: WorkerAnswer): void {
  const waiting = thread.waiting.get(answer.number);
  thread.waiting.delete(answer.number);
  if ('failure' in answer) waiting?.reject(new Error(`search: a query failed: ${answer.failure}`));
  else waiting?.resolve(answer.reply);
}
