/** Progress of long work on stderr: a bar that redraws on a terminal, a line every few seconds elsewhere. */
import { cutToWidth } from './table.ts';

export interface ProgressTarget {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  write(text: string): unknown;
}

export interface Progress {
  /** `total` unknown = a counter without a bar. */
  update(done: number, total: number | undefined, label: string): void;
  /** Ends the line and leaves `summary` standing. */
  finish(summary: string): void;
  /** Takes the line away, so that something else can be written. */
  clear(): void;
}

const redrawMs = 100;
const plainLineMs = 5_000;

export function createProgress(target: ProgressTarget, now: () => number): Progress {
  const interactive = target.isTTY === true;
  let lastDraw = Number.NEGATIVE_INFINITY;
  return {
    update(done, total, label) {
      const at = now();
      if (at - lastDraw < (interactive ? redrawMs : plainLineMs)) return;
      lastDraw = at;
      const line = progressLine(done, total, label, target.columns ?? 80);
      target.write(interactive ? `\r\u001b[2K${line}` : `${line}\n`);
    },
    clear() {
      if (interactive) target.write('\r\u001b[2K');
      lastDraw = Number.NEGATIVE_INFINITY;
    },
    finish(summary) {
      target.write(interactive ? `\r\u001b[2K${summary}\n` : `${summary}\n`);
      lastDraw = Number.NEGATIVE_INFINITY;
    },
  };
}

function progressLine(done: number, total: number | undefined, label: string, columns: number): string {
  const count = done.toLocaleString('en');
  if (total === undefined || total <= 0) return cutToWidth(`  … ${count} ${label}`, columns - 1);
  const share = Math.min(1, done / total);
  const cells = 24;
  const filled = Math.round(share * cells);
  const bar = `${'█'.repeat(filled)}${'░'.repeat(cells - filled)}`;
  return cutToWidth(
    `  ${bar} ${String(Math.round(share * 100)).padStart(3)} %  ${count} / ${total.toLocaleString('en')} ${label}`,
    columns - 1,
  );
}
