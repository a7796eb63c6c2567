/** The server side of data.gov.my's definitions: the tree of a public repository as GitHub's REST API gives it, and its files. */
import { type DataGovMyPortal, type PortalRequest, type Reply, textReply } from './simulated-portal.ts';

const jsonType = 'application/json; charset=utf-8';
const filesFolder = 'raw/';

export function answerDataGovMy(portal: DataGovMyPortal, request: PortalRequest): Reply {
  if (request.path === 'git/trees/main') return textReply(200, jsonType, tree(portal));
  const path = request.path.startsWith(filesFolder) ? decodedPath(request.path.slice(filesFolder.length)) : undefined;
  const found = portal.records.find(({ id }) => pathOf(portal, id) === path);
  if (found === undefined) return textReply(404, 'text/plain; charset=utf-8', '404: Not Found');
  // Raw files are text, whatever they hold.
  return { status: 200, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: [found.bytes] };
}

function tree(portal: DataGovMyPortal): string {
  const readme = { path: 'README.md', mode: '100644', type: 'blob', sha: '0', size: 10 };
  const folder = { path: portal.folder.slice(0, -1), mode: '040000', type: 'tree', sha: '0' };
  const files = portal.records.map(({ id, bytes }) => {
    return { path: pathOf(portal, id), mode: '100644', type: 'blob', sha: '0', size: bytes.length };
  });
  return JSON.stringify({
    sha: '0',
    url: '',
    tree: [readme, folder, ...files],
    truncated: portal.isTruncated ?? false,
  });
}

function pathOf(portal: DataGovMyPortal, id: string): string {
  return `${portal.folder}${id}.json`;
}

function decodedPath(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}
