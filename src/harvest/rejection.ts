/** A record that cannot be taken, as an event. */
import type { HarvestEvent } from '../model/source-record.ts';

export interface Rejection {
  readonly slug: string;
  readonly message: string;
  readonly nativeId?: string | undefined;
  readonly raw?: Uint8Array | undefined;
}

export function rejection({ slug, message, nativeId, raw }: Rejection): HarvestEvent {
  return {
    kind: 'rejected',
    problem: { slug, severity: 'error', path: '', message },
    ...(nativeId === undefined ? {} : { nativeId }),
    ...(raw === undefined ? {} : { raw }),
  };
}
