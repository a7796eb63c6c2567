/** The boat: a flat-bottomed hull, a mat roof, and the water. Colours come from the style sheet. */
import type { VNode } from 'preact';

export function SampanMark(): VNode {
  return (
    <svg class="mark" viewBox="0 0 48 40" width="48" height="40" aria-hidden="true" focusable="false">
      <path class="mark-roof" d="M14 21c1-8 5.500-11.500 11-11.500S35 13 36 21z" />
      <path class="mark-rib" d="M21 21c.4-5.500 1.500-9 2.500-11.300M29.500 21c-.3-5.500-1-9-2.200-11.200" />
      <path
        class="mark-hull"
        d="M2 17.500c4 2.700 7.500 3.500 12 3.500h22c4 0 7-1.200 10-4-1.300 7-5.500 12-12 12H14C8 29 3.700 24 2 17.500z"
      />
      <path class="mark-wave" d="M3 35c4 0 4-2 8-2s4 2 8 2 4-2 8-2 4 2 8 2 4-2 8-2" />
    </svg>
  );
}
