import type { IndexVersions } from '../../src/search/manifest.ts';
import { analysisVersion } from '../../src/text/analyse.ts';

const icu = process.versions['icu'] ?? 'none';

/** As the composition root makes them. */
export const indexVersions: IndexVersions = { analysis: analysisVersion(icu), icu, knowledge: 'bench' };
