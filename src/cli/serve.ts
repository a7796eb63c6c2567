/** `sampan serve`: the portal and the API over store and index; harvests nothing, writes nothing. */
import type { CliContext } from './cli-context.ts';
import { openReadHome, readSources } from './open-home.ts';
import { startPortal } from './portal.ts';
import { wholeNumber } from './settings.ts';

export async function serve(
  context: CliContext,
  options: { readonly port?: string; readonly host?: string },
): Promise<void> {
  const settings = context.settings();
  const home = await openReadHome(context);
  try {
    const portal = await startPortal({
      context,
      home,
      sources: await readSources(context),
      port: options.port === undefined ? settings.port : wholeNumber('--port', options.port, 65_535),
      host: options.host ?? settings.host,
    });
    context.errors.write(`Sampan serves ${portal.address} (Ctrl-C ends it)\n`);
    await portal.closed;
  } finally {
    await home.close();
  }
}
