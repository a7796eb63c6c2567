/** Starts `query-worker` as a thread, from the built program or from the sources. */
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Generation } from './generation.ts';

/**
 * The built program starts `.js`. The sources need the loader that development has, and in Node 20 a thread's first
 * module is not seen by the hooks that `--import` registers: so the first module is three lines that register it.
 */
export function startQueryThread(generation: Generation): Worker {
  if (!import.meta.url.endsWith('.ts')) {
    return new Worker(new URL('./query-worker.js', import.meta.url), { workerData: generation });
  }
  const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx/esm/api')).href.replace(/\.cjs$/, '.mjs');
  const source = new URL('./query-worker.ts', import.meta.url).href;
  const start = `import { register } from '${loader}'; register(); await import('${source}');`;
  return new Worker(new URL(`data:text/javascript,${encodeURIComponent(start)}`), { workerData: generation });
}
