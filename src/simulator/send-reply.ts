/** Sends a reply over the wire, with the faults that happen on the wire. */
import type { ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { Fault } from './faults.ts';
import type { Reply } from './simulated-portal.ts';

/** Replies up to this size, in bytes, are sent in one piece with their length. */
const wholeBytes = 65_536;

export async function sendReply(response: ServerResponse, reply: Reply, faults: readonly Fault[]): Promise<void> {
  for (const fault of faults) if (fault.kind === 'delay') await delay(fault.ms);
  for (const [name, value] of Object.entries(reply.headers)) response.setHeader(name, value);
  response.statusCode = reply.status;
  const wire = faults.find(({ kind }) => kind === 'reset' || kind === 'truncate' || kind === 'drip');
  if (wire === undefined) return sendWell(response, reply.body);
  await sendBadly(response, Buffer.concat([...reply.body]), wire);
}

async function sendWell(response: ServerResponse, body: Iterable<Uint8Array>): Promise<void> {
  if (Array.isArray(body)) {
    const whole = Buffer.concat(body);
    if (whole.length <= wholeBytes) {
      response.end(whole);
      return;
    }
    response.setHeader('content-length', whole.length);
    response.end(whole);
    return;
  }
  for (const chunk of body) {
    if (response.destroyed) return;
    // The reader may have gone while the buffers were full; `close` ends the wait then.
    if (!response.write(chunk)) await drained(response);
  }
  response.end();
}

function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      response.off('drain', go).off('close', go);
      resolve();
    };
    response.on('drain', go).on('close', go);
  });
}

async function sendBadly(response: ServerResponse, body: Buffer, fault: Fault): Promise<void> {
  if (fault.kind === 'truncate') {
    response.end(body.subarray(0, fault.keepBytes));
    return;
  }
  response.setHeader('content-length', body.length);
  if (fault.kind === 'reset') {
    response.flushHeaders();
    response.write(body.subarray(0, fault.afterBytes), () => response.socket?.resetAndDestroy());
    return;
  }
  if (fault.kind !== 'drip') return;
  for (let at = 0; at < body.length && !response.destroyed; at += fault.chunkBytes) {
    response.write(body.subarray(at, at + fault.chunkBytes));
    await delay(fault.gapMs);
  }
  response.end();
}
