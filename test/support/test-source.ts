import type { Pace, Protocol, Source } from '../../src/model/source.ts';

/** A source for a simulated portal: no gaps, short waits. */
export function testSource(protocol: Protocol, endpoint: string, more: Partial<Source> = {}): Source {
  return {
    id: `xx-${protocol}-example`,
    name: { en: 'Example' },
    country: 'KR',
    protocol,
    endpoint,
    enabled: true,
    languages: ['ko'],
    timeZone: 'Asia/Seoul',
    calendar: 'gregorian',
    pace: testPace,
    volatile: [],
    themes: {},
    options: {},
    quirks: [],
    ...more,
  };
}

export const testPace: Pace = {
  minGapMs: 0,
  concurrency: 8,
  maxBodyBytes: 512 * 1024 * 1024,
  timeoutMs: 5_000,
  attempts: 3,
};
