/** Starts a module of ours as a thread, from the built program or from the sources. */
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';

/**
 * `name` is the module beside the caller (`import.meta.url`), without its ending. The built program starts `.js`. The
 * sources need the loader that development has, and in Node 20 a thread's first module is not seen by the hooks that
 * `--import` registers: so the first module is three lines that register it.
 */
export function startThread(caller: string, name: string, workerData: unknown): Worker {
  if (!caller.endsWith('.ts')) return new Worker(new URL(`./${name}.js`, caller), { workerData });
  const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx/esm/api')).href.replace(/\.cjs$/, '.mjs');
  const source = new URL(`./${name}.ts`, caller).href;
  const start = `import { register } from '${loader}'; register(); await import('${source}');`;
  return new Worker(new URL(`data:text/javascript,${encodeURIComponent(start)}`), { workerData });
}
