/**
 * A query thread. Takes generations (all in shared memory: nothing is copied) and questions, in order: a question is
 * answered from the last generation that came before it, and a replaced generation is free as soon as it is replaced.
 */
import { parentPort, workerData } from 'node:worker_threads';
import type { Generation } from './generation.ts';
import { nearestTerms } from './nearest-terms.ts';
import { timedSearch, timedSimilar } from './query-engine.ts';
import { suggest } from './suggest.ts';
import type { WorkerAnswer, WorkerQuestion, WorkerReply, WorkerRequest } from './worker-messages.ts';

let generation = workerData as Generation;

parentPort?.on('message', (message: WorkerRequest) => {
  if (message.kind === 'generation') generation = message.generation;
  else parentPort?.postMessage(answer(message.number, message.question));
});

function answer(number: number, question: WorkerQuestion): WorkerAnswer {
  try {
    return { number, reply: reply(question) };
  } catch (error) {
    // A bug belongs to the caller who asked; the thread's state is the generation, which no query changes.
    return { number, failure: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

function reply(question: WorkerQuestion): WorkerReply {
  switch (question.kind) {
    case 'search':
      return timedSearch(generation, question.request, question.query);
    case 'suggest':
      return suggest(generation, question.key, question.limit);
    case 'similar':
      return timedSimilar(generation, question.request);
    case 'nearest':
      return nearestTerms(generation, question.words);
  }
}
