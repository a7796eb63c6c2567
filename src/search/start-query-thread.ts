/** Starts `query-worker` as a thread. */
import type { Worker } from 'node:worker_threads';
import { startThread } from '../kit/start-thread.ts';
import type { Generation } from './generation.ts';

export function startQueryThread(generation: Generation): Worker {
  return startThread(import.meta.url, 'query-worker', generation);
}
