/** Certificates in PEM form: what a trust of one's own is made of. Pure. */
import { X509Certificate } from 'node:crypto';

const block = /-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/gu;

/** The certificates of a text, in their order; throws where a block is no certificate. Text around them is left out. */
export function parsePemCertificates(text: string): readonly X509Certificate[] {
  return (text.match(block) ?? []).map((each) => new X509Certificate(each));
}

/** Whether all of them are roots (issued by themselves), so that a chain has to end at one of them. */
export function areRoots(certificates: readonly X509Certificate[]): boolean {
  return certificates.every((each) => each.subject === each.issuer);
}
