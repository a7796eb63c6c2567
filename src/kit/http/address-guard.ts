/**
 * Which addresses the egress door may connect to. Decides on resolved addresses only: a host name says nothing about
 * where it leads (case `field W-06`). Liftable: knows Node's `net`, nothing of ours.
 */
import { BlockList, isIP } from 'node:net';

/** IANA special-purpose registry for IPv4 (RFC 6890 and successors), read 2026-11; not globally reachable, multicast, reserved. */
const closedIpv4: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10], // CGNAT; Alibaba's metadata service is 100.100.100.200
  ['169.254.0.0', 16], // link-local; metadata services at 169.254.169.254
  ['172.16.0.0', 12],
  ['192.0.0.0', 24], // protocol assignments; Oracle's metadata service is 192.0.0.192
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
  ['168.63.129.16', 32], // Azure's host services, in a public range
];

/** IANA special-purpose registry for IPv6; ranges that embed IPv4 addresses (NAT64, 6to4, Teredo, compatible) are closed whole. */
const closedIpv6: readonly (readonly [string, number])[] = [
  ['::', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 23], // protocol assignments, Teredo, ORCHID
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
  ['5f00::', 16],
  ['fc00::', 7], // unique local; Amazon's metadata service is fd00:ec2::254
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
];

const closed = blockList(closedIpv4, closedIpv6);
const loopback = blockList([['127.0.0.0', 8]], [['::1', 128]]);

function blockList(ipv4: typeof closedIpv4, ipv6: typeof closedIpv6): BlockList {
  const list = new BlockList();
  for (const [net, prefix] of ipv4) list.addSubnet(net, prefix, 'ipv4');
  for (const [net, prefix] of ipv6) list.addSubnet(net, prefix, 'ipv6');
  return list;
}

/** Whether `address` (IPv4 or IPv6 text, without brackets) may be connected to; IPv4-mapped IPv6 counts as its IPv4. */
export function isAllowedAddress(address: string, allowLoopback: boolean): boolean {
  const bare = address.split('%', 1)[0] ?? address;
  const version = isIP(bare);
  if (version === 0) return false;
  const family = version === 4 ? 'ipv4' : 'ipv6';
  if (loopback.check(bare, family)) return allowLoopback;
  return !closed.check(bare, family);
}

/**
 * Ports of other protocols that a request must not reach (mail, shells, databases of old …): the WHATWG Fetch list
 * "bad port", read 2026-11, without the ports below 20 that nothing listens on any more.
 */
const badPorts: ReadonlySet<number> = new Set([
  20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104, 109, 110, 111, 113, 115, 117, 119, 123,
  135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526, 530, 531, 532, 540, 548, 554, 556, 563, 587,
  601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667,
  6668, 6669, 6679, 6697, 10080,
]);

/** Why an address must not be requested at all, before any connection; undefined when it may be tried. */
export function findAddressFault(url: URL): 'scheme' | 'credentials_in_url' | 'port' | undefined {
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return 'scheme';
  if (url.username !== '' || url.password !== '') return 'credentials_in_url';
  if (url.port !== '' && badPorts.has(Number(url.port))) return 'port';
  return undefined;
}
