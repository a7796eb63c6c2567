/** One small line drawing a theme, 24 units wide, drawn for Sampan. */
import type { VNode } from 'preact';
import { type ThemeId, unclassified } from '../../model/theme.ts';

const drawings: Readonly<Record<ThemeId, string>> = {
  'public-services': 'M3 21h18M4 10h16M12 3 4 8v2h16V8zM6 10v8M10 10v8M14 10v8M18 10v8',
  'agriculture-food': 'M12 21V9M12 13c-4 0-6-2-6-6 4 0 6 2 6 6zM12 11c0-4 2-6 6-6 0 4-2 6-6 6zM4 21h16',
  'health-care':
    'M12 20C5 15 3 12 3 8.500A4.500 4.500 0 0 1 12 7a4.500 4.500 0 0 1 9 1.500c0 3.500-2 6.500-9 11.500zM7 12h3l1.500-3 2 5 1-2H17',
  'finance-economy': 'M4 20V4M4 20h16M8 16v-4M12 16V8M16 16v-6M20 16V6',
  'society-population':
    'M9 11a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7zM2.500 20c0-4 3-6 6.500-6s6.500 2 6.500 6M16 4.500a3.500 3.500 0 0 1 0 6.500M18 14.500c2.200.8 3.500 2.700 3.500 5.500',
  'education-culture': 'M12 6c-2-1.500-5-2-8-2v14c3 0 6 .5 8 2 2-1.500 5-2 8-2V4c-3 0-6 .5-8 2zM12 6v14',
  'environment-climate':
    'M7 18a4 4 0 0 1-.5-8 6 6 0 0 1 11.300 1.500A3.300 3.300 0 0 1 17.500 18zM9 21h.01M13 21h.01M17 21h.01',
  transport:
    'M5 16V6c0-2 3-3 7-3s7 1 7 3v10zM5 11h14M8 20l-1 1.500M16 20l1 1.500M5 16c0 2 1 3 3 3h8c2 0 3-1 3-3M8.500 15h.01M15.500 15h.01',
  'energy-resources': 'M13 2 5 13h6l-1 9 9-12h-6z',
  'disaster-safety': 'M12 3 2.500 20h19zM12 10v5M12 17.500h.01',
  'science-digital': 'M7 7h10v10H7zM10 3v4M14 3v4M10 17v4M14 17v4M3 10h4M3 14h4M17 10h4M17 14h4',
  'land-cities': 'M3 21h18M5 21V9l5-3v15M10 21V3h9v18M13 7h3M13 11h3M13 15h3',
};

export function ThemeIcon({ theme }: { theme: string }): VNode {
  const drawing = theme === unclassified ? undefined : drawings[theme as ThemeId];
  return (
    <svg class="icon" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false">
      <path d={drawing ?? 'M12 4v.01M4 12h.01M20 12h.01M12 20v.01'} />
    </svg>
  );
}
